package org.dropfolder.store;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * What became of something that was tried in a bucket.
 *
 * @param failure why it can't be done; none if it can
 */
public record S3Tried(S3Place place, Deed deed, Optional<IOException> failure) {

    /** What the server does in a bucket. */
    public enum Deed {
        LIST("list it", "can be listed", "s3:ListBucket"),
        READ("read from it", "objects can be read there", "s3:GetObject"),
        WRITE("write to it", "objects can be written there", "s3:PutObject"),
        COPY("copy in it", "objects can be copied there", "s3:GetObject and s3:PutObject"),
        ABORT("abort an upload to it", "uploads can be aborted there", "s3:AbortMultipartUpload"),
        DELETE("delete from it", "objects can be deleted there", "s3:DeleteObject");

        final String words;
        private final String possible;
        final String action;

        Deed(String words, String possible, String action) {
            this.words = words;
            this.possible = possible;
            this.action = action;
        }

        /** What is said of a place where it can be done, such as {@code can be listed}. */
        public String possible() {
            return possible;
        }
    }

    private static final Set<S3Fault> OF_ONE_DEED = Set.of(S3Fault.DENIED, S3Fault.ENCRYPTION, S3Fault.FULL, S3Fault.REFUSED);

    public boolean failed() {
        return failure.isPresent();
    }

    /** Whether it would be the same with whatever is tried there: wrong credentials, say. */
    public boolean concernsAll() {
        return fault().filter(fault -> !OF_ONE_DEED.contains(fault)).isPresent();
    }

    /** Why it can't be done, and what to do, in words without a name; only where it failed. */
    public String whyNot() {
        if (!(failure.orElseThrow() instanceof S3FaultException told)) {
            return failure.get().getMessage();
        }
        S3Fault fault = told.fault();
        return fault != S3Fault.DENIED ? fault.words + ". " + told.advice() + "."
            : fault.words + " to " + deed.words + ". Let the policy of this server's credentials allow " + told.lacking().orElse(deed.action)
            + (deed == Deed.LIST ? " for its prefix." : " there.");
    }

    /** The same, with the names of what the policy lacks it for, and what the service said. */
    public String whyNotInFull() {
        if (!(failure.orElseThrow() instanceof S3FaultException told)) {
            return failure.get().getMessage();
        }
        if (told.fault() != S3Fault.DENIED) {
            return told.getMessage();
        }
        return "%s to %s%s. Let the policy of this server's credentials allow %s on %s".formatted(told.fault().words, deed.words, told.said(),
            told.lacking().orElse(deed.action), told.lacking().filter(action -> action.startsWith("kms:")).map(action -> "the key that the bucket encrypts with")
                .orElseGet(this::resource));
    }

    /** As a policy names it. */
    private String resource() {
        String bucket = "arn:aws:s3:::" + place.bucket();
        if (deed == Deed.LIST) {
            return bucket + (place.prefix().isEmpty() ? "" : " where s3:prefix is " + place.prefix() + "*");
        }
        return bucket + "/" + place.prefix() + "*";
    }

    private Optional<S3Fault> fault() {
        return failure.filter(S3FaultException.class::isInstance).map(S3FaultException.class::cast).map(S3FaultException::fault);
    }
}
