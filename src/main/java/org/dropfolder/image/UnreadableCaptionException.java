package org.dropfolder.image;

/** A caption that can't be used; its message is the {@linkplain #reason() reason}'s text. */
public final class UnreadableCaptionException extends Exception {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    UnreadableCaptionException(Reason reason) {
        super(reason.text());
        this.reason = reason;
    }

    /** What to tell those who dropped it. */
    public Reason reason() {
        return reason;
    }
}
