package org.dropfolder.ledger;

/** Where a sample is on its way. */
public enum SampleState {
    /** It is to be asked for. */
    WAITING,
    /** Written down before the request is sent. */
    INTENDED,
    /** It was made, and is to be fetched. */
    DRAWN,
    /** It lies beside the model's file. */
    KEPT,
    /** It was asked for, and nobody knows whether it was made, and paid: it is not asked for again. */
    IN_DOUBT,
    /** There is none, and none is asked for any more. */
    NONE
}
