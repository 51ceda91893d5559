package org.dropfolder.store;

import java.util.Optional;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * How the service is to encrypt what is written; its own default where nothing is said. Immutable.
 *
 * @param algorithm as the service calls it, such as {@code AES256} or {@code aws:kms}
 * @param kmsKey    the key's id or ARN; none for the service's own
 */
public record S3Encryption(Optional<String> algorithm, Optional<String> kmsKey) {
    /** As the bucket does it by default. */
    public static final S3Encryption BY_DEFAULT = new S3Encryption(Optional.empty(), Optional.empty());

    void apply(PutObjectRequest.Builder request) {
        algorithm.ifPresent(request::serverSideEncryption);
        kmsKey.ifPresent(request::ssekmsKeyId);
    }

    void apply(CopyObjectRequest.Builder request) {
        algorithm.ifPresent(request::serverSideEncryption);
        kmsKey.ifPresent(request::ssekmsKeyId);
    }

    void apply(CreateMultipartUploadRequest.Builder request) {
        algorithm.ifPresent(request::serverSideEncryption);
        kmsKey.ifPresent(request::ssekmsKeyId);
    }
}
