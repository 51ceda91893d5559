package org.dropfolder.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.dropfolder.store.Dropped;

/**
 * What was seen of files, in bounded memory: of at most {@link #MOST} at once. Where that is full, what was offered or not seen for
 * {@link #FORGOTTEN} makes room, the longest unseen first; else what is new is not kept, and has its turn later. For one thread at
 * a time.
 */
final class Watched {
    static final int MOST = 20_000;
    static final Duration FORGOTTEN = Duration.ofMinutes(5);

    private final Map<String, Watch> all = new LinkedHashMap<>(16, 0.75f, true);
    /** Those that were not offered, by their folder: of a large inbox each folder asks for its own. */
    private final Map<String, Map<String, Watch>> unoffered = new HashMap<>();

    enum Phase {
        SETTLING,
        OFFERED,
        /** It was offered, and ended too early. */
        UNFINISHED
    }

    /**
     * What was seen of a file.
     *
     * @param since it is as it is
     * @param seen  the last time
     * @param due   when it may be taken, if it stays as it is
     * @param pause after which it is offered again
     */
    record Watch(Dropped file, Instant since, Instant seen, Instant due, Duration pause, Phase phase) {
        private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

        Watch seenAt(Instant now) {
            return new Watch(file, since, now, due, pause, phase);
        }

        Watch offeredAt(Instant now) {
            Duration doubled = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            return new Watch(file, since, now, now.plus(doubled), doubled, Phase.OFFERED);
        }

        /** Never sooner than any other that was not taken. */
        Watch unfinishedUntil(Instant end) {
            return new Watch(file, since, seen, end.isAfter(seen) ? end : due, pause, Phase.UNFINISHED);
        }

        /** Whether it was seen lately. */
        boolean isFresh(Instant now) {
            return seen.plus(FORGOTTEN).isAfter(now);
        }
    }

    /** What is known of the file that lies there. */
    Optional<Watch> of(String source) {
        return Optional.ofNullable(all.get(source));
    }

    Stream<Watch> all() {
        return all.values().stream();
    }

    /** Those that settle, or ended too early, in folders of the inbox with such names; that of the inbox itself is empty. */
    Stream<Watch> unoffered(Predicate<String> folder) {
        return unoffered.entrySet().stream().filter(each -> folder.test(each.getKey())).flatMap(each -> each.getValue().values().stream());
    }

    /** Keeps what was seen, if there is room. */
    void put(Watch watch) {
        String source = watch.file.source();
        if (all.size() >= MOST && !all.containsKey(source) && !makeRoom(watch.seen)) {
            return;
        }
        all.put(source, watch);
        if (watch.phase == Phase.OFFERED) {
            offered(source);
        } else {
            unoffered.computeIfAbsent(folder(source), folder -> new HashMap<>()).put(source, watch);
        }
    }

    private boolean makeRoom(Instant now) {
        Watch longestUnseen = all.values().iterator().next();
        if (longestUnseen.phase != Phase.OFFERED && !longestUnseen.seen.plus(FORGOTTEN).isBefore(now)) {
            return false;
        }
        all.remove(longestUnseen.file.source());
        offered(longestUnseen.file.source());
        return true;
    }

    private void offered(String source) {
        unoffered.computeIfPresent(folder(source), (folder, watches) -> watches.remove(source) != null && watches.isEmpty() ? null : watches);
    }

    /** The folder of the inbox in which it lies; empty, where that is the inbox itself. */
    static String folder(String source) {
        return source.substring(0, Math.max(0, source.indexOf('/')));
    }
}
