package org.dropfolder.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The datasets. Thread safe; each call is one transaction. */
public final class Datasets {
    private final Ledger ledger;
    private final Lease lease;

    Datasets(Ledger ledger, Lease lease) {
        this.ledger = ledger;
        this.lease = lease;
    }

    /** The dataset of this folder, written down now if it is new. The remote name counts only then. */
    public Dataset named(String name, String remoteName) {
        return named(name).orElseGet(() -> ledger.write(h -> {
            h.createUpdate("INSERT INTO dataset (name, remote_name, state, last_arrival) "
                    + "VALUES (:name, :remote, 'NEW', :now) ON CONFLICT (name) DO NOTHING")
                .bind("name", name).bind("remote", remoteName).bind("now", lease.now()).execute();
            return h.createQuery("SELECT * FROM dataset WHERE name = :name")
                .bind("name", name).mapTo(Dataset.class).one();
        }));
    }

    /** The dataset of this folder, if anything was ever dropped there. */
    public Optional<Dataset> named(String name) {
        return ledger.read(h -> h.createQuery("SELECT * FROM dataset WHERE name = :name")
            .bind("name", name).mapTo(Dataset.class).findOne());
    }

    /** Whether some folder has this name at Ideogram already. */
    public boolean hasRemoteName(String remoteName) {
        return ledger.read(h -> h.createQuery("SELECT count(*) FROM dataset WHERE remote_name = :name")
            .bind("name", remoteName).mapTo(int.class).one()) > 0;
    }

    /**
     * The dataset as it is now.
     *
     * @throws IllegalStateException if there is none of this id
     */
    public Dataset get(long id) {
        return ledger.read(h -> h.createQuery("SELECT * FROM dataset WHERE id = :id")
            .bind("id", id).mapTo(Dataset.class).one());
    }

    public List<Dataset> all() {
        return ledger.read(h -> h.createQuery("SELECT * FROM dataset ORDER BY name").mapTo(Dataset.class).list());
    }

    /** Claims the creation: true for the one caller who may send the request now. */
    public boolean intend(Dataset dataset) {
        return ledger.write(h -> h.createUpdate("UPDATE dataset SET state = 'INTENDED', owner = :owner, "
                + "expires_at = :expiry WHERE id = :id AND state = 'NEW'")
            .bind("owner", lease.owner()).bind("expiry", lease.expiry()).bind("id", dataset.id()).execute() == 1);
    }

    /** The creation is about to be sent: its claim is good for another while. Answers whether it is still ours. */
    public boolean renew(Dataset dataset) {
        return ledger.write(h -> h.createUpdate("UPDATE dataset SET expires_at = :expiry WHERE id = :id "
                + "AND owner = :owner AND state = 'INTENDED'")
            .bind("expiry", lease.expiry()).bind("id", dataset.id()).bind("owner", lease.owner()).execute() == 1);
    }

    /** It is there, under this id: created by us, or found. */
    public Dataset ready(Dataset dataset, String remoteId, boolean adopted) {
        return ledger.write(h -> {
            int changed = h.createUpdate("UPDATE dataset SET state = 'READY', remote_id = :remote, "
                    + "adopted = :adopted, owner = NULL, expires_at = NULL, trouble = NULL, retry_at = NULL, "
                    + "failures = 0 WHERE id = :id AND state <> 'READY'")
                .bind("remote", remoteId).bind("adopted", adopted).bind("id", dataset.id()).execute();
            if (changed == 1) {
                ledger.history().tell(h, dataset.id(), "dataset " + dataset.remoteName() + " is " + remoteId
                    + (adopted ? ", found there: trains only after approval" : ""));
            }
            return h.createQuery("SELECT * FROM dataset WHERE id = :id")
                .bind("id", dataset.id()).mapTo(Dataset.class).one();
        });
    }

    /** The creation surely did not happen, even if its claim ran out meanwhile, and may be tried again. */
    public void notCreated(Dataset dataset) {
        move(dataset.id(), "NEW", "INTENDED");
        move(dataset.id(), "NEW", "IN_DOUBT");
    }

    /** The creation may have happened. */
    public void creationInDoubt(Dataset dataset) {
        move(dataset.id(), "IN_DOUBT", "INTENDED");
    }

    /** Creations whose owner fell silent may have happened. Answers how many there were. */
    public int doubtExpiredCreations() {
        return ledger.write(h -> h.createUpdate("UPDATE dataset SET state = 'IN_DOUBT', trouble = "
                + "'The server stopped while it created the dataset; waiting until Ideogram lists it.' "
                + "WHERE state = 'INTENDED' AND expires_at < :now").bind("now", lease.now()).execute());
    }

    /** A step of this dataset failed: nothing is tried before the given moment. */
    public void troubled(long id, String trouble, Instant retryAt) {
        ledger.change(h -> {
            h.createUpdate("UPDATE dataset SET failures = failures + 1, trouble = :trouble, retry_at = :retry "
                    + "WHERE id = :id")
                .bind("trouble", trouble).bind("retry", retryAt).bind("id", id).execute();
            ledger.history().tell(h, id, trouble);
        });
    }

    /** No dataset pauses any more. */
    public void endPauses() {
        ledger.change(h -> h.execute("UPDATE dataset SET failures = 0, retry_at = NULL WHERE retry_at IS NOT NULL"));
    }

    /** A step of this dataset went well again. */
    public void untroubled(long id) {
        ledger.change(h -> h.createUpdate("UPDATE dataset SET failures = 0, trouble = NULL, retry_at = NULL "
            + "WHERE id = :id AND (failures > 0 OR trouble IS NOT NULL)").bind("id", id).execute());
    }

    private void move(long id, String to, String from) {
        ledger.change(h -> h.createUpdate("UPDATE dataset SET state = :to, owner = NULL, expires_at = NULL "
                + "WHERE id = :id AND state = :from AND owner = :owner")
            .bind("to", to).bind("id", id).bind("from", from).bind("owner", lease.owner()).execute());
    }
}
