package org.dropfolder.server;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.dropfolder.store.S3Server;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Objects under a prefix of a bucket, each read again only once it changed. */
final class BucketTree implements Tree {
    private final S3Server s3;
    private final String bucket;
    private final String prefix;
    private final Map<String, String> known = new HashMap<>();

    BucketTree(S3Server s3, String bucket, String prefix) {
        this.s3 = s3;
        this.bucket = bucket;
        this.prefix = prefix;
    }

    @Override
    public Map<String, String> hashes() {
        Map<String, String> hashes = new LinkedHashMap<>();
        for (S3Object object : s3.objects(bucket, prefix)) {
            hash(object).ifPresent(hash -> hashes.put(object.key().substring(prefix.length()), hash));
        }
        return hashes;
    }

    @Override
    public Optional<byte[]> bytes(String path) {
        return s3.find(bucket, prefix + path);
    }

    private Optional<String> hash(S3Object object) {
        String version = object.key() + " " + object.eTag() + " " + object.lastModified();
        if (!known.containsKey(version)) {
            s3.find(bucket, object.key()).ifPresent(bytes -> known.put(version, World.hash(bytes)));
        }
        return Optional.ofNullable(known.get(version));
    }
}
