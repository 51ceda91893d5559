package org.dropfolder.image;

import java.io.IOException;

/**
 * A file, or a part of one, that can't be used; its message is the {@linkplain #reason() reason}'s text. It is an
 * {@link IOException} so that a stream can throw it while it is read; a disk that fails throws others.
 */
public final class UnusableException extends IOException {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    UnusableException(Reason reason, Throwable cause) {
        super(reason.text(), cause);
        this.reason = reason;
    }

    UnusableException(Reason reason) {
        this(reason, null);
    }

    /** What to tell those who dropped it. */
    public Reason reason() {
        return reason;
    }
}
