package org.dropfolder.ledger;

import java.util.EnumSet;
import java.util.Set;

/** How far a training has come. */
public enum TrainingState {
    /** Enough images; it waits for quiet, for approval or for the daily limit. */
    WAITING,
    /** Committed before the request is sent, with the model ids known then. */
    INTENDED,
    /** Sent, and nobody knows whether it happened. */
    IN_DOUBT,
    /** It has a model id and is followed. */
    RUNNING,
    COMPLETED,
    FAILED,
    ARCHIVED,
    /** It took longer than the poll's timeout; it is looked at hourly. */
    STALLED,
    /** Ideogram does not know the model any more. */
    GONE;

    /** What ends the following of a training; {@link #STALLED} is still looked at. */
    public static final Set<TrainingState> ENDS = Set.copyOf(EnumSet.of(COMPLETED, FAILED, ARCHIVED, GONE));
}
