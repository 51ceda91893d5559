package org.dropfolder.ledger;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a person orders: money that may be spent, and steps that are taken up again though they may have happened. Each
 * stands in the history. Thread safe; each call is one transaction.
 */
public final class Orders {
    private final Ledger ledger;
    private final Lease lease;

    Orders(Ledger ledger, Lease lease) {
        this.ledger = ledger;
        this.lease = lease;
    }

    /**
     * A person is asked to approve the training that waits; from when on is noted once.
     *
     * @param what it waits for, in words
     */
    public void ask(Training training, String what) {
        ledger.change(h -> h.createUpdate("UPDATE training SET trouble = :what, asked_at = coalesce(asked_at, :now) "
                + "WHERE id = :id AND state = 'WAITING'")
            .bind("what", what).bind("now", lease.now()).bind("id", training.id()).execute());
    }

    /**
     * It is asked for under this name and with these hyperparameters once it is started. One that was sent, or may have been, stays as
     * it is.
     *
     * @param words the hyperparameters, for the history
     */
    public Training asked(Training training, String modelName, Optional<String> hyperparameters, String words) {
        return ledger.write(h -> {
            int changed = h.createUpdate("UPDATE training SET model_name = :name, hyperparameters = :hyper WHERE id = :id "
                    + "AND state = 'WAITING' AND intended_at IS NULL AND (model_name, hyperparameters) IS NOT (:name, :hyper)")
                .bind("name", modelName).bind("hyper", hyperparameters).bind("id", training.id()).execute();
            if (changed == 1) {
                ledger.history().tell(h, training.datasetId(), "training " + modelName + " is wanted" + (words.isEmpty() ? "" : " with " + words));
            }
            return Trainings.get(h, training.id());
        });
    }

    /**
     * Allows the training that waits to spend its price, and ends the dataset's pause: who approves wants it now. An order
     * that is given once more counts from now.
     *
     * @param price US dollars, as the person was told
     * @return whether one waits
     */
    public boolean approve(long datasetId, BigDecimal price) {
        return ledger.write(h -> {
            int changed = h.createUpdate("UPDATE training SET approved_at = :now, failures = 0, retry_at = NULL, "
                    + "trouble = NULL WHERE dataset_id = :dataset AND state = 'WAITING'")
                .bind("now", lease.now()).bind("dataset", datasetId).execute();
            if (changed == 1) {
                h.createUpdate("UPDATE dataset SET failures = 0, retry_at = NULL WHERE id = :id").bind("id", datasetId).execute();
                ledger.history().tell(h, datasetId, "training approved, for about " + price.toPlainString() + " US dollars");
            }
            return changed == 1;
        });
    }

    /**
     * Writes down that a run of the dataset is wanted, and approved.
     *
     * @param run   1 for the dataset's first; else the one behind its newest, which has ended
     * @param price as above
     * @return false if it stands there already, or if another training of the dataset has not ended
     */
    public boolean want(Dataset dataset, int run, String modelName, int images, BigDecimal price) {
        return ledger.write(h -> {
            int written = h.createUpdate("INSERT INTO training (dataset_id, run, state, model_name, images, price, "
                    + "approved_at, created_at) SELECT :dataset, :run, 'WAITING', :name, :images, :price, :now, :now "
                    + "WHERE (SELECT coalesce(max(run), 0) FROM training WHERE dataset_id = :dataset) = :run - 1 "
                    + "AND NOT EXISTS (SELECT 1 FROM training WHERE dataset_id = :dataset AND state IN "
                    + "('WAITING', 'INTENDED', 'IN_DOUBT', 'RUNNING', 'STALLED'))")
                .bind("dataset", dataset.id()).bind("run", run).bind("name", modelName).bind("images", images)
                .bind("price", price.toPlainString()).bind("now", lease.now()).execute();
            if (written == 1) {
                h.createUpdate("UPDATE dataset SET failures = 0, retry_at = NULL WHERE id = :id").bind("id", dataset.id()).execute();
                ledger.history().tell(h, dataset.id(), "training " + modelName + " (run " + run + ") ordered and approved, for about "
                    + price.toPlainString() + " US dollars");
            }
            return written == 1;
        });
    }

    /**
     * The training in doubt waits again, approved: it may be sent a second time. It goes on counting as one that may have
     * been paid.
     *
     * @param looks for it at Ideogram, at least, where it is looked for
     * @return whether there was one
     */
    public boolean trainAgain(long datasetId, int looks, BigDecimal price) {
        return ledger.write(h -> {
            int changed = h.createUpdate("UPDATE training SET state = 'WAITING', approved_at = :now, owner = NULL, "
                    + "expires_at = NULL, failures = 0, retry_at = NULL, trouble = NULL WHERE dataset_id = :dataset AND state = 'IN_DOUBT' "
                    + "AND NOT EXISTS (SELECT 1 FROM doubt d WHERE d.dataset_id = :dataset AND d.what = 'TRAINING' "
                    + "AND d.next_look IS NOT NULL AND d.looks < :looks)")
                .bind("now", lease.now()).bind("dataset", datasetId).bind("looks", looks).execute();
            if (changed == 1) {
                ledger.doubts().end(h, datasetId, Doubt.What.TRAINING);
                ledger.history().tell(h, datasetId, "training in doubt taken up again by a person's word, for about "
                    + price.toPlainString() + " US dollars");
            }
            return changed == 1;
        });
    }

    /** The images of the batch in doubt wait again: they may be sent a second time. Answers that batch, if there was one. */
    public Optional<Batch> sendAgain(long datasetId) {
        return ledger.write(h -> {
            Optional<Batch> doubtful = h.createQuery("SELECT * FROM batch WHERE dataset_id = :dataset AND state = 'IN_DOUBT'")
                .bind("dataset", datasetId).mapTo(Batch.class).findOne();
            doubtful.ifPresent(batch -> {
                h.createUpdate("UPDATE batch SET state = 'RELEASED', ended_at = :now WHERE id = :id")
                    .bind("now", lease.now()).bind("id", batch.id()).execute();
                ledger.batches().release(h, batch.id());
                ledger.doubts().end(h, datasetId, Doubt.What.BATCH);
                ledger.history().tell(h, datasetId, "batch " + batch.id() + " in doubt is released by a person's word");
            });
            return doubtful;
        });
    }

    /** The dataset whose creation is in doubt is looked for anew, and created if it is not there. Answers whether it was. */
    public boolean createAgain(long datasetId) {
        return ledger.write(h -> {
            int changed = h.createUpdate("UPDATE dataset SET state = 'NEW', owner = NULL, expires_at = NULL "
                    + "WHERE id = :id AND state = 'IN_DOUBT'").bind("id", datasetId).execute();
            if (changed == 1) {
                ledger.doubts().end(h, datasetId, Doubt.What.CREATION);
                ledger.history().tell(h, datasetId, "creation in doubt taken up again by a person's word");
            }
            return changed == 1;
        });
    }

    /** The pauses of the dataset and of its training have ended. Answers whether there was any. */
    public boolean goOn(long datasetId) {
        return ledger.write(h -> h.createUpdate("UPDATE dataset SET failures = 0, retry_at = NULL, trouble = NULL "
                + "WHERE id = :id AND retry_at IS NOT NULL").bind("id", datasetId).execute()
            + h.createUpdate("UPDATE training SET failures = 0, retry_at = NULL WHERE dataset_id = :id AND retry_at IS NOT NULL")
                .bind("id", datasetId).execute() > 0);
    }
}
