package org.dropfolder.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * How much there is of what, over all datasets: for whoever measures. Reads only. Thread safe.
 *
 * <p>Images are counted for those datasets that changed, as {@link Changes} knows them: whoever keeps the counts of the others
 * need not go through a million rows again.
 */
public final class Figures {
    private static final String CHANGED = "dataset_id IN (SELECT dataset_id FROM changed WHERE revision > :revision)";

    private final Ledger ledger;

    Figures(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * The images of a dataset.
     *
     * @param oldestWaiting when the one that waits longest to be uploaded had arrived
     */
    public record Images(Tally tally, Optional<Instant> oldestWaiting) { }

    /** How many are in one state, of how many bytes together. */
    public record Sum(long count, long bytes) {
        public static final Sum NONE = new Sum(0, 0);
    }

    /**
     * What is in doubt of one kind.
     *
     * @param leftToAPerson how many of them nobody looks for any more
     * @param oldest        since when
     */
    public record InDoubt(long count, long leftToAPerson, Instant oldest) { }

    /**
     * Notices that nobody has taken yet.
     *
     * @param oldest when what the first of them tells of happened; none where none waits
     */
    public record Undelivered(long count, Optional<Instant> oldest) {
        public static final Undelivered NONE = new Undelivered(0, Optional.empty());
    }

    /** The images of each dataset that changed after the revision, by the dataset's id. */
    public Map<Long, Images> imagesSince(long revision) {
        return ledger.read(h -> {
            Map<Long, Map<AssetState, Integer>> counts = counts(h, revision);
            Map<Long, Instant> oldest = oldest(h, revision);
            Map<Long, Images> images = new HashMap<>();
            counts.forEach((id, tally) -> images.put(id, new Images(new Tally(tally), Optional.ofNullable(oldest.get(id)))));
            return images;
        });
    }

    private static Map<Long, Map<AssetState, Integer>> counts(Handle h, long revision) {
        Map<Long, Map<AssetState, Integer>> counts = new HashMap<>();
        // one that has no image any more changed, too
        h.createQuery("SELECT dataset_id FROM changed WHERE revision > :revision").bind("revision", revision).mapTo(long.class)
            .forEach(id -> counts.put(id, new EnumMap<>(AssetState.class)));
        h.createQuery("SELECT dataset_id, state, count(*) AS n FROM asset WHERE kind = 'IMAGE' AND " + CHANGED + " GROUP BY dataset_id, state")
            .bind("revision", revision)
            .map((row, context) -> counts.computeIfAbsent(row.getLong("dataset_id"), id -> new EnumMap<>(AssetState.class))
                .put(AssetState.valueOf(row.getString("state")), row.getInt("n"))).list();
        return counts;
    }

    private static Map<Long, Instant> oldest(Handle h, long revision) {
        Map<Long, Instant> oldest = new HashMap<>();
        h.createQuery("SELECT dataset_id, min(arrived_at) AS oldest FROM asset WHERE kind = 'IMAGE' AND state IN ('ACCEPTED', 'BATCHED') "
                + "AND " + CHANGED + " GROUP BY dataset_id")
            .bind("revision", revision)
            .map((row, context) -> oldest.put(row.getLong("dataset_id"), Instant.ofEpochMilli(row.getLong("oldest")))).list();
        return oldest;
    }

    /** All batches there ever were, and the bytes of their images. */
    public Map<BatchState, Sum> batches() {
        Map<BatchState, Sum> sums = new EnumMap<>(BatchState.class);
        ledger.read(h -> h.createQuery("SELECT state, count(*) AS n, sum(bytes) AS bytes FROM batch GROUP BY state")
            .map((row, context) -> sums.put(BatchState.valueOf(row.getString("state")), new Sum(row.getLong("n"), row.getLong("bytes")))).list());
        return sums;
    }

    /** All trainings there ever were. */
    public Map<TrainingState, Long> trainings() {
        Map<TrainingState, Long> counts = new EnumMap<>(TrainingState.class);
        ledger.read(h -> h.createQuery("SELECT state, count(*) AS n FROM training GROUP BY state")
            .map((row, context) -> counts.put(TrainingState.valueOf(row.getString("state")), row.getLong("n"))).list());
        return counts;
    }

    /** Since when the training waits that waits longest. */
    public Optional<Instant> oldestWaitingTraining() {
        return ledger.read(h -> h.createQuery("SELECT created_at FROM training WHERE state = 'WAITING' ORDER BY created_at LIMIT 1")
            .mapTo(Instant.class).findOne());
    }

    /** What is in doubt now. */
    public Map<Doubt.What, InDoubt> doubts() {
        Map<Doubt.What, InDoubt> doubts = new EnumMap<>(Doubt.What.class);
        ledger.read(h -> h.createQuery("SELECT what, count(*) AS n, sum(next_look IS NULL) AS lost, min(since) AS oldest FROM doubt GROUP BY what")
            .map((row, context) -> doubts.put(Doubt.What.valueOf(row.getString("what")),
                new InDoubt(row.getLong("n"), row.getLong("lost"), Instant.ofEpochMilli(row.getLong("oldest"))))).list());
        return doubts;
    }

    /** What waits to be told to whoever wants to know. */
    public Undelivered notices() {
        return ledger.read(h -> h.createQuery("SELECT count(*) AS n, coalesce(min(at), 0) AS oldest FROM notice WHERE state = 'WAITING'")
            .map((row, context) -> row.getLong("n") == 0 ? Undelivered.NONE
                : new Undelivered(row.getLong("n"), Optional.of(Instant.ofEpochMilli(row.getLong("oldest"))))).one());
    }

    /**
     * US dollars that were or may have been spent. It never falls: what is just being sent counts once it is known not to have
     * failed surely.
     */
    public BigDecimal spent() {
        List<String> prices = ledger.read(h -> h.createQuery("SELECT s.price FROM spending s JOIN training t ON t.id = s.training_id "
            + "WHERE t.state <> 'INTENDED' OR s.at < t.intended_at").mapTo(String.class).list());
        return prices.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
