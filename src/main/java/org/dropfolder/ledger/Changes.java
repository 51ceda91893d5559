package org.dropfolder.ledger;

import java.util.List;

/**
 * Which datasets changed since a moment, in the order of their last changes: for whoever shows them. Reads only. Thread safe.
 *
 * <p>A dataset that changes again moves to the end of that order. So whoever goes on from the last revision it was told, a
 * page at a time, meets each change of each dataset, or a later one.
 */
public final class Changes {
    /** Before everything: since then each dataset has changed. */
    public static final long BEGINNING = 0;

    private final Ledger ledger;

    Changes(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * The last change of a dataset.
     *
     * @param revision grows with each change of any dataset; it is no count and no time
     * @param dataset  the name of its folder; empty for what lies directly in the inbox
     */
    public record Change(long revision, String dataset) { }

    /** The next page: at most so many datasets that changed after that revision, the one that rests longest first. */
    public List<Change> since(long revision, int atMost) {
        return ledger.read(h -> h.createQuery("SELECT c.revision, d.name FROM changed c JOIN dataset d ON d.id = c.dataset_id "
                + "WHERE c.revision > :revision ORDER BY c.revision LIMIT :most")
            .bind("revision", revision).bind("most", atMost)
            .map((row, context) -> new Change(row.getLong("revision"), row.getString("name"))).list());
    }

    /** The revision of the last change; what comes from here on is after it. */
    public long now() {
        return ledger.read(h -> h.createQuery("SELECT coalesce(max(revision), 0) FROM changed").mapTo(long.class).one());
    }
}
