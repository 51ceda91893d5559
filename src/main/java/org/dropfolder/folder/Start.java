package org.dropfolder.folder;

import java.util.Locale;
import org.dropfolder.ledger.Dataset;

/** How a training starts, the least strict first. */
public enum Start {
    /** By itself. */
    AUTO,
    /** By itself, unless its pictures show something serious: then a person must allow it. */
    CAREFUL,
    /** A person must allow each. */
    APPROVE;

    /** The stricter of the two. */
    public Start or(Start other) {
        return compareTo(other) < 0 ? other : this;
    }

    /** How this dataset's training starts: one that may never start by itself needs a person, whatever is set. */
    public Start of(Dataset dataset) {
        return dataset.trainsOnlyAfterApproval() ? APPROVE : this;
    }

    /** As people write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
