package org.dropfolder.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The looks at models whose trainings are followed. Thread safe; each call is one transaction. */
public final class Looks {
    private final Ledger ledger;
    private final Lease lease;

    Looks(Ledger ledger, Lease lease) {
        this.ledger = ledger;
        this.lease = lease;
    }

    /**
     * Claims a look at the model: true for the one follower who expected it to be due as it stands, until the next.
     */
    public boolean claim(Training training, Instant next) {
        return ledger.write(h -> h.createUpdate("UPDATE training SET next_look = :next WHERE id = :id "
                + "AND next_look = :seen AND model_id IS NOT NULL")
            .bind("next", next).bind("id", training.id()).bind("seen", training.nextLook()).execute() == 1);
    }

    /** What a look at the model showed. An end is told in the history once; a look that came late undoes none. */
    public Training showed(Training training, TrainingState state, String status, Optional<String> uri,
                           Optional<Instant> nextLook) {
        return ledger.write(h -> {
            boolean ends = TrainingState.ENDS.contains(state);
            int changed = h.createUpdate("UPDATE training SET state = :state, status = :status, uri = coalesce(:uri, uri), "
                    + "uri_at = CASE WHEN :uri IS NOT NULL THEN coalesce(uri_at, :now) ELSE uri_at END, "
                    + "next_look = :look, ended_at = CASE WHEN :ends THEN coalesce(ended_at, :now) END, "
                    + "announced_at = CASE WHEN :state = state AND coalesce(:uri, uri, '') = coalesce(uri, '') "
                    + "THEN announced_at END WHERE id = :id AND model_id IS NOT NULL AND (ended_at IS NULL OR :ends)")
                .bind("state", state).bind("status", status).bind("uri", uri).bind("look", nextLook)
                .bind("ends", ends).bind("now", lease.now()).bind("id", training.id()).execute();
            if (changed == 1 && state != training.state()) {
                ledger.history().tell(h, training.datasetId(), "training " + training.modelName() + " is " + state
                    + uri.map(u -> ": " + u).orElse(""));
            }
            return Trainings.get(h, training.id());
        });
    }

    /** Trainings that should have been looked at before the given moment. */
    public List<Training> overdue(Instant before) {
        return ledger.read(h -> h.createQuery("SELECT * FROM training WHERE next_look < :before ORDER BY next_look")
            .bind("before", before).mapTo(Training.class).list());
    }

    /** All trainings that are looked at. */
    public List<Training> followed() {
        return ledger.read(h -> h.createQuery("SELECT * FROM training WHERE next_look IS NOT NULL ORDER BY next_look")
            .mapTo(Training.class).list());
    }
}
