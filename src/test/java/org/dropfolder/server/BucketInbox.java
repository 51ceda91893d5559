package org.dropfolder.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.dropfolder.corpus.Inbox;
import org.dropfolder.corpus.Objects;
import org.dropfolder.store.S3Server;
import org.dropfolder.store.S3Server.Operation;
import software.amazon.awssdk.core.sync.RequestBody;

/** The inbox in a bucket. */
final class BucketInbox implements Inbox, Objects {
    private final S3Server s3;
    private final String bucket;
    private final String prefix;
    private final Tree tree;

    BucketInbox(S3Server s3, String bucket, String prefix) {
        this.s3 = s3;
        this.bucket = bucket;
        this.prefix = prefix;
        this.tree = new BucketTree(s3, bucket, prefix);
    }

    @Override
    public void drop(Map<String, byte[]> files) {
        files.forEach(this::put);
    }

    @Override
    public void put(String key, byte[] bytes) {
        s3.place(bucket, prefix + key, bytes);
    }

    @Override
    public void putInParts(String key, byte[] bytes) {
        String full = prefix + key;
        String upload = s3.client().createMultipartUpload(request -> request.bucket(bucket).key(full)).uploadId();
        String tag = s3.client().uploadPart(request -> request.bucket(bucket).key(full).uploadId(upload).partNumber(1), RequestBody.fromBytes(bytes)).eTag();
        s3.client().completeMultipartUpload(request -> request.bucket(bucket).key(full).uploadId(upload)
            .multipartUpload(all -> all.parts(part -> part.partNumber(1).eTag(tag))));
    }

    @Override
    public void once(Moment moment, String key, Runnable act) {
        switch (moment) {
            case READ -> s3.after(Operation.READ, prefix + key, act);
            case COPY -> s3.before(Operation.COPY, prefix + key, act);
            case COPIED -> s3.after(Operation.COPY, prefix + key, act);
        }
    }

    @Override
    public void onceListed(Runnable act) {
        s3.before(Operation.LIST, prefix, act);
    }

    @Override
    public Map<String, String> left() throws IOException {
        Map<String, String> left = new LinkedHashMap<>(tree.hashes());
        left.keySet().removeIf(path -> path.matches("(?s)(.*/)?_status\\.txt"));
        return left;
    }

    @Override
    public Optional<Path> disk() {
        return Optional.empty();
    }

    @Override
    public Optional<Objects> bucket() {
        return Optional.of(this);
    }
}
