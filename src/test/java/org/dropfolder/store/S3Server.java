package org.dropfolder.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A real S3 server in this process, on loopback. Fails on demand, as a service would. */
public final class S3Server implements AutoCloseable {
    public static final S3Access.Keys KEYS = new S3Access.Keys("tester", "not-so-secret");
    private static final int TRIES = 10;

    private final Map<String, Runnable> acts = new ConcurrentHashMap<>();
    private final List<SdkHttpRequest> requests = new CopyOnWriteArrayList<>();
    private final Faulty blobs;
    private final S3Proxy proxy;
    private final S3Client client;

    /** What the server can be asked for. */
    public enum Operation { LIST, LOOK, READ, WRITE, COPY, DELETE, BEGIN_PARTS, COMPLETE_PARTS, ABORT_PARTS, ANYTHING_ELSE }

    /**
     * What the server was asked for, by whomever.
     *
     * @param key of the object, the copied one where it is copied; the prefix where objects are listed
     * @param to  where it is copied to; else the same
     */
    public record Asked(Operation operation, String bucket, String key, String to) { }

    /** Starts one that has these buckets, and keeps all in memory. */
    public S3Server(String... buckets) {
        this(new AnyKeys(new TransientNio2BlobStore()), 0, buckets);
    }

    /**
     * The same, over a folder: what lies there is there, and stays. Keys are paths then: none has an empty part, {@code .} or
     * {@code ..}. A copy of the folder that keeps times and attributes is a copy of all that the server knows.
     */
    public static S3Server over(Path folder, String... buckets) {
        return new S3Server(new FilesystemNio2BlobStore(folder.toString()), 0, buckets);
    }

