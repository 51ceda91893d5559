package org.dropfolder.store;

import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Keys as services have them, before a store that takes them for paths: there {@code a//b} would be {@code a/b}, and nothing
 * could be called {@code a} beside {@code a/b}. A mark ends each key, and each folder that is empty, {@code .} or {@code ..};
 * it sorts before all letters, so that keys stay in their order, and XML has it, since a listing goes on from a key.
 */
final class AnyKeys extends ForwardingBlobStore {
    private static final String FILE = "\t";
    private static final String FOLDER = "\n";
    private static final Set<String> NO_NAMES = Set.of("", ".", "..");

    AnyKeys(BlobStore paths) {
        super(paths);
    }

    /** What begins so goes on so. */
    private static String begin(String key) {
        StringBuilder path = new StringBuilder();
        int begin = 0;
        for (int slash = key.indexOf('/'); slash >= 0; slash = key.indexOf('/', begin)) {
            String folder = key.substring(begin, slash);
            path.append(folder).append(NO_NAMES.contains(folder) ? FOLDER : "").append('/');
            begin = slash + 1;
        }
        return path.append(key, begin, key.length()).toString();
    }

    private static String path(String key) {
        return key.endsWith(FILE) ? key : begin(key) + FILE;
    }

    private static String key(String path) {
        return path.replaceFirst(FILE + "\\z", "").replaceAll("(^|/)(\\.{0,2})" + FOLDER + "(?=/)", "$1$2");
    }

    private static MultipartUpload path(MultipartUpload upload) {
        CreateMultipartUploadRequest request = upload.request();
        return new MultipartUpload(upload.id(), request.toBuilder().key(path(request.key())).build());
    }

    @Override
    public ListObjectsV2Response list(ListObjectsV2Request request) {
        ListObjectsV2Response page = super.list(request.toBuilder().prefix(request.prefix() == null ? null : begin(request.prefix()))
            .startAfter(request.startAfter() == null ? null : path(request.startAfter())).build());
        return page.toBuilder()
            .contents(page.contents().stream().map(object -> object.toBuilder().key(key(object.key())).build()).toList())
            .commonPrefixes(page.commonPrefixes().stream().map(one -> one.toBuilder().prefix(key(one.prefix())).build()).toList()).build();
    }

    @Override
    public boolean blobExists(String bucket, String key) {
        return super.blobExists(bucket, path(key));
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream bytes) {
        return super.putBlob(request.toBuilder().key(path(request.key())).build(), bytes);
    }

    @Override
    public CopyObjectResponse copyBlob(CopyObjectRequest request) {
        return super.copyBlob(request.toBuilder().sourceKey(path(request.sourceKey())).destinationKey(path(request.destinationKey())).build());
    }

    @Override
    public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
        return super.blobMetadata(request.toBuilder().key(path(request.key())).build());
    }

    @Override
    public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
        return super.getBlob(request.toBuilder().key(path(request.key())).build());
    }

    @Override
    public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
        return super.removeBlob(request.toBuilder().key(path(request.key())).build());
    }

    @Override
    public ObjectCannedACL getBlobAccess(String bucket, String key) {
        return super.getBlobAccess(bucket, path(key));
    }

    @Override
    public void setBlobAccess(String bucket, String key, ObjectCannedACL access) {
        super.setBlobAccess(bucket, path(key), access);
    }

    @Override
    public MultipartUpload initiateMultipartUpload(CreateMultipartUploadRequest request) {
        return super.initiateMultipartUpload(request.toBuilder().key(path(request.key())).build());
    }

    @Override
    public void abortMultipartUpload(MultipartUpload upload) {
        super.abortMultipartUpload(path(upload));
    }

    @Override
    public UploadPartResponse uploadMultipartPart(MultipartUpload upload, UploadPartRequest request, InputStream bytes) {
        return super.uploadMultipartPart(path(upload), request, bytes);
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(MultipartUpload upload, CompleteMultipartUploadRequest request) {
        return super.completeMultipartUpload(path(upload), request);
    }

    @Override
    public List<Part> listMultipartUpload(MultipartUpload upload) {
        return super.listMultipartUpload(path(upload));
    }

    @Override
    public List<software.amazon.awssdk.services.s3.model.MultipartUpload> listMultipartUploads(String bucket) {
        return super.listMultipartUploads(bucket).stream().map(upload -> upload.toBuilder().key(key(upload.key())).build()).toList();
    }
}
