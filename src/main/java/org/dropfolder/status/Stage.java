package org.dropfolder.status;

/** How far a dataset has come, in one word. */
public enum Stage {
    /** It has too few images for a training. */
    COLLECTING,
    /** It has enough, and waits for quiet, or its day. */
    COMPLETE,
    /** A person is asked whether its training may be paid. */
    APPROVAL,
    /** Its model is being made. */
    TRAINING,
    /** Its model is there. */
    READY,
    /** A training ended without a model that can be used. */
    ENDED,
    /** Something failed, and is tried again. */
    PAUSED,
    /** Something may have happened, and is looked for. */
    DOUBT
}
