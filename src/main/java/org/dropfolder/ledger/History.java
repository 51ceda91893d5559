package org.dropfolder.ledger;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What happened, in words, and never changed afterwards. Thread safe. */
public final class History {
    private final Ledger ledger;
    private final Clock clock;

    History(Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /** The newest events of a dataset, newest first. */
    public List<Event> of(long datasetId, int atMost) {
        return ledger.read(h -> h.createQuery(
                "SELECT at, what, detail FROM history WHERE dataset_id = :dataset ORDER BY id DESC LIMIT :most")
            .bind("dataset", datasetId).bind("most", atMost).mapTo(Event.class).list());
    }

    /** Part of the transaction of what it tells, so that neither is there without the other. */
    void tell(Handle h, long datasetId, String what) {
        tell(h, datasetId, what, Optional.empty());
    }

    /** The same, and what was sent or came back, a line each. */
    void tell(Handle h, long datasetId, String what, Optional<String> detail) {
        h.createUpdate("INSERT INTO history (at, dataset_id, what, detail) VALUES (:at, :dataset, :what, :detail)")
            .bind("at", clock.instant()).bind("dataset", datasetId).bind("what", what).bind("detail", detail).execute();
    }
}
