package org.dropfolder.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Images of one content in a dataset: one of them counts, the others are its duplicates. Part of its caller's transaction. */
final class Copies {
    /** Images that count: in the dataset, or on the way to it. */
    static final String LIVE = "kind = 'IMAGE' AND becomes = 'ACCEPTED' AND state <> 'REJECTED'";

    private Copies() { }

    /** The image of this content that counts, if the dataset has one. */
    static Optional<Asset> first(Handle h, long datasetId, String sha256) {
        return h.createQuery("SELECT * FROM asset WHERE dataset_id = :dataset AND sha256 = :sha256 AND " + LIVE)
            .bind("dataset", datasetId).bind("sha256", sha256).mapTo(Asset.class).findOne();
    }

    /** The same for the chain of datasets that this one is of. */
    static Optional<Asset> firstInChain(Handle h, long datasetId, String sha256) {
        return h.createQuery("SELECT * FROM asset WHERE sha256 = :sha256 AND " + LIVE + " AND " + Chain.OF_DATASET + " ORDER BY id LIMIT 1")
            .bind("dataset", datasetId).bind("sha256", sha256).mapTo(Asset.class).findOne();
    }

    /**
     * A first copy does not count any more, or has another content: its oldest duplicate still has what was dropped,
     * and takes its place, so that no content is lost. The other duplicates are the heir's.
     */
    static void inherit(Handle h, Asset lost, Instant now) {
        List<Asset> heirs = h.createQuery("SELECT * FROM asset WHERE first_id = :id AND becomes = 'DUPLICATE' "
                + "AND state IN ('ARRIVING', 'DUPLICATE') ORDER BY id")
            .bind("id", lost.id()).mapTo(Asset.class).list();
        if (heirs.isEmpty()) {
            return;
        }
        Asset heir = heirs.get(0);
        h.createUpdate("UPDATE asset SET first_id = :heir WHERE first_id = :id")
            .bind("heir", heir.id()).bind("id", lost.id()).execute();
        heir.sentName().ifPresent(name -> Entries.name(h, heir.id(), Entries.free(h, heir.datasetId(), List.of(name), heir.id())));
        h.createUpdate("UPDATE asset SET becomes = 'ACCEPTED', first_id = NULL, changed_at = :now, "
                + "state = CASE WHEN state = 'DUPLICATE' THEN 'ACCEPTED' ELSE state END WHERE id = :id")
            .bind("now", now).bind("id", heir.id()).execute();
    }
}
