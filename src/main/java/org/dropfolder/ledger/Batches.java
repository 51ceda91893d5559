package org.dropfolder.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The batches. Thread safe; each call is one transaction. A dataset has one open batch at a time. */
public final class Batches {
    private static final String OPEN = "state IN ('CLAIMED', 'SENT', 'IN_DOUBT')";

    private final Ledger ledger;
    private final Lease lease;

    Batches(Ledger ledger, Lease lease) {
        this.ledger = ledger;
        this.lease = lease;
    }

    /**
     * Claims accepted images of the dataset, the earliest first, with the captions that are there for them.
     *
     * @param countBefore images that are in the dataset now
     * @param images      claimed at most
     * @param bytes       claimed at most, but one image whatever its size
     * @return false if no image waits, or if another batch of the dataset is open
     */
    public boolean claim(Dataset dataset, int countBefore, int images, long bytes) {
        return ledger.write(h -> {
            List<Asset> chosen = choose(h, dataset.id(), images, bytes);
            if (chosen.isEmpty() || isOpen(h, dataset.id())) {
                return false;
            }
            long id = h.createUpdate("INSERT INTO batch (dataset_id, state, owner, expires_at, count_before, images, "
                    + "bytes, claimed_at) VALUES (:dataset, 'CLAIMED', :owner, :expiry, :before, :images, :bytes, :now)")
                .bind("dataset", dataset.id()).bind("owner", lease.owner()).bind("expiry", lease.expiry())
                .bind("before", countBefore).bind("images", chosen.size())
                .bind("bytes", chosen.stream().mapToLong(Asset::size).sum()).bind("now", lease.now())
                .executeAndReturnGeneratedKeys("id").mapTo(long.class).one();
            take(h, chosen, id);
            return true;
        });
    }

    /**
     * The batch of the dataset that was claimed and not sent, with its images.
     *
     * @throws IllegalStateException if there is none
     */
    public Claimed claimed(Dataset dataset) {
        return ledger.read(h -> {
            Batch batch = h.createQuery("SELECT * FROM batch WHERE dataset_id = :dataset AND state = 'CLAIMED'")
                .bind("dataset", dataset.id()).mapTo(Batch.class).one();
            return new Claimed(batch, imagesOf(h, batch.id()));
        });
    }

    /** Commits the intent to send: true for the owner of a batch that is still claimed. */
    public boolean intend(Batch batch) {
        return ledger.write(h -> {
            int changed = h.createUpdate("UPDATE batch SET state = 'SENT', sent_at = :now, expires_at = :expiry "
                    + "WHERE id = :id AND state = 'CLAIMED' AND owner = :owner")
                .bind("now", lease.now()).bind("expiry", lease.expiry()).bind("id", batch.id())
                .bind("owner", lease.owner()).execute();
            if (changed == 1) {
                ledger.history().tell(h, batch.datasetId(), "batch " + batch.id() + " goes: " + batch.images()
                    + " images, " + batch.bytes() + " bytes", Event.lines(imagesOf(h, batch.id())));
            }
            return changed == 1;
        });
    }

    /** The work on it lives: its claim is good for another while. Answers whether it is still ours. */
    public boolean renew(Batch batch) {
        return ledger.write(h -> h.createUpdate("UPDATE batch SET expires_at = :expiry WHERE id = :id "
                + "AND owner = :owner AND state IN ('CLAIMED', 'SENT')")
            .bind("expiry", lease.expiry()).bind("id", batch.id()).bind("owner", lease.owner()).execute() == 1);
    }

    /**
     * The request was answered. Captions and duplicates share their image's fate.
     *
     * @return what is to be moved now; nothing if the batch is not ours any more
     */
    public List<Asset> uploaded(Batch batch, Fates fates, Targets targets) {
        return settled(batch, fates, targets, false);
    }

    /**
     * What may have happened is known now: what Ideogram lists is there, what it does not list waits again.
     *
     * @return what is to be moved now; nothing if the batch is not in doubt any more
     */
    public List<Asset> found(Batch batch, Fates fates, Targets targets) {
        return settled(batch, fates, targets, true);
    }

    /** The dataset's batch that is in doubt, with its images. */
    public Optional<Claimed> inDoubt(long datasetId) {
        return ledger.read(h -> h.createQuery("SELECT * FROM batch WHERE dataset_id = :dataset AND state = 'IN_DOUBT'")
            .bind("dataset", datasetId).mapTo(Batch.class).findOne()
            .map(batch -> new Claimed(batch, imagesOf(h, batch.id()))));
    }

