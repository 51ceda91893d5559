package org.dropfolder.route;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.dropfolder.pipeline.InboxWalk;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Lets the endpoint for buckets see only what is no junk, can be taken and stands still; its keys are locations below the inbox.
 * That endpoint takes a filter only behind the reading: it opens every object of a page before it hands on the first, so that those
 * that stay would be read at each look, and a page has more of them than there are connections. So here it lists what may be
 * taken now, and opens nothing.
 */
public final class QuietObjects implements S3Client {
    private final InboxWalk walk;

    public QuietObjects(InboxWalk walk) {
        this.walk = walk;
    }

    /** The endpoint asks at its start; whether the bucket is there, and when it comes back, others watch. */
    @Override
    public HeadBucketResponse headBucket(HeadBucketRequest request) {
        return HeadBucketResponse.builder().build();
    }

    @Override
    public ListObjectsResponse listObjects(ListObjectsRequest request) {
        try {
            InboxWalk.Found found = walk.next(Optional.ofNullable(request.marker()));
            return ListObjectsResponse.builder()
                .contents(found.locations().stream().map(location -> S3Object.builder().key(location).build()).toList())
                .isTruncated(found.last().isPresent()).nextMarker(found.last().orElse(null)).build();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** Whoever accepts the object reads it. */
    @Override
    public <T> T getObject(GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
        GetObjectResponse nothing = GetObjectResponse.builder().contentType("").build();
        try {
            return transformer.transform(nothing, AbortableInputStream.create(InputStream.nullInputStream()));
        } catch (Exception e) {
            throw new IllegalStateException("Could not hand on " + request.key() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    /** What it lists with is closed by its owner. */
    @Override
    public void close() { }
}
