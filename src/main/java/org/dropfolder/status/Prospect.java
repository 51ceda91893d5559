package org.dropfolder.status;

import java.time.Instant;
import java.util.Optional;

/**
 * How a dataset stands and what comes next.
 *
 * @param why  what it waits for, or how it ended; a sentence or two
 * @param next what happens next, and who does it; a sentence or two
 * @param at   when that is, if nothing comes between; in the past where it is due and no server did it yet
 * @param comesAgain whether that is one look of many, so that the next one's moment says little for long
 * @param ended whether its way has ended
 */
public record Prospect(String why, String next, Optional<Instant> at, boolean comesAgain, boolean ended) {

    static Prospect of(String why, String next) {
        return new Prospect(why, next, Optional.empty(), false, false);
    }

    static Prospect at(Instant at, String why, String next) {
        return new Prospect(why, next, Optional.of(at), false, false);
    }

    /** Somebody looks, again and again, and is to look next at this moment. */
    static Prospect look(Optional<Instant> at, String why, String next) {
        return new Prospect(why, next, at, true, false);
    }

    static Prospect ended(String why, String next) {
        return new Prospect(why, next, Optional.empty(), false, true);
    }
}
