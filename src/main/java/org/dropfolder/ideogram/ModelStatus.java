package org.dropfolder.ideogram;

import java.util.Arrays;

/** Where a model is. [ref] Other words can come one day; they are {@link #UNKNOWN}. */
public enum ModelStatus {
    CREATING, DRAFT, TRAINING, COMPLETED, ERRORED, ARCHIVED, UNKNOWN;

    /** The status that the API's word means. */
    static ModelStatus of(String word) {
        return Arrays.stream(values()).filter(status -> status.name().equals(word)).findFirst().orElse(UNKNOWN);
    }
}
