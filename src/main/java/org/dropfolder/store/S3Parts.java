package org.dropfolder.store;

import java.io.ByteArrayInputStream;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An object that comes to the service in parts, and is there with the last request. What it throws is the client's.
 *
 * @param upload the service's id of it
 */
record S3Parts(S3Client client, String bucket, String key, String upload) {
    private static final Logger LOG = LoggerFactory.getLogger(S3Parts.class);

    CompletedPart copy(int number, S3Moves.Spot from, String version, String range) {
        String tag = client.uploadPartCopy(request -> request.sourceBucket(from.bucket()).sourceKey(from.key())
            .copySourceIfMatch(version).copySourceRange(range).destinationBucket(bucket).destinationKey(key).uploadId(upload)
            .partNumber(number)).copyPartResult().eTag();
        return CompletedPart.builder().partNumber(number).eTag(tag).build();
    }

    CompletedPart write(int number, byte[] bytes, int length) {
        String tag = client.uploadPart(request -> request.bucket(bucket).key(key).uploadId(upload).partNumber(number)
            .contentLength((long) length), RequestBody.fromInputStream(new ByteArrayInputStream(bytes, 0, length), length)).eTag();
        return CompletedPart.builder().partNumber(number).eTag(tag).build();
    }

    /** @param unless what may not be there, as {@code If-None-Match} says it; null for nothing */
    String complete(List<CompletedPart> parts, String unless) {
        return client.completeMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(upload)
            .multipartUpload(all -> all.parts(parts)).ifNoneMatch(unless)).eTag();
    }

    /** Gives back the room that the parts take. Where that fails, a rule of the bucket for unfinished uploads does it. */
    void abort() {
        try {
            client.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(upload));
        } catch (SdkException e) {
            LOG.debug("Could not abort the upload of {}: {}", S3Place.address(bucket, key), e.getMessage());
        }
    }
}
