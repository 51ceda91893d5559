package org.dropfolder.ledger;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What is in doubt, and when it is looked for. Thread safe; each call is one transaction. */
public final class Doubts {
    private static final String THIS = " WHERE dataset_id = :dataset AND what = :what ";

    private final Ledger ledger;
    private final Lease lease;

    Doubts(Ledger ledger, Lease lease) {
        this.ledger = ledger;
        this.lease = lease;
    }

    /** The dataset's doubts. */
    public List<Doubt> of(long datasetId) {
        return ledger.read(h -> h.createQuery("SELECT * FROM doubt WHERE dataset_id = :dataset ORDER BY what")
            .bind("dataset", datasetId).mapTo(Doubt.class).list());
    }

    /** Names of datasets that have a doubt whose look is due. */
    public List<String> due() {
        return ledger.read(h -> h.createQuery("SELECT DISTINCT d.name FROM doubt o JOIN dataset d ON d.id = o.dataset_id "
            + "WHERE o.next_look <= :now").bind("now", lease.now()).mapTo(String.class).list());
    }

    /** Claims the look that is due: true for the one who saw the doubt as it stands. */
    public boolean claimLook(Doubt doubt, Instant next) {
        return ledger.write(h -> h.createUpdate("UPDATE doubt SET next_look = :next" + THIS
                + "AND next_look = :seen AND next_look <= :now")
            .bind("next", next).bind("dataset", doubt.datasetId()).bind("what", doubt.what())
            .bind("seen", doubt.nextLook()).bind("now", lease.now()).execute() == 1);
    }

    /** A look did not find it. */
    public void notFound(Doubt doubt) {
        ledger.change(h -> h.createUpdate("UPDATE doubt SET looks = :looks" + THIS + "AND since = :since AND looks = :seen")
            .bind("looks", doubt.looks() + 1).bind("dataset", doubt.datasetId()).bind("what", doubt.what())
            .bind("since", doubt.since()).bind("seen", doubt.looks()).execute());
    }

    /** Part of the transaction that puts something in doubt, after the words why; the first look is due at once. */
    void begin(Handle h, long datasetId, Doubt.What what) {
        h.createUpdate("INSERT INTO doubt (dataset_id, what, since, looks, next_look) VALUES (:dataset, :what, :now, 0, :now) "
                + "ON CONFLICT (dataset_id, what) DO UPDATE SET since = excluded.since, looks = 0, "
                + "next_look = excluded.next_look, left_at = NULL")
            .bind("dataset", datasetId).bind("what", what).bind("now", lease.now()).execute();
    }

    /** Part of the transaction that leaves it to a person, after the words why: it stays, and is not looked for. */
    void leave(Handle h, long datasetId, Doubt.What what) {
        h.createUpdate("INSERT INTO doubt (dataset_id, what, since, looks, left_at) VALUES (:dataset, :what, :now, 0, :now) "
                + "ON CONFLICT (dataset_id, what) DO UPDATE SET next_look = NULL, left_at = coalesce(left_at, excluded.left_at)")
            .bind("dataset", datasetId).bind("what", what).bind("now", lease.now()).execute();
    }

    /** Part of the transaction that settles it. */
    void end(Handle h, long datasetId, Doubt.What what) {
        h.createUpdate("DELETE FROM doubt" + THIS).bind("dataset", datasetId).bind("what", what).execute();
    }
}
