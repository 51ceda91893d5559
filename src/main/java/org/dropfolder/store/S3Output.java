package org.dropfolder.store;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;

/**
 * Writes an object whose length nobody knows ahead, in constant memory: a short one by one request, a longer one in parts.
 * It is there once it is {@linkplain #finish finished}; what is closed before that never was. For one thread.
 */
final class S3Output extends OutputStream {
    /** More than the 5 MB that each part but the last must have; 10,000 of them are more than any image or archive that is taken. */
    private static final int PART = 8 << 20;
    private static final int BEGIN = 64 << 10;

    private final S3Objects objects;
    private final String bucket;
    private final String key;
    private final boolean over;
    private final List<CompletedPart> parts = new ArrayList<>();
    private byte[] buffer = new byte[BEGIN];
    private int length;
    private Optional<S3Parts> upload = Optional.empty();

    /** @param over whether it replaces one that was; else it fails where one is, as far as the service can tell */
    S3Output(S3Objects objects, String bucket, String key, boolean over) {
        this.objects = objects;
        this.bucket = bucket;
        this.key = key;
        this.over = over;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        int written = 0;
        while (written < count) {
            if (length == PART) {
                sendPart();
            }
            if (length == buffer.length) {
                buffer = Arrays.copyOf(buffer, Math.min(PART, buffer.length * 2));
            }
            int fits = Math.min(count - written, buffer.length - length);
            System.arraycopy(bytes, from + written, buffer, length, fits);
            length += fits;
            written += fits;
        }
    }

    /** Makes the object be there. */
    void finish() throws IOException {
        if (upload.isEmpty()) {
            objects.put(bucket, key, buffer, length, over ? Optional.of("*") : Optional.empty());
        } else {
            sendPart();
            objects.change(what(), () -> objects.conditional("complete " + bucket,
                condition -> upload.get().complete(parts, condition && !over ? "*" : null)));
            upload = Optional.empty();
        }
    }

    @Override
    public void close() {
        upload.ifPresent(S3Parts::abort);
        upload = Optional.empty();
    }

    private void sendPart() throws IOException {
        try {
            if (upload.isEmpty()) {
                CreateMultipartUploadRequest.Builder request = CreateMultipartUploadRequest.builder().bucket(bucket).key(key);
                objects.encryption.apply(request);
                upload = Optional.of(new S3Parts(objects.client, bucket, key,
                    objects.client.createMultipartUpload(request.build()).uploadId()));
            }
            parts.add(upload.get().write(parts.size() + 1, buffer, length));
            length = 0;
        } catch (SdkException e) {
            throw objects.failure(what(), e);
        }
    }

    private String what() {
        return "write " + S3Place.address(bucket, key);
    }
}
