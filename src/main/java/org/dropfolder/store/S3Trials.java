package org.dropfolder.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dropfolder.store.S3Tried.Deed;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;

/**
 * Tries what must be possible in places of buckets, by doing it: who may do what is said in many policies at once. What it
 * writes is an object of its own, of one name, and it takes that away again. Thread safe.
 */
final class S3Trials {
    private static final byte[] TRIAL = new byte[1024];

    private final S3Objects objects;
    private final S3Place inbox;
    private final S3Place data;

    S3Trials(S3Client client, S3Place inbox, S3Place data, S3Encryption encryption) {
        this.objects = new S3Objects(client, encryption, Effects.UNDISTURBED, () -> { });
        this.inbox = inbox;
        this.data = data;
    }

    @FunctionalInterface
    private interface Step {
        void take() throws IOException;
    }

    S3Tried listInbox() {
        return tried(inbox, Deed.LIST, () -> list(inbox));
    }

    S3Tried listData() {
        return tried(data, Deed.LIST, () -> list(data));
    }

    /** The first thing that the way needs in the inbox and can't do there, after a listing. */
    Optional<S3Tried> firstWrongInInbox() {
        return firstWrong(List.of(() -> read(inbox), () -> delete(inbox)));
    }

    /** The same in the data. */
    Optional<S3Tried> firstWrongInData() {
        return firstWrong(List.of(() -> write(data), () -> read(data), this::copy, () -> delete(data)));
    }

    /**
     * Tries all, each whatever became of those before; where a place can't be reached at all, nothing more of it.
     *
     * @param reports whether something is written to the inbox, too
     */
    List<S3Tried> all(boolean reports) {
        List<S3Tried> all = new ArrayList<>();
        all.add(listInbox());
        if (all.get(0).concernsAll()) {
            return all;
        }
        if (reports) {
            all.add(write(inbox));
        }
        all.add(read(inbox));
        all.add(delete(inbox));
        S3Tried listed = listData();
        all.add(listed);
        if (!listed.concernsAll()) {
            all.addAll(ofData());
        }
        return all;
    }

    private List<S3Tried> ofData() {
        S3Tried written = write(data);
        List<S3Tried> all = new ArrayList<>(List.of(written, read(data)));
        // what can't be written can't be copied, and no upload begins
        if (!written.failed()) {
            all.addAll(List.of(copy(), abort()));
        }
        all.add(delete(data));
        return all;
    }

    private void list(S3Place place) throws IOException {
        objects.list(place.bucket(), place.prefix(), 1, page -> false);
    }

    private S3Tried write(S3Place place) {
        return tried(place, Deed.WRITE, () -> objects.put(place.bucket(), key(place), TRIAL, TRIAL.length, Optional.of("*")));
    }

    /** What can be looked at may still be encrypted with a key that can't be used. */
    private S3Tried read(S3Place place) {
        return tried(place, Deed.READ, () -> {
            objects.head(place.bucket(), key(place));
            try (InputStream bytes = objects.read(place.bucket(), key(place)).orElseGet(InputStream::nullInputStream)) {
                bytes.readAllBytes();
            }
        });
    }

    private S3Tried copy() {
        String from = key(data);
        return tried(data, Deed.COPY, () -> objects.change("copy " + S3Place.address(data.bucket(), from), () -> objects.client.copyObject(request -> {
            request.sourceBucket(data.bucket()).sourceKey(from).destinationBucket(data.bucket()).destinationKey(copyOf(from));
            objects.encryption.apply(request);
        })));
    }

    private S3Tried abort() {
        return tried(data, Deed.ABORT, () -> objects.change("abort an upload to " + S3Place.address(data.bucket(), key(data)), () -> {
            CreateMultipartUploadRequest.Builder request = CreateMultipartUploadRequest.builder().bucket(data.bucket()).key(key(data));
            objects.encryption.apply(request);
            String upload = objects.client.createMultipartUpload(request.build()).uploadId();
            return objects.client.abortMultipartUpload(abort -> abort.bucket(data.bucket()).key(key(data)).uploadId(upload));
        }));
    }

    private S3Tried delete(S3Place place) {
        return tried(place, Deed.DELETE, () -> {
            if (place.equals(data)) {
                objects.delete(place.bucket(), copyOf(key(place)), Optional.empty());
            }
            objects.delete(place.bucket(), key(place), Optional.empty());
        });
    }

    private static String key(S3Place place) {
        return place.key(Trial.NAME);
    }

    private static String copyOf(String key) {
        return key + ".copy.tmp";
    }

    /** Something to be tried. */
    @FunctionalInterface
    private interface Attempt {
        S3Tried make();
    }

    private static Optional<S3Tried> firstWrong(List<Attempt> attempts) {
        return attempts.stream().map(Attempt::make).filter(S3Tried::failed).findFirst();
    }

    private static S3Tried tried(S3Place place, Deed deed, Step step) {
        try {
            step.take();
            return new S3Tried(place, deed, Optional.empty());
        } catch (IOException e) {
            return new S3Tried(place, deed, Optional.of(e));
        }
    }
}
