package org.dropfolder.pipeline;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** Whoever is to get a notice, or to be told of it by a step that people added, answered something other than 2xx. */
public final class RefusedNoticeException extends IOException {
    private static final long serialVersionUID = 1;

    /** Of those that blame what was sent, the ones that a later try may change. */
    private static final Set<Integer> PASSING = Set.of(408, 410, 425, 429);

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

    /** Whether the answer is a no to what was sent, which is hardly another the next time. */
    boolean isRefusal() {
        return status / 100 == 4 && !PASSING.contains(status);
    }

    /** Whether the subscriber has too much to do, so that nothing else is to be sent to it either. */
    boolean isBusy() {
        return ofSubscriber && (status == 429 || status == 503);
    }

    String retryAfter() {
        return retryAfter;
    }
}