    /** @param port 0 for any that is free */
    S3Server(BlobStore rest, int port, String... buckets) {
        this.blobs = new Faulty(rest, acts);
        this.proxy = S3Proxy.builder().endpoint(URI.create("http://127.0.0.1:" + port))
            .awsAuthentication(AuthenticationType.AWS_V4, KEYS.accessKey(), KEYS.secretKey())
            .blobStore(blobs).ignoreUnknownHeaders(true).build();
        try {
            proxy.start();
        } catch (Exception e) {
            throw new IllegalStateException("Could not start the S3 server of the tests", e);
        }
        this.client = access().client(List.of(new Recorder(requests)));
        List<String> there = client.listBuckets().buckets().stream().map(Bucket::name).toList();
        Stream.of(buckets).filter(bucket -> !there.contains(bucket)).forEach(bucket -> client.createBucket(request -> request.bucket(bucket)));
        forget();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + proxy.getPort());
    }

    public S3Access access() {
        return new S3Access(Optional.empty(), Optional.of(endpoint()), true, Optional.of(KEYS));
    }

    /** A client that is closed with the server; what it sends is {@linkplain #requests recorded}. */
    public S3Client client() {
        return client;
    }

    /** What {@link #client} sent, each try once. */
    public List<SdkHttpRequest> requests() {
        return requests;
    }

    /** What was asked of it through {@link #endpoint} since {@link #forget}, by whomever. */
    public List<Asked> asked() {
        return List.copyOf(blobs.asked);
    }

    public void forget() {
        blobs.asked.clear();
    }

    /** From now on it refuses this, until it is {@linkplain #heal healed}. */
    public void refuse(Operation operation, int status, String code) {
        refuse(asked -> asked.operation() == operation, status, code, "as the test wants it");
    }

    /** The same for whatever is asked so; people drop and look by {@link #put}, {@link #get} and {@link #keys} all the same. */
    public void refuse(Predicate<Asked> which, int status, String code, String message) {
        blobs.faults.add(new Refusal(which, (S3Exception) S3Exception.builder().statusCode(status).message(message)
            .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(message).build()).build()));
    }

    public void heal() {
        blobs.faults.clear();
    }

    /**
     * Does something the first time that this is asked for, before it is done; the request waits.
     *
     * @param key of the object, of a copy's source; for a listing, what its keys begin with
     */
    public void before(Operation operation, String key, Runnable act) {
        acts.put("before " + operation + " " + key, act);
    }

    /** The same right after it is done, for what reads and copies; of an object that is read no byte has come yet. */
    public void after(Operation operation, String key, Runnable act) {
        acts.put("after " + operation + " " + key, act);
    }

    /** Puts an object without a request: the server that checks signatures takes {@code //} in a path for {@code /}. */
    public void place(String bucket, String key, byte[] content) {
        put(bucket, key, content);
    }

    public void put(String bucket, String key, String content) {
        put(bucket, key, content.getBytes(UTF_8));
    }

    public void put(String bucket, String key, byte[] content) {
        PutObjectRequest request = PutObjectRequest.builder().bucket(bucket).key(key).contentLength((long) content.length).build();
        for (int left = TRIES; ; left--) {
            try {
                blobs.delegate().putBlob(request, new ByteArrayInputStream(content));
                return;
            } catch (RuntimeException e) {
                // it keeps objects as files: whoever deletes the last one of a folder takes the folder away, also from under a new one
                if (left == 1 || !(e.getCause() instanceof NoSuchFileException)) {
                    throw e;
                }
            }
        }
    }

    /** Puts many small objects, {@code <prefix>0.jpg} and so on, without a request for each. */
    public void fill(String bucket, String prefix, int count) {
        for (int i = 0; i < count; i++) {
            put(bucket, prefix + i + ".jpg", "content " + i);
        }
    }

    public byte[] get(String bucket, String key) {
        try (InputStream bytes = blobs.delegate().getBlob(GetObjectRequest.builder().bucket(bucket).key(key).build())) {
            return bytes.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same without a request, and while it refuses; none where there is none. */
    public Optional<byte[]> find(String bucket, String key) {
        try (InputStream bytes = blobs.delegate().getBlob(bucket, key)) {
            return Optional.ofNullable(bytes == null ? null : bytes.readAllBytes());
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All keys that begin so, in their order. */
    public List<String> keys(String bucket, String prefix) {
        return objects(bucket, prefix).stream().map(S3Object::key).toList();
    }

    /** All objects whose keys begin so, in their order. */
    public List<S3Object> objects(String bucket, String prefix) {
        List<S3Object> objects = new ArrayList<>();
        ListObjectsV2Request request = ListObjectsV2Request.builder().bucket(bucket).prefix(prefix).maxKeys(1000).build();
        for (ListObjectsV2Response page = blobs.delegate().list(request);; page = blobs.delegate().list(request)) {
            page.contents().stream().filter(object -> !Faulty.HALF.matcher(object.key()).find()).forEach(objects::add);
            if (page.nextContinuationToken() == null) {
                return objects;
            }
            request = request.toBuilder().continuationToken(page.nextContinuationToken()).build();
        }
    }

    @Override
    public void close() {
        client.close();
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new IllegalStateException("Could not stop the S3 server of the tests", e);
        }
    }

    private record Recorder(List<SdkHttpRequest> requests) implements ExecutionInterceptor {
        @Override
        public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
            requests.add(context.httpRequest());
        }
    }

    private record Refusal(Predicate<Asked> which, S3Exception answer) { }

    private static final class Faulty extends ForwardingBlobStore {
        /** The server lists what is being written, under a name that no service would show. */
        private static final Pattern HALF = Pattern.compile("-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$");
        private static final String STUB = ".s3proxy-mpu-stub-";
        private final List<Refusal> faults = new CopyOnWriteArrayList<>();
        private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
        private final Map<String, Runnable> acts;

        Faulty(BlobStore rest, Map<String, Runnable> acts) {
            super(rest);
            this.acts = acts;
        }

        private void pass(Operation operation, String bucket, String key) {
            // the proxy keeps a note of each upload among the objects
            if (key.startsWith(STUB)) {
                return;
            }
            pass(new Asked(operation, bucket, key, key));
        }

        private void pass(Asked now) {
            asked.add(now);
            act("before " + now.operation() + " " + now.key());
            faults.stream().filter(fault -> fault.which().test(now)).findFirst().ifPresent(fault -> {
                throw fault.answer();
            });
        }

        private void act(String moment) {
            Runnable act = acts.remove(moment);
            if (act != null) {
                act.run();
            }
        }

        @Override
        public ListObjectsV2Response list(ListObjectsV2Request request) {
            pass(Operation.LIST, request.bucket(), String.valueOf(request.prefix()));
            ListObjectsV2Response all = super.list(request);
            return all.toBuilder().contents(all.contents().stream().filter(object -> !HALF.matcher(object.key()).find()).toList()).build();
        }

        @Override
        public ListBucketsResponse list() {
            pass(Operation.ANYTHING_ELSE, "", "");
            return super.list();
        }

        @Override
        public HeadBucketResponse headBucket(HeadBucketRequest request) {
            pass(Operation.ANYTHING_ELSE, request.bucket(), "");
            return super.headBucket(request);
        }

        @Override
        public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
            pass(Operation.LOOK, request.bucket(), request.key());
            return super.blobMetadata(request);
        }

        @Override
        public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
            pass(Operation.READ, request.bucket(), request.key());
            ResponseInputStream<GetObjectResponse> bytes = super.getBlob(request);
            act("after " + Operation.READ + " " + request.key());
            return bytes;
        }

        @Override
        public PutObjectResponse putBlob(PutObjectRequest request, InputStream bytes) {
            pass(Operation.WRITE, request.bucket(), request.key());
            return super.putBlob(request, bytes);
        }

        @Override
        public CopyObjectResponse copyBlob(CopyObjectRequest request) {
            pass(new Asked(Operation.COPY, request.sourceBucket(), request.sourceKey(), request.destinationKey()));
            CopyObjectResponse copy = super.copyBlob(request);
            act("after " + Operation.COPY + " " + request.sourceKey());
            return copy;
        }

        @Override
        public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
            pass(Operation.DELETE, request.bucket(), request.key());
            return super.removeBlob(request);
        }

        @Override
        public MultipartUpload initiateMultipartUpload(CreateMultipartUploadRequest request) {
            pass(Operation.BEGIN_PARTS, request.bucket(), request.key());
            return super.initiateMultipartUpload(request);
        }

        @Override
        public CompleteMultipartUploadResponse completeMultipartUpload(MultipartUpload upload, CompleteMultipartUploadRequest request) {
            pass(Operation.COMPLETE_PARTS, request.bucket(), request.key());
            return super.completeMultipartUpload(upload, request);
        }

        @Override
        public void abortMultipartUpload(MultipartUpload upload) {
            pass(Operation.ABORT_PARTS, upload.containerName(), upload.blobName());
            super.abortMultipartUpload(upload);
        }
    }
}
