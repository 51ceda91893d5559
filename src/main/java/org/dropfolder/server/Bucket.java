package org.dropfolder.server;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.dropfolder.store.S3Access;
import org.dropfolder.store.S3Encryption;
import org.dropfolder.store.S3Place;

/**
 * An inbox that is a part of a bucket, and what goes with it. Immutable.
 *
 * @param store what is {@code pending/}, {@code done/}, {@code rejected/} and {@code models/} lies below it
 * @param scan  between two looks at an inbox in which nothing happens
 */
public record Bucket(S3Place inbox, S3Place store, S3Access access, S3Encryption encryption, Duration scan) {

    /**
     * What the settings say of one; none where the inbox is a folder.
     *
     * @param texts     the text of every key, each one that its kind can read
     * @param simulated whether what is stored is to lie apart from the real server's
     * @throws SettingsException if they don't go together
     */
    static Optional<Bucket> of(Map<String, String> texts, boolean simulated) {
        if (!S3Place.isMeant(Keys.INBOX.in(texts))) {
            return Optional.empty();
        }
        S3Place inbox = S3Place.of(Keys.INBOX.in(texts));
        S3Place store = Keys.S3_STORE.in(texts)
            .orElse(new S3Place(inbox.bucket(), simulated ? "dropfolder-simulated/" : "dropfolder/"));
        if (inbox.overlaps(store)) {
            throw new SettingsException(("dropfolder.inbox (%s) and dropfolder.s3.store (%s) must lie apart: neither may be, or lie inside, "
                    + "the other. Set dropfolder.inbox to a prefix of its own, or dropfolder.s3.store to another bucket").formatted(inbox, store));
        }
        S3Access access = new S3Access(Optional.of(Keys.S3_REGION.in(texts)), Keys.S3_ENDPOINT.in(texts), Keys.S3_PATH_STYLE.in(texts), keys(texts));
        return Optional.of(new Bucket(inbox, store, access, encryption(texts), Keys.S3_SCAN.in(texts)));
    }

    private static Optional<S3Access.Keys> keys(Map<String, String> texts) {
        Secret access = Keys.S3_ACCESS_KEY.in(texts);
        Secret secret = Keys.S3_SECRET_KEY.in(texts);
        if (access.isSet() != secret.isSet()) {
            throw new SettingsException("dropfolder.s3.access-key and dropfolder.s3.secret-key go together, and only one of them is set: "
                    + "set both, or none of them to have credentials looked for as AWS's own tools do");
        }
        return access.isSet() ? Optional.of(new S3Access.Keys(access.reveal(), secret.reveal())) : Optional.empty();
    }

    private static S3Encryption encryption(Map<String, String> texts) {
        Optional<String> algorithm = Keys.S3_ENCRYPTION.in(texts);
        Optional<String> key = Keys.S3_KMS_KEY.in(texts);
        if (key.isPresent() && algorithm.filter(name -> name.startsWith("aws:kms")).isEmpty()) {
            throw new SettingsException("dropfolder.s3.kms-key is set, so dropfolder.s3.encryption must be aws:kms or aws:kms:dsse");
        }
        return new S3Encryption(algorithm, key);
    }
}
