package org.dropfolder.ledger;

/** Where a description is on its way. */
public enum DescriptionState {
    /** It is to be asked for. */
    WAITING,
    /** Written down before the request is sent. */
    INTENDED,
    /** Its text is there. */
    WRITTEN,
    /** It was asked for, and nobody knows whether that was carried out, and paid: it is not asked for again. */
    IN_DOUBT,
    /** There is none, and none is asked for any more. */
    NONE
}
