package org.dropfolder.store;

import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/** {@code mvn -q -Ps3}: a service that speaks S3, for trying an inbox in a bucket; it forgets all when it ends. */
public final class LocalS3 {
    private static final int PORT = 9000;
    private static final String BUCKET = "photos";

    private LocalS3() { }

    public static void main(String... args) throws InterruptedException {
        try (S3Server server = new S3Server(new TransientNio2BlobStore(), args.length == 0 ? PORT : Integer.parseInt(args[0]), BUCKET)) {
            System.out.printf("The bucket s3://%s is at %s until Ctrl-C, in memory, with the access key %s and the secret key %s%n", BUCKET,
                server.endpoint(), S3Server.KEYS.accessKey(), S3Server.KEYS.secretKey());
            Thread.currentThread().join();
        }
    }
}
