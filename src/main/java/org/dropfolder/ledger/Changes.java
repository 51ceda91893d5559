package org.dropfolder.ledger;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which datasets changed since a moment, in the order of their last changes: for whoever shows them. Reads only. Thread safe.
 *
 * <p>A dataset that changes again moves to the end of that order. So whoever goes on from the last revision it was told, a
 * page at a time, meets each change of each dataset, or a later one.
 */
public final class Changes {
    /** Before everything: since then each dataset has changed. */
    public static final long BEGINNING = 0;
    /** After everything. */
    public static final long END = Long.MAX_VALUE;

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

    /**
     * The other way: at most so many datasets that changed before that revision, the one that changed last first. What lies
     * directly in the inbox is none of them.
     *
     * @param text that their names hold, in whatever case; empty for all
     */
    public List<Change> before(long revision, String text, int atMost) {
        return ledger.read(h -> h.createQuery("SELECT c.revision, d.name FROM changed c JOIN dataset d ON d.id = c.dataset_id "
                + "WHERE c.revision < :revision AND d.name <> '' AND instr(d.folder_key, :text) > 0 "
                + "ORDER BY c.revision DESC LIMIT :most")
            .bind("revision", revision).bind("text", Dataset.keyOf(text)).bind("most", atMost)
            .map((row, context) -> new Change(row.getLong("revision"), row.getString("name"))).list());
    }

    /** The revision of the dataset's last change. */
    public long of(long datasetId) {
        return ledger.read(h -> h.createQuery("SELECT revision FROM changed WHERE dataset_id = :dataset").bind("dataset", datasetId)
            .mapTo(long.class).findOne()).orElse(BEGINNING);
    }

    /** The same for all datasets, by their ids. */
    public Map<Long, Long> revisions() {
        return ledger.read(h -> h.createQuery("SELECT dataset_id, revision FROM changed")
            .map((row, context) -> Map.entry(row.getLong("dataset_id"), row.getLong("revision")))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** How many datasets there are whose names hold the text. */
    public int count(String text) {
        return ledger.read(h -> h.createQuery("SELECT count(*) FROM dataset WHERE name <> '' AND instr(folder_key, :text) > 0")
            .bind("text", Dataset.keyOf(text)).mapTo(int.class).one());
    }

    /** The revision of the last change; what comes from here on is after it. */
    public long now() {
        return ledger.read(h -> h.createQuery("SELECT coalesce(max(revision), 0) FROM changed").mapTo(long.class).one());
    }
}
