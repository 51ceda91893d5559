package org.dropfolder.ledger;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * What was measured of images when they were read. It belongs to a content, not to a file: copies share it, and a file that changed has
 * another. Thread safe; each call is one transaction.
 */
public final class Pictures {
    private final Ledger ledger;

    Pictures(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The images that are in the dataset or on their way there, in the order of their arrival. */
    public List<Picture> of(long datasetId, int atMost) {
        return of(List.of(datasetId)).stream().limit(atMost).toList();
    }

    /** The same for several datasets with one question, one dataset after the other. */
    public List<Picture> of(List<Long> datasetIds) {
        return ledger.read(h -> h.createQuery("SELECT a.*, l.measured, coalesce(a.caption, (SELECT c.caption FROM asset c "
                + "WHERE c.dataset_id = a.dataset_id AND c.stem = a.stem AND c.kind = 'CAPTION' AND c.state IN ('ARRIVING', 'ACCEPTED', 'BATCHED') "
                + "ORDER BY c.id DESC LIMIT 1)) AS text FROM asset a LEFT JOIN look l ON l.sha256 = a.sha256 "
                + "WHERE a.dataset_id IN (SELECT value ->> 0 FROM json_each(:datasets)) AND a.kind = 'IMAGE' "
                + "AND a.state IN ('ACCEPTED', 'BATCHED', 'UPLOADED') ORDER BY a.dataset_id, a.id")
            .bind("datasets", Json.rows(datasetIds, List::of)).map((row, context) -> new Picture(Rows.asset(row, context),
                Optional.ofNullable(row.getString("text")), Optional.ofNullable(row.getString("measured")))).list());
    }

    /** Keeps what was measured of what arrives, if anything was; as a part of the transaction in which it arrives. */
    static void keep(Handle h, List<Arrival> arrivals) {
        List<Arrival> measured = arrivals.stream().filter(arrival -> arrival.look().isPresent()).toList();
        if (!measured.isEmpty()) {
            PreparedBatch rows = h.prepareBatch("INSERT INTO look (sha256, measured) VALUES (:sha256, :look) ON CONFLICT DO NOTHING");
            measured.forEach(arrival -> rows.bind("sha256", arrival.sha256()).bind("look", arrival.look()).add());
            rows.execute();
        }
    }

    /** The same for an image that waits, and changed. */
    public void keep(Arrival arrival) {
        if (arrival.look().isPresent()) {
            ledger.change(h -> keep(h, List.of(arrival)));
        }
    }
}