    /** Whether a batch of the dataset is under way or in doubt. */
    public boolean anyOpen(long datasetId) {
        return ledger.read(h -> isOpen(h, datasetId));
    }

    /** The open batch of the dataset. */
    public Optional<Batch> open(long datasetId) {
        return ledger.read(h -> h.createQuery("SELECT * FROM batch WHERE dataset_id = :dataset AND " + OPEN)
            .bind("dataset", datasetId).mapTo(Batch.class).findOne());
    }

    /** It surely did not happen, even if its claim ran out meanwhile: its images wait again. */
    public void released(Batch batch, String why) {
        release(batch, why, "state IN ('CLAIMED', 'SENT', 'IN_DOUBT')");
    }

    /** It was claimed and never sent: its images wait again. A sent one is left as it is. */
    public void neverSent(Batch batch, String why) {
        release(batch, why, "state = 'CLAIMED'");
    }

    /**
     * It may have happened: its images wait with it, and belong to nobody, until somebody knows.
     *
     * @return whether it had been sent at all
     */
    public boolean inDoubt(Batch batch, String why) {
        return ledger.write(h -> {
            int changed = h.createUpdate("UPDATE batch SET state = 'IN_DOUBT', owner = '', trouble = :why "
                    + "WHERE id = :id AND owner = :owner AND state = 'SENT'")
                .bind("why", why).bind("id", batch.id()).bind("owner", lease.owner()).execute();
            if (changed == 1) {
                ledger.doubts().begin(h, batch.datasetId(), Doubt.What.BATCH);
                ledger.history().tell(h, batch.datasetId(), "batch " + batch.id() + " is in doubt: " + why);
            }
            return changed == 1;
        });
    }

    /** It may have happened, and nothing that can be read will tell: it is not looked for any more, and a person decides. */
    public void leaveToAPerson(Batch batch, String why) {
        ledger.change(h -> {
            int changed = h.createUpdate("UPDATE batch SET trouble = :why WHERE id = :id AND state = 'IN_DOUBT' AND EXISTS (SELECT 1 "
                    + "FROM doubt o WHERE o.dataset_id = batch.dataset_id AND o.what = 'BATCH' AND o.next_look IS NOT NULL)")
                .bind("why", why).bind("id", batch.id()).execute();
            if (changed == 1) {
                ledger.doubts().leave(h, batch.datasetId(), Doubt.What.BATCH);
                ledger.history().tell(h, batch.datasetId(), why);
            }
        });
    }

    /** Claims whose owner fell silent: what was not sent waits again, what was sent is in doubt. Answers how many. */
    public int expire() {
        return ledger.write(h -> {
            List<Batch> silent = h.createQuery("SELECT * FROM batch WHERE state IN ('CLAIMED', 'SENT') "
                + "AND expires_at < :now").bind("now", lease.now()).mapTo(Batch.class).list();
            for (Batch batch : silent) {
                if (batch.state() == BatchState.CLAIMED) {
                    end(h, batch, BatchState.RELEASED, "The server stopped before it was sent.");
                    release(h, batch.id());
                } else {
                    end(h, batch, BatchState.IN_DOUBT, "The server stopped while it was sent.");
                    ledger.doubts().begin(h, batch.datasetId(), Doubt.What.BATCH);
                }
            }
            return silent.size();
        });
    }

    /** @param found whether its fate was read, rather than answered to the one who sent it */
    private List<Asset> settled(Batch batch, Fates fates, Targets targets, boolean found) {
        return ledger.write(h -> {
            boolean none = fates.again().size() == batch.images();
            int changed = h.createUpdate("UPDATE batch SET state = :state, ended_at = :now WHERE id = :id "
                    + "AND (state = 'IN_DOUBT' AND :found OR state IN ('SENT', 'IN_DOUBT') AND owner = :owner)")
                .bind("state", none ? BatchState.RELEASED : BatchState.UPLOADED).bind("now", lease.now())
                .bind("id", batch.id()).bind("found", found).bind("owner", lease.owner()).execute();
            if (changed == 0) {
                return List.of();
            }
            List<Asset> images = imagesOf(h, batch.id());
            ledger.doubts().end(h, batch.datasetId(), Doubt.What.BATCH);
            ledger.history().tell(h, batch.datasetId(), "batch " + batch.id() + ": " + fates.inWords(images), fates.detail(images));
            return ledger.endings().settleBatched(h, images, fates, targets);
        });
    }

