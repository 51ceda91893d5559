package org.dropfolder.store;

import java.io.IOException;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Looks whether places in buckets can be used, by using them: who may do what is said in many policies at once. A look at
 * what is well costs one listing; the first one, and those after a failure, also try what is to be done there, with an object
 * of its own, so that a versioned bucket does not fill with trials. Thread safe.
 */
final class S3Soundness {
    private static final byte[] TRIAL = new byte[1024];

    private final S3Objects objects;
    private final S3Place inbox;
    private final S3Place data;
    private volatile boolean inboxSuspect = true;
    private volatile boolean dataSuspect = true;

    S3Soundness(S3Client client, S3Place inbox, S3Place data, S3Encryption encryption) {
        this.objects = new S3Objects(client, encryption, Effects.UNDISTURBED, () -> { });
        this.inbox = inbox;
        this.data = data;
    }

    /** Something failed: the next look is a thorough one. */
    void suspect() {
        inboxSuspect = true;
        dataSuspect = true;
    }

    /** One thing that must be possible. */
    @FunctionalInterface
    private interface Step {
        void take() throws IOException;
    }

    /** Why it can't be listed, or nothing can be read or deleted there, in words without a name. */
    Optional<String> ofInbox() {
        boolean thorough = inboxSuspect;
        inboxSuspect = false;
        String trial = inbox.key(Trial.NAME);
        Optional<String> why = whyNot("list it", () -> list(inbox));
        if (thorough) {
            why = why.or(() -> whyNot("read from it", () -> objects.head(inbox.bucket(), trial)))
                .or(() -> whyNot("delete from it", () -> objects.delete(inbox.bucket(), trial, Optional.empty())));
        }
        inboxSuspect |= why.isPresent();
        return why;
    }

    /** Why nothing can be written there, or read, copied or deleted, in words without a name. */
    Optional<String> ofData() {
        boolean thorough = dataSuspect;
        dataSuspect = false;
        Optional<String> why = whyNot("list it", () -> list(data));
        if (thorough) {
            why = why.or(this::ofUse);
        }
        dataSuspect |= why.isPresent();
        return why;
    }

    private Optional<String> ofUse() {
        String trial = data.key(Trial.NAME);
        String copy = trial + ".copy.tmp";
        return whyNot("write to it", () -> objects.put(data.bucket(), trial, TRIAL, TRIAL.length, Optional.of("*")))
            .or(() -> whyNot("read from it", () -> objects.head(data.bucket(), trial)))
            .or(() -> whyNot("copy in it", () -> copy(trial, copy)))
            .or(() -> whyNot("delete from it", () -> {
                objects.delete(data.bucket(), copy, Optional.empty());
                objects.delete(data.bucket(), trial, Optional.empty());
            }));
    }

    private void list(S3Place place) throws IOException {
        objects.list(place.bucket(), place.prefix(), 1, page -> false);
    }

    private void copy(String from, String to) throws IOException {
        objects.change("copy " + S3Place.address(data.bucket(), from), () -> objects.client.copyObject(request -> {
            request.sourceBucket(data.bucket()).sourceKey(from).destinationBucket(data.bucket()).destinationKey(to);
            objects.encryption.apply(request);
        }));
    }

    private static Optional<String> whyNot(String toDo, Step step) {
        try {
            step.take();
            return Optional.empty();
        } catch (S3FaultException e) {
            S3Fault fault = e.fault();
            return Optional.of((fault == S3Fault.DENIED ? fault.words + " to " + toDo : fault.words) + ". " + fault.advice + ".");
        } catch (IOException e) {
            return Optional.of(e.getMessage());
        }
    }
}
