package org.dropfolder.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A real S3 server in this process, on loopback. Fails on demand, as a service would. */
public final class S3Server implements AutoCloseable {
    public static final S3Access.Keys KEYS = new S3Access.Keys("tester", "not-so-secret");

    private final Map<Operation, S3Exception> faults = new ConcurrentHashMap<>();
    private final List<SdkHttpRequest> requests = new CopyOnWriteArrayList<>();
    private final Faulty blobs;
    private final S3Proxy proxy;
    private final S3Client client;

    /** What the server can be asked for. */
    public enum Operation { LIST, LOOK, READ, WRITE, COPY, DELETE }

    /** Starts one that has these buckets, and keeps all in memory. */
    public S3Server(String... buckets) {
        this(new TransientNio2BlobStore(), buckets);
    }

    /** The same, over a folder: what lies there is there, and stays. */
    public static S3Server over(Path folder, String... buckets) {
        return new S3Server(new FilesystemNio2BlobStore(folder.toString()), buckets);
    }

    private S3Server(BlobStore store, String... buckets) {
        this.blobs = new Faulty(store, faults);
        this.proxy = S3Proxy.builder().endpoint(URI.create("http://127.0.0.1:0"))
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

    /** From now on it refuses this, until it is {@linkplain #heal healed}. */
    public void refuse(Operation operation, int status, String code) {
        faults.put(operation, (S3Exception) S3Exception.builder().statusCode(status).message(code)
            .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage("as the test wants it").build()).build());
    }

    public void heal() {
        faults.clear();
    }

    public void put(String bucket, String key, String content) {
        put(bucket, key, content.getBytes(UTF_8));
    }

    public void put(String bucket, String key, byte[] content) {
        client.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(content));
    }

    /** Puts many small objects, {@code <prefix>0.jpg} and so on, without a request for each. */
    public void fill(String bucket, String prefix, int count) {
        for (int i = 0; i < count; i++) {
            byte[] content = ("content " + i).getBytes(UTF_8);
            blobs.putBlob(PutObjectRequest.builder().bucket(bucket).key(prefix + i + ".jpg").contentLength((long) content.length).build(),
                new ByteArrayInputStream(content));
        }
    }

    public byte[] get(String bucket, String key) {
        return client.getObjectAsBytes(request -> request.bucket(bucket).key(key)).asByteArray();
    }

    /** All keys that begin so, in their order. */
    public List<String> keys(String bucket, String prefix) {
        List<String> keys = new ArrayList<>();
        client.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix).encodingType("url")).contents().stream()
            .map(S3Object::key).forEach(keys::add);
        return keys;
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

    private static final class Faulty extends ForwardingBlobStore {
        private final Map<Operation, S3Exception> faults;

        Faulty(BlobStore store, Map<Operation, S3Exception> faults) {
            super(store);
            this.faults = faults;
        }

        private void pass(Operation operation) {
            if (faults.containsKey(operation)) {
                throw faults.get(operation);
            }
        }

        @Override
        public ListObjectsV2Response list(ListObjectsV2Request request) {
            pass(Operation.LIST);
            return super.list(request);
        }

        @Override
        public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
            pass(Operation.LOOK);
            return super.blobMetadata(request);
        }

        @Override
        public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
            pass(Operation.READ);
            return super.getBlob(request);
        }

        @Override
        public PutObjectResponse putBlob(PutObjectRequest request, InputStream bytes) {
            pass(Operation.WRITE);
            return super.putBlob(request, bytes);
        }

        @Override
        public CopyObjectResponse copyBlob(CopyObjectRequest request) {
            pass(Operation.COPY);
            return super.copyBlob(request);
        }

        @Override
        public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
            pass(Operation.DELETE);
            return super.removeBlob(request);
        }
    }
}
