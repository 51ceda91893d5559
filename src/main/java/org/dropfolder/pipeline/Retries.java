package org.dropfolder.pipeline;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * When what failed by its own fault is tried again: after pauses that double, up to an hour. In memory only, of the latest
 * {@link #REMEMBERED}; what is not known is tried at once. Thread safe.
 */
final class Retries {
    static final int REMEMBERED = 10_000;
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Clock clock;
    private final Map<Long, Retry> failed = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Retry> eldest) {
            return size() > REMEMBERED;
        }
    };

    Retries(Clock clock) {
        this.clock = clock;
    }

    private record Retry(Instant due, Duration pause) { }

    synchronized boolean isDue(long id) {
        Retry retry = failed.get(id);
        return retry == null || !clock.instant().isBefore(retry.due());
    }

    /** @return whether it is the first time */
    synchronized boolean failed(long id) {
        Retry before = failed.get(id);
        Duration doubled = before == null ? FIRST : before.pause().multipliedBy(2);
        Duration pause = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        failed.put(id, new Retry(clock.instant().plus(pause), pause));
        return before == null;
    }

    synchronized void succeeded(long id) {
        failed.remove(id);
    }
}
