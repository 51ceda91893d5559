package org.dropfolder.pipeline;

import java.time.Duration;

/** How long to wait after a failure: each in a row doubles it, from half a minute to an hour. */
final class Pauses {
    private static final Duration SHORTEST = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int DOUBLINGS = 7;

    private Pauses() { }

    /** @param failures in a row, before this one */
    static Duration after(int failures) {
        Duration pause = SHORTEST.multipliedBy(1L << Math.min(failures, DOUBLINGS));
        return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }
}
