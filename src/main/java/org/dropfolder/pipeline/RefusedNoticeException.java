package org.dropfolder.pipeline;

import java.io.IOException;
import java.util.Optional;

/** Whoever is to get a notice answered something other than 2xx. */
public final class RefusedNoticeException extends IOException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String retryAfter;

    /** @param retryAfter the header of this name, as it came */
    public RefusedNoticeException(int status, Optional<String> retryAfter) {
        super("it answered " + status);
        this.status = status;
        this.retryAfter = retryAfter.orElse("");
    }

    /** Whether it is there no more, and wants nothing any more. */
    boolean isGone() {
        return status == 410;
    }

    /** Whether it has too much to do, so that nothing else is to be sent to it either. */
    boolean isBusy() {
        return status == 429 || status == 503;
    }

    String retryAfter() {
        return retryAfter;
    }
}
