package org.dropfolder.ledger;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
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
     * Trainings that wait.
     *
     * @param forApproval how many of them a person was asked about, and has not answered
     * @param oldest      since when the one waits that waits longest; none where none does
     */
    public record Waiting(long forApproval, Optional<Instant> oldest) { }

    /**
     * Notices that nobody has taken.
     *
     * @param count   how many are still tried
     * @param oldest  when what the first of these tells of happened; none where none waits
     * @param givenUp how many are not tried any more, of those that are not forgotten yet
     */
    public record Undelivered(long count, Optional<Instant> oldest, long givenUp) { }

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

    /** The trainings that wait now. */
    public Waiting waitingTrainings() {
        return ledger.read(h -> h.createQuery("SELECT count(*) AS n, coalesce(min(created_at), 0) AS oldest, "
                + "count(*) FILTER (WHERE asked_at IS NOT NULL AND approved_at IS NULL) AS asked FROM training WHERE state = 'WAITING'")
            .map((row, context) -> new Waiting(row.getLong("asked"), oldest(row))).one());
    }

    /** What is in doubt now. */
    public Map<Doubt.What, InDoubt> doubts() {
        Map<Doubt.What, InDoubt> doubts = new EnumMap<>(Doubt.What.class);
        ledger.read(h -> h.createQuery("SELECT what, count(*) AS n, sum(next_look IS NULL) AS lost, min(since) AS oldest FROM doubt GROUP BY what")
            .map((row, context) -> doubts.put(Doubt.What.valueOf(row.getString("what")),
                new InDoubt(row.getLong("n"), row.getLong("lost"), Instant.ofEpochMilli(row.getLong("oldest"))))).list());
        return doubts;
    }

    /** What waits to be told to whoever wants to know, and what was not to be told. */
    public Undelivered notices() {
        // each part has an index of its own
        return ledger.read(h -> h.createQuery("SELECT count(*) AS n, coalesce(min(at), 0) AS oldest, "
                + "(SELECT count(*) FROM notice WHERE ended_at IS NOT NULL AND state = 'GIVEN_UP') AS given_up "
                + "FROM notice WHERE state = 'WAITING'")
            .map((row, context) -> new Undelivered(row.getLong("n"), oldest(row), row.getLong("given_up"))).one());
    }

    private static Optional<Instant> oldest(ResultSet row) throws SQLException {
        return row.getLong("n") == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(row.getLong("oldest")));
    }

    /**
     * US dollars that were or may have been spent. What is just being sent counts once it is known not to have failed surely. It
     * falls where what was in doubt turns out not to have happened.
     */
    public BigDecimal spent() {
        List<String> prices = ledger.read(h -> h.createQuery("SELECT s.price FROM spending s JOIN training t ON t.id = s.training_id "
            + "WHERE t.state <> 'INTENDED' OR s.at < t.intended_at UNION ALL SELECT price FROM sample WHERE asked_at IS NOT NULL "
            + "AND state <> 'INTENDED' AND price IS NOT NULL").mapTo(String.class).list());
        return prices.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