    private void end(Handle h, Batch batch, BatchState state, String why) {
        h.createUpdate("UPDATE batch SET state = :state, trouble = :why, "
                + "ended_at = CASE WHEN :state = 'RELEASED' THEN :now END WHERE id = :id AND state = :was")
            .bind("state", state).bind("why", why).bind("now", lease.now()).bind("id", batch.id())
            .bind("was", batch.state()).execute();
        ledger.history().tell(h, batch.datasetId(), "batch " + batch.id()
            + (state == BatchState.IN_DOUBT ? " is in doubt: " : " is released: ") + why);
    }

    private static List<Asset> choose(Handle h, long datasetId, int images, long bytes) {
        List<Asset> waiting = h.createQuery("SELECT * FROM asset WHERE dataset_id = :dataset AND kind = 'IMAGE' "
                + "AND state = 'ACCEPTED' ORDER BY id LIMIT :most")
            .bind("dataset", datasetId).bind("most", images).mapTo(Asset.class).list();
        List<Asset> chosen = new ArrayList<>();
        long sum = 0;
        for (Asset image : waiting) {
            sum += image.size();
            if (!chosen.isEmpty() && sum > bytes) {
                break;
            }
            chosen.add(image);
        }
        return chosen;
    }

    /** Claims images and their captions; the newest caption's text is the one that counts. */
    private void take(Handle h, List<Asset> images, long batchId) {
        h.createUpdate("UPDATE asset SET state = 'BATCHED', batch_id = :batch, changed_at = :now, caption = "
                + "(SELECT c.caption FROM asset c WHERE c.dataset_id = asset.dataset_id AND c.stem = asset.stem AND c.kind = 'CAPTION' "
                + "AND c.state = 'ACCEPTED' ORDER BY c.id DESC LIMIT 1) WHERE id IN (SELECT value ->> 0 FROM json_each(:images))")
            .bind("batch", batchId).bind("now", lease.now()).bind("images", Json.rows(images, image -> List.of(image.id()))).execute();
        h.createUpdate("UPDATE asset SET state = 'BATCHED', batch_id = :batch, changed_at = :now WHERE dataset_id = :dataset "
                + "AND kind = 'CAPTION' AND state = 'ACCEPTED' AND stem IN (SELECT i.stem FROM asset i WHERE i.batch_id = :batch)")
            .bind("batch", batchId).bind("now", lease.now()).bind("dataset", images.get(0).datasetId()).execute();
    }

    private void release(Batch batch, String why, String ifState) {
        ledger.change(h -> {
            int changed = h.createUpdate("UPDATE batch SET state = 'RELEASED', ended_at = :now, trouble = :why "
                    + "WHERE id = :id AND owner = :owner AND " + ifState)
                .bind("now", lease.now()).bind("why", why).bind("id", batch.id())
                .bind("owner", lease.owner()).execute();
            if (changed == 1) {
                ledger.doubts().end(h, batch.datasetId(), Doubt.What.BATCH);
                ledger.history().tell(h, batch.datasetId(), "batch " + batch.id() + " is released: " + why);
                release(h, batch.id());
            }
        });
    }

    /** Its images and captions wait again. */
    void release(Handle h, long batchId) {
        h.createUpdate("UPDATE asset SET state = 'ACCEPTED', batch_id = NULL, changed_at = :now, "
                + "caption = CASE WHEN kind = 'CAPTION' THEN caption END WHERE batch_id = :batch AND state = 'BATCHED'")
            .bind("now", lease.now()).bind("batch", batchId).execute();
    }

    private static boolean isOpen(Handle h, long datasetId) {
        return h.createQuery("SELECT count(*) FROM batch WHERE dataset_id = :dataset AND " + OPEN)
            .bind("dataset", datasetId).mapTo(int.class).one() > 0;
    }

    private static List<Asset> imagesOf(Handle h, long batchId) {
        return h.createQuery("SELECT * FROM asset WHERE batch_id = :batch AND kind = 'IMAGE' ORDER BY id")
            .bind("batch", batchId).mapTo(Asset.class).list();
    }
}
