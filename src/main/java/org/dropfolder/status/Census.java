package org.dropfolder.status;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.BatchState;
import org.dropfolder.ledger.Changes;
import org.dropfolder.ledger.Doubt;
import org.dropfolder.ledger.Figures;
import org.dropfolder.ledger.Figures.InDoubt;
import org.dropfolder.ledger.Figures.Sum;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.LedgerException;
import org.dropfolder.ledger.Tally;
import org.dropfolder.ledger.TrainingState;

/**
 * How much there is of what, for whoever measures: read from the ledger every few seconds at most, however often it is asked, and never
 * while nobody asks. A ledger that can't be read leaves what was read last, and nothing where nothing was. Thread safe.
 */
public final class Census {
    /** What was read counts for so long. */
    static final Duration FRESH = Duration.ofSeconds(5);

    private final Ledger ledger;
    private final Clock clock;
    private final Map<Long, Figures.Images> images = new HashMap<>();
    private long revision = Changes.BEGINNING;
    private Optional<Instant> read = Optional.empty();
    private Optional<Count> last = Optional.empty();

    public Census(Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * What was counted.
     *
     * @param oldestImage  when the image arrived that waits longest to be uploaded
     * @param waiting      trainings that wait
     * @param notices      those that nobody has taken
     * @param startedToday trainings of the last 24 hours, as the daily limit counts them
     * @param spent        US dollars
     */
    public record Count(Map<AssetState, Long> images, Map<BatchState, Sum> batches, Map<TrainingState, Long> trainings,
                        Map<Doubt.What, InDoubt> doubts, Optional<Instant> oldestImage, Figures.Waiting waiting,
                        Figures.Undelivered notices, int startedToday, BigDecimal spent) {
        /** Images in any of these states. */
        public long images(AssetState... states) {
            long sum = 0;
            for (AssetState state : states) {
                sum += images.getOrDefault(state, 0L);
            }
            return sum;
        }
    }

    /** As it was a few seconds ago at most; empty until the ledger could be read once. */
    public synchronized Optional<Count> now() {
        Instant now = clock.instant();
        if (read.filter(then -> Duration.between(then, now).abs().compareTo(FRESH) < 0).isEmpty()) {
            read = Optional.of(now);
            try {
                last = Optional.of(count());
            } catch (LedgerException unreadable) {
                // the health tells of it; what was known is better than nothing
                return last;
            }
        }
        return last;
    }

    /** How long something has been lasting; 0 where there is nothing. */
    public double age(Optional<Instant> since) {
        return since.map(then -> Math.max(0, Duration.between(then, clock.instant()).toMillis() / 1000.0)).orElse(0.0);
    }

    private Count count() {
        // asked first: what changes meanwhile is counted once more the next time
        long now = ledger.changes().now();
        if (now > revision) {
            images.putAll(ledger.figures().imagesSince(revision));
            revision = now;
        }
        Figures figures = ledger.figures();
        return new Count(sum(), figures.batches(), figures.trainings(), figures.doubts(),
            images.values().stream().flatMap(of -> of.oldestWaiting().stream()).min(Instant::compareTo),
            figures.waitingTrainings(), figures.notices(), ledger.trainings().intendedToday(), figures.spent());
    }

    private Map<AssetState, Long> sum() {
        Map<AssetState, Long> sums = new EnumMap<>(AssetState.class);
        for (Figures.Images of : images.values()) {
            Tally tally = of.tally();
            tally.images().forEach((state, count) -> sums.merge(state, count.longValue(), Long::sum));
        }
        return sums;
    }
}
