package org.dropfolder.store;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Requests to a service that speaks S3. What it refuses is an {@link S3FaultException}. A bucket that is not there is never
 * taken for one without the object. Each change passes the effects. Thread safe.
 */
final class S3Objects {
    static final int PAGE = 1000;
    static final int NOT_FOUND = 404;
    static final int PRECONDITION = 412;
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final int CONFLICT = 409;
    private static final int NOT_IMPLEMENTED = 501;
    /** How long a bucket that was there counts as being there. */
    private static final long FRESH_NANOS = 1_000_000_000L;

    final S3Client client;
    final S3Encryption encryption;
    private final Effects effects;
    private final Map<String, Long> bucketsSeen = new ConcurrentHashMap<>();
    private final Set<String> refusedConditions = ConcurrentHashMap.newKeySet();
    private final Runnable onFault;

    /** @param onFault is told whenever the service did not do what was asked */
    S3Objects(S3Client client, S3Encryption encryption, Effects effects, Runnable onFault) {
        this.client = client;
        this.encryption = encryption;
        this.effects = effects;
        this.onFault = onFault;
    }

    /** A request. */
    @FunctionalInterface
    interface Request<T> {
        T send() throws IOException;
    }

    /** What an object is, without its bytes; none where there is none. */
    Optional<HeadObjectResponse> head(String bucket, String key) throws IOException {
        return head(bucket, key, HeadObjectRequest.builder().build());
    }

    /** The same, for whoever keeps others waiting meanwhile: where no answer comes soon, that is the failure. */
    Optional<HeadObjectResponse> headSoon(String bucket, String key) throws IOException {
        return head(bucket, key, HeadObjectRequest.builder().overrideConfiguration(call -> call.apiCallTimeout(SOON)).build());
    }

    private Optional<HeadObjectResponse> head(String bucket, String key, HeadObjectRequest request) throws IOException {
        String tried = "look at " + S3Place.address(bucket, key);
        try {
            Optional<HeadObjectResponse> found = Optional.of(client.headObject(request.toBuilder().bucket(bucket).key(key).build()));
            bucketsSeen.put(bucket, System.nanoTime());
            return found;
        } catch (S3Exception e) {
            if (e.statusCode() != NOT_FOUND) {
                throw failure(tried, e);
            }
            requireBucket(bucket, key);
            return Optional.empty();
        } catch (SdkException e) {
            throw failure(tried, e);
        }
    }

    /** An object's bytes from the first on, as they are now; none where there is none. Closing does not read what is left. */
    Optional<InputStream> read(String bucket, String key) throws IOException {
        try {
            ResponseInputStream<GetObjectResponse> bytes = client.getObject(request -> request.bucket(bucket).key(key));
            return Optional.of(new Bytes(bytes, "read " + S3Place.address(bucket, key)));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw failure("read " + S3Place.address(bucket, key), e);
        }
    }

    /** That many bytes of an object, provided that it is still that version. */
    byte[] read(String bucket, String key, String version, long from, int length) throws IOException {
        String tried = "read " + S3Place.address(bucket, key);
        try {
            return client.getObjectAsBytes(request -> request.bucket(bucket).key(key).ifMatch(version)
                .range("bytes=" + from + "-" + (from + length - 1))).asByteArrayUnsafe();
        } catch (SdkException e) {
            throw failure(tried, e);
        }
    }

    /** Goes through what keys begin with a prefix, a page at a time, until a page is enough. */
    void list(String bucket, String prefix, int atMost, Predicate<List<S3Object>> goesOn) throws IOException {
        pages(ListObjectsV2Request.builder().bucket(bucket).prefix(prefix)
            // XML has no words for some letters that keys may have
            .encodingType(EncodingType.URL).maxKeys(atMost).build(),
            page -> goesOn.test(page.contents()));
    }

    void pages(ListObjectsV2Request first, Predicate<ListObjectsV2Response> goesOn) throws IOException {
        ListObjectsV2Request request = first;
        while (true) {
            ListObjectsV2Response page;
            try {
                page = client.listObjectsV2(request);
            } catch (SdkException e) {
                throw failure("list " + S3Place.address(first.bucket(), first.prefix()), e);
            }
            // a service that gives a token without saying so, or says so without one, ends here too
            if (!goesOn.test(page) || !Boolean.TRUE.equals(page.isTruncated()) || page.nextContinuationToken() == null) {
                return;
            }
            request = first.toBuilder().continuationToken(page.nextContinuationToken()).build();
        }
    }

