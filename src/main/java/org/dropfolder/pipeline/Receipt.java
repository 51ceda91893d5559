package org.dropfolder.pipeline;

import java.util.Optional;

/**
 * What became of a file that somebody brought.
 *
 * @param message in sentences, for that person; of any name only what can be printed
 * @param source  where it lies in the inbox, if it does
 */
public record Receipt(Outcome outcome, String message, Optional<String> source) {

    /** How it went; all but the first leave nothing behind. */
    public enum Outcome {
        ARRIVED,
        /** Nothing can be called so. */
        REFUSED, TOO_LARGE,
        /** Not all of it came. */
        BROKEN_OFF,
        /** It came so slowly that others were kept waiting. */
        TOO_SLOW,
        /** It could not be written. */
        FAILED,
        /** Too many come at once: it may be brought again in a moment. */
        BUSY
    }

    static Receipt not(Outcome outcome, String message) {
        return new Receipt(outcome, message, Optional.empty());
    }
}
