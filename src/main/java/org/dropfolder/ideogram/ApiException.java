package org.dropfolder.ideogram;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Ideogram answered, and not with success. */
public final class ApiException extends IOException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final Duration retryAfter;
    private final String detail;

    /**
     * @param status     the HTTP status
     * @param retryAfter how long it asks us to wait
     * @param detail     what it says, a few words on one line; may be empty
     */
    public ApiException(int status, Optional<Duration> retryAfter, String detail) {
        super("Ideogram answered " + status + (detail.isEmpty() ? "" : ": " + detail));
        this.status = status;
        this.retryAfter = retryAfter.orElse(null);
        this.detail = detail;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** How long the API asks us to wait. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** What the API says, a few words on one line; may be empty. */
    public String detail() {
        return detail;
    }
}
