package org.dropfolder.server;

import java.util.HashMap;
import java.util.Map;
import org.dropfolder.corpus.Inbox;
import org.dropfolder.store.S3Server;

/** A bucket of a real S3 server, which is its own. */
final class BucketPlace implements DropPlace {
    static final String BUCKET = "photos";
    static final String INBOX = "in the box/";

    private final S3Server s3 = new S3Server(BUCKET);
    private final Inbox inbox = new BucketInbox(s3, BUCKET, INBOX);
    private final Map<String, Tree> shelves = new HashMap<>();

    @Override
    public Inbox inbox() {
        return inbox;
    }

    @Override
    public Tree shelf(String name) {
        return shelves.computeIfAbsent(name, any -> new BucketTree(s3, BUCKET, "dropfolder/" + name + "/"));
    }

    S3Server s3() {
        return s3;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("dropfolder.inbox", "s3://" + BUCKET + "/" + INBOX.replaceFirst("/$", ""), "dropfolder.s3.endpoint", s3.endpoint().toString(),
            "dropfolder.s3.path-style", "true", "dropfolder.s3.access-key", S3Server.KEYS.accessKey(),
            "dropfolder.s3.secret-key", S3Server.KEYS.secretKey(), "dropfolder.s3.scan", "500ms");
    }

    @Override
    public void close() {
        s3.close();
    }

    @Override
    public String toString() {
        return "in a bucket";
    }
}