    /**
     * Writes an object whole.
     *
     * @param over the version that may be replaced, {@code *} for any; none where nothing may be there
     */
    void put(String bucket, String key, byte[] bytes, int length, Optional<String> over) throws IOException {
        String what = "write " + S3Place.address(bucket, key);
        change(what, () -> conditional("put " + bucket, condition -> {
            PutObjectRequest.Builder request = PutObjectRequest.builder().bucket(bucket).key(key).contentLength((long) length);
            encryption.apply(request);
            if (condition) {
                over.ifPresentOrElse(version -> request.ifMatch(version.equals("*") ? null : version), () -> request.ifNoneMatch("*"));
            }
            return client.putObject(request.build(), RequestBody.fromInputStream(new ByteArrayInputStream(bytes, 0, length), length));
        }));
    }

    /** Deletes an object, where the service can tell that, only if it is still that version; nothing happens where none is there. */
    void delete(String bucket, String key, Optional<String> version) throws IOException {
        String what = "delete " + S3Place.address(bucket, key);
        change(what, () -> conditional("delete " + bucket, condition -> {
            try {
                return client.deleteObject(request -> request.bucket(bucket).key(key).ifMatch(condition ? version.orElse(null) : null));
            } catch (NoSuchKeyException e) {
                return null;
            }
        }));
    }

    /** A request that may bear a condition. */
    @FunctionalInterface
    interface Conditional<T> {
        T send(boolean condition);
    }

    /** Sends a request with its condition; without it from the first time on that the service did not know it. */
    <T> T conditional(String kind, Conditional<T> request) {
        if (refusedConditions.contains(kind)) {
            return request.send(false);
        }
        try {
            return request.send(true);
        } catch (S3Exception e) {
            if (e.statusCode() != NOT_IMPLEMENTED) {
                throw e;
            }
            // it may be something else of the request that the service does not know
            T answer = request.send(false);
            refusedConditions.add(kind);
            return answer;
        }
    }

    /** Makes a change, which passes the effects. */
    <T> T change(String what, Request<T> request) throws IOException {
        effects.before(what);
        try {
            return request.send();
        } catch (SdkException e) {
            throw failure(what, e);
        } finally {
            effects.after(what);
        }
    }

    /** Whether a change was not made since what is there is not what it was to be. */
    static boolean changedMeanwhile(IOException failure) {
        return failure.getCause() instanceof S3Exception e
            && (e.statusCode() == PRECONDITION || e.statusCode() == CONFLICT || e.statusCode() == NOT_FOUND);
    }

    /** By a listing of that key alone, which a policy for its prefix allows; it may not allow a look at the bucket as a whole. */
    private void requireBucket(String bucket, String key) throws IOException {
        Long seen = bucketsSeen.get(bucket);
        if (seen != null && System.nanoTime() - seen < FRESH_NANOS) {
            return;
        }
        list(bucket, key, 1, page -> false);
        bucketsSeen.put(bucket, System.nanoTime());
    }

    IOException failure(String tried, SdkException e) {
        if (e instanceof AbortedException) {
            Thread.currentThread().interrupt();
            InterruptedIOException stopped = new InterruptedIOException("Could not " + tried + ": the server stops");
            stopped.initCause(e);
            return stopped;
        }
        onFault.run();
        return new S3FaultException(tried, e);
    }

    /** An answer that is read as far as its reader wants; the rest never comes. */
    private static final class Bytes extends FilterInputStream {
        private final ResponseInputStream<GetObjectResponse> answer;
        private final String tried;
        private long left;

        Bytes(ResponseInputStream<GetObjectResponse> answer, String tried) {
            super(answer);
            this.answer = answer;
            this.tried = tried;
            this.left = answer.response().contentLength();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = super.read(bytes, from, length);
            if (read < 0 && left > 0 && length > 0) {
                throw new IOException("Could not " + tried + ": it ended " + left + " bytes too early. It is tried again.");
            }
            left -= Math.max(read, 0);
            return read;
        }

        @Override
        public long skip(long length) throws IOException {
            long skipped = super.skip(length);
            left -= skipped;
            return skipped;
        }

        @Override
        public void close() throws IOException {
            if (left > 0) {
                answer.abort();
            }
            super.close();
        }
    }
}
