package org.dropfolder.pipeline;

import java.io.IOException;
import java.util.Optional;

/** Whoever is to get a notice, or to be told of it by a step that people added, answered something other than 2xx. */
public final class RefusedNoticeException extends IOException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final boolean ofSubscriber;
    private final String retryAfter;

    /**
     * What came.
     *
     * @param ofSubscriber whether it was the notice itself that was sent
     * @param retryAfter   the header of this name, as it came
     */
    public RefusedNoticeException(int status, boolean ofSubscriber, Optional<String> retryAfter) {
        super("it answered " + status);
        this.status = status;
        this.ofSubscriber = ofSubscriber;
        this.retryAfter = retryAfter.orElse("");
    }

    /** Whether the subscriber is there no more, and wants nothing any more. */
    boolean isGone() {
        return ofSubscriber && status == 410;
    }

    /** Whether the subscriber has too much to do, so that nothing else is to be sent to it either. */
    boolean isBusy() {
        return ofSubscriber && (status == 429 || status == 503);
    }

    String retryAfter() {
        return retryAfter;
    }
}
