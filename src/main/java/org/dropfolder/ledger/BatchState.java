package org.dropfolder.ledger;

/** How far a batch has come. */
public enum BatchState {
    /** Its images are claimed; nothing was sent. */
    CLAIMED,
    /** The intent to send is committed; the request may be under way. */
    SENT,
    /** Answered. */
    UPLOADED,
    /** It did not happen; its images wait again. */
    RELEASED,
    /** It may have happened, and nobody knows. */
    IN_DOUBT
}
