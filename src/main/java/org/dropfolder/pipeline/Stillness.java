package org.dropfolder.pipeline;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.dropfolder.image.FileNames;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells which files stand still: two looks, at least {@code settle} apart, that saw the same size and time. A file's
 * own time says nothing, since moved and copied files often bring an old one.
 *
 * <p>A file that was found still and is seen again was not taken (it can't be read, the disk is full): it is offered
 * again after a pause that doubles, up to a minute, so that it never keeps anybody busy.
 *
 * <p>Memory is bounded: at most {@link #WATCHED} files are watched at once. In a larger heap of files the rest waits
 * for its turn, which comes soon, since files that stand still leave. What was not seen for {@link #FORGOTTEN} is
 * forgotten. Thread safe.
 */
public final class Stillness {
    private static final Logger LOG = LoggerFactory.getLogger(Stillness.class);
    static final int WATCHED = 20_000;
    static final Duration FORGOTTEN = Duration.ofMinutes(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Duration settle;
    private final Clock clock;
    private final Map<String, Watch> watched = new LinkedHashMap<>(16, 0.75f, true);

    public Stillness(Duration settle, Clock clock) {
        this.settle = settle;
        this.clock = clock;
    }

    /**
     * Whether the file may be taken now.
     *
     * @param size     bytes, as seen now
     * @param modified milliseconds since 1970, as seen now
     */
    public synchronized boolean still(String source, long size, long modified) {
        Instant now = clock.instant();
        Watch seen = watched.get(source);
        boolean clockSetBack = seen != null && now.isBefore(seen.seen);
        if (seen == null || clockSetBack || seen.size != size || seen.modified != modified) {
            watch(source, new Watch(size, modified, now, now, settle));
            return false;
        }
        if (now.isBefore(seen.since.plus(seen.pause))) {
            watched.put(source, seen.seenAt(now));
            return false;
        }
        watched.put(source, seen.offeredAt(now));
        return true;
    }

    /** A file that stood still ends too early: it is offered again when it changed, or after its pause. */
    public void unfinished(Examined examined) {
        LOG.debug("{} ends too early; perhaps it is still being copied", FileNames.printable(examined.file().source()));
    }

    /** Whether a file that was seen lately may soon stand still. */
    public synchronized boolean settling() {
        Instant lately = clock.instant().minus(settle.multipliedBy(2));
        return watched.values().stream().anyMatch(watch -> !watch.offered && watch.seen.isAfter(lately));
    }

    private void watch(String source, Watch watch) {
        if (watched.size() >= WATCHED && !watched.containsKey(source)) {
            Map.Entry<String, Watch> longestUnseen = watched.entrySet().iterator().next();
            boolean goneOrOffered = longestUnseen.getValue().offered
                || longestUnseen.getValue().seen.plus(FORGOTTEN).isBefore(watch.seen);
            if (!goneOrOffered) {
                return;
            }
            watched.remove(longestUnseen.getKey());
        }
        watched.put(source, watch);
    }

    /** What was seen of a file: since when it has this size and time, when last, and how long to wait from then. */
    private record Watch(long size, long modified, Instant since, Instant seen, Duration pause, boolean offered) {
        Watch(long size, long modified, Instant since, Instant seen, Duration pause) {
            this(size, modified, since, seen, pause, false);
        }

        Watch seenAt(Instant now) {
            return new Watch(size, modified, since, now, pause, offered);
        }

        Watch offeredAt(Instant now) {
            Duration doubled = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            return new Watch(size, modified, now, now, doubled, true);
        }
    }
}
