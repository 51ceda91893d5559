package org.dropfolder.ledger;

import java.util.List;

/**
 * What came after a moment, oldest first, as it is now: for whoever tells what happens while it happens. Reads only.
 * Thread safe.
 *
 * <p>Each call reads for itself. Who asks for trainings first, then batches, then assets never sees an effect without
 * its cause.
 */
public final class Chronicle {
    private final Ledger ledger;

    Chronicle(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * A moment in the ledger's own order, which no clock can shift: the last row of each table then.
     *
     * @param asset its id, as the others; 0 where there was none
     */
    public record Mark(long asset, long batch, long training) {
        /** Before everything. */
        public static final Mark BEGINNING = new Mark(0, 0, 0);
    }

    /** Now: what comes from here on is after it. */
    public Mark now() {
        return ledger.read(h -> h.createQuery("SELECT (SELECT coalesce(max(id), 0) FROM asset) AS asset, "
                + "(SELECT coalesce(max(id), 0) FROM batch) AS batch, (SELECT coalesce(max(id), 0) FROM training) AS training")
            .map((row, context) -> new Mark(row.getLong("asset"), row.getLong("batch"), row.getLong("training"))).one());
    }

    /** Images and captions. */
    public List<Asset> assets(Mark mark) {
        return after("asset", mark.asset(), Asset.class);
    }

    public List<Batch> batches(Mark mark) {
        return after("batch", mark.batch(), Batch.class);
    }

    public List<Training> trainings(Mark mark) {
        return after("training", mark.training(), Training.class);
    }

    private <T> List<T> after(String table, long id, Class<T> type) {
        return ledger.read(h -> h.createQuery("SELECT * FROM " + table + " WHERE id > :id ORDER BY id")
            .bind("id", id).mapTo(type).list());
    }
}
