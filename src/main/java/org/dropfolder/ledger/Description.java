package org.dropfolder.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * What a machine says of an image that came without a caption.
 *
 * @param sha256   of the image's content
 * @param text     once it is written
 * @param since    when an image began to wait for it
 * @param askedAt  when its request was intended; empty while it surely was not sent
 * @param failures of asking, in a row
 * @param retryAt  it is not asked for before this moment
 * @param trouble  why there is none, or none yet, in words
 */
public record Description(long id, String sha256, long datasetId, DescriptionState state, Optional<String> text, Instant since,
                          Optional<Instant> askedAt, int failures, Optional<Instant> retryAt, Optional<String> trouble) {

    /** Whether it is still to come. */
    public boolean isOpen() {
        return state == DescriptionState.WAITING || state == DescriptionState.INTENDED;
    }
}
