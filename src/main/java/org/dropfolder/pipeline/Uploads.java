package org.dropfolder.pipeline;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.dropfolder.ideogram.ZipUpload;

/**
 * How far the uploads are that are under way, one of a dataset at a time. It is in memory alone: a progress is no truth, and whoever
 * starts anew begins anew. What has ended, well or badly, is not here any more. Thread safe.
 */
final class Uploads {
    /** What is sent within this is not worth a look. */
    static final Duration LASTING = Duration.ofSeconds(2);
    /** Bytes from which on an upload is large. */
    static final long LARGE = 1 << 20;
    /** The rate is that of so long; before, what the system's buffers took at once would make it look quick. */
    static final Duration WINDOW = Duration.ofSeconds(5);
    private static final Duration STEP = Duration.ofMillis(250);
    /** Nobody plans by what is said of a time further off. */
    private static final Duration FORESEEABLE = Duration.ofDays(1);

    private final Clock clock;
    private final Map<String, Sending> underWay = new ConcurrentHashMap<>();

    Uploads(Clock clock) {
        this.clock = clock;
    }

    /**
     * What is to be told of a request; it is under way from the first word on. The next of its dataset takes its place.
     *
     * @param of bytes of its files in all
     */
    ZipUpload.Progress begin(String dataset, long of) {
        return new Sending(dataset, of);
    }

    /** Those that are under way now. */
    List<UploadProgress> now() {
        Instant now = clock.instant();
        return underWay.values().stream().map(sending -> sending.progress(now)).toList();
    }

    /** What was sent at a moment. */
    private record Mark(Instant at, long bytes) { }

    /** A request; its sender waits for nobody but whoever looks just then. */
    private final class Sending implements ZipUpload.Progress {
        private final String dataset;
        private final long of;
        /** Those of the last seconds, and the one before them. */
        private final Deque<Mark> marks = new ArrayDeque<>();
        private Instant begun;
        private Instant whole;
        private long bytes;

        Sending(String dataset, long of) {
            this.dataset = dataset;
            this.of = of;
        }

        @Override
        public synchronized void sent(long sofar) {
            Instant now = clock.instant();
            bytes = sofar;
            if (begun == null) {
                begun = now;
                underWay.put(dataset, this);
            }
            if (whole == null && bytes >= of) {
                whole = now;
            }
            mark(new Mark(now, bytes));
            forget(now);
        }

        /** The last mark is always the last word; those before it are a step apart. */
        private void mark(Mark last) {
            Mark before = marks.pollLast();
            if (before != null && (marks.isEmpty() || !before.at().isBefore(marks.getLast().at().plus(STEP)))) {
                marks.add(before);
            }
            marks.add(last);
        }

        @Override
        public void ended() {
            underWay.remove(dataset, this);
        }

        synchronized UploadProgress progress(Instant now) {
            forget(now);
            long millis = Duration.between(marks.getFirst().at(), now).toMillis();
            long rate = millis <= 0 ? 0 : (bytes - marks.getFirst().bytes()) * 1000 / millis;
            return new UploadProgress(dataset, bytes, of, rate, left(now, rate), isLasting(now));
        }

        private void forget(Instant now) {
            Instant before = now.minus(WINDOW);
            Mark first = marks.removeFirst();
            while (!marks.isEmpty() && !marks.getFirst().at().isAfter(before)) {
                first = marks.removeFirst();
            }
            marks.addFirst(first);
        }

        private Optional<Duration> left(Instant now, long rate) {
            if (rate <= 0 || bytes >= of || now.isBefore(begun.plus(WINDOW))) {
                return Optional.empty();
            }
            return Optional.of(Duration.ofSeconds((of - bytes) / rate)).filter(left -> left.compareTo(FORESEEABLE) < 0);
        }

        private boolean isLasting(Instant now) {
            Instant soonest = begun.plus(LASTING);
            return of >= LARGE && !now.isBefore(soonest) && (whole == null || !whole.isBefore(soonest));
        }
    }
}
