package org.dropfolder.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that was sent and may have happened; it is looked for at Ideogram until that is known.
 *
 * @param since    when it was noticed
 * @param looks    that did not find it
 * @param nextLook when it is looked for next; empty where a person decides
 */
public record Doubt(long datasetId, What what, Instant since, int looks, Optional<Instant> nextLook) {

    /** What may have happened. A dataset has at most one doubt of each. */
    public enum What {
        /** The dataset may have been created. */
        CREATION,
        /** A batch may be in the dataset. */
        BATCH,
        /** A training may have been started, and paid. */
        TRAINING
    }
}
