package org.dropfolder.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** The datasets. Thread safe; each call is one transaction. */
public final class Datasets {
    private final Ledger ledger;
    private final Lease lease;
    private final Map<Long, String> names = new ConcurrentHashMap<>();
    private volatile Optional<Function<String, List<String>>> next = Optional.empty();

    Datasets(Ledger ledger, Lease lease) {
        this.ledger = ledger;
        this.lease = lease;
    }

    /**
     * The dataset of this folder, written down now if it is new.
     *
     * @param remoteNames names at Ideogram for a new one, the best first; one of them must be free
     */
    public Dataset named(String name, String... remoteNames) {
        return named(name).orElseGet(() -> ledger.write(h -> named(h, name).orElseGet(() -> {
            h.createUpdate("INSERT INTO dataset (name, folder_key, remote_name, state, last_arrival) "
                    + "VALUES (:name, :key, :remote, 'NEW', :now)")
                .bind("name", name).bind("key", Dataset.keyOf(name)).bind("remote", Chain.free(h, name, List.of(remoteNames)))
                .bind("now", lease.now()).execute();
            return named(h, name).orElseThrow();
        })));
    }

    /** The dataset of this folder, in whatever case and normal form, if anything was ever dropped there. */
    public Optional<Dataset> named(String name) {
        return ledger.read(h -> named(h, name));
    }

    private static Optional<Dataset> named(Handle h, String name) {
        return h.createQuery("SELECT * FROM dataset WHERE folder_key = :key").bind("key", Dataset.keyOf(name)).mapTo(Dataset.class).findOne();
    }

    /**
     * From now on an image that finds its dataset full goes into the next, {@code <name> 2} and so on, which is written down then.
     *
     * @param remoteNames names at Ideogram for a dataset of a name, the best first; one of them must be free
     */
    public void letOverflow(Function<String, List<String>> remoteNames) {
        next = Optional.of(remoteNames);
    }

    /**
     * A waiting image finds no room in its dataset, which others fill, too: it goes into the next, with its captions and copies.
     *
     * @param limit images that a dataset holds
     * @return false if it does not wait any more, or if nothing follows a full dataset
     */
    public boolean overflow(Asset image, int limit) {
        return ledger.write(h -> {
            boolean goes = next.isPresent() && Assets.get(h, image.id()).state() == AssetState.ACCEPTED;
            if (goes) {
                long dataset = Chain.roomBehind(h, image.datasetId(), limit, next.get(), lease.now());
                Chain.goOn(h, image, dataset, lease.now());
                ledger.assets().touch(h, dataset);
            }
            return goes;
        });
    }

    Entries.Capacity capacity(int limit, String fullReason) {
        return new Entries.Capacity(limit, fullReason, next);
    }

    /**
     * The dataset as it is now.
     *
     * @throws IllegalStateException if there is none of this id
     */
    public Dataset get(long id) {
        return ledger.read(h -> get(h, id));
    }

    /**
     * The dataset's name, which never changes.
     *
     * @throws IllegalStateException if there is none of this id
     */
    public String nameOf(long id) {
        return names.computeIfAbsent(id, unknown -> get(unknown).name());
    }

    public List<Dataset> all() {
        return ledger.read(h -> h.createQuery("SELECT * FROM dataset ORDER BY name").mapTo(Dataset.class).list());
    }

    /** Names of datasets that have images at Ideogram, as their files tell, while the ledger has forgotten their ids. */
    public List<String> forgotten() {
        return ledger.read(h -> h.createQuery("SELECT name FROM dataset d WHERE state = 'NEW' "
                + "AND (retry_at IS NULL OR retry_at <= :now) AND EXISTS (SELECT 1 FROM asset a WHERE a.dataset_id = d.id "
                + "AND a.kind = 'IMAGE' AND a.state = 'UPLOADED')")
            .bind("now", lease.now()).mapTo(String.class).list());
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
                ledger.doubts().end(h, dataset.id(), Doubt.What.CREATION);
                ledger.history().tell(h, dataset.id(), "dataset " + dataset.remoteName() + " is " + remoteId
                    + (adopted ? ", found there: trains only after approval" : ""));
            }
            return get(h, dataset.id());
        });
    }

    /** The creation surely did not happen, even if its claim ran out meanwhile, and may be tried again. */
    public void notCreated(Dataset dataset) {
        ledger.change(h -> {
            if (move(h, dataset.id(), "NEW", "INTENDED", false) || move(h, dataset.id(), "NEW", "IN_DOUBT", false)) {
                ledger.doubts().end(h, dataset.id(), Doubt.What.CREATION);
            }
        });
    }

    /** The creation may have happened. */
    public void creationInDoubt(Dataset dataset, String why) {
        ledger.change(h -> {
            if (move(h, dataset.id(), "IN_DOUBT", "INTENDED", false)) {
                h.createUpdate("UPDATE dataset SET trouble = :why WHERE id = :id").bind("why", why).bind("id", dataset.id()).execute();
                ledger.doubts().begin(h, dataset.id(), Doubt.What.CREATION);
            }
        });
    }

    /** The creation that was in doubt did not happen, as far as can be known, and may be tried again. */
    public void creationNotFound(Dataset dataset, String why) {
        ledger.change(h -> {
            if (move(h, dataset.id(), "NEW", "IN_DOUBT", true)) {
                ledger.doubts().end(h, dataset.id(), Doubt.What.CREATION);
                ledger.history().tell(h, dataset.id(), why);
            }
        });
    }

    /** Creations whose owner fell silent may have happened. Answers how many there were. */
    public int doubtExpiredCreations() {
        return ledger.write(h -> {
            List<Dataset> silent = h.createQuery("SELECT * FROM dataset WHERE state = 'INTENDED' AND expires_at < :now")
                .bind("now", lease.now()).mapTo(Dataset.class).list();
            for (Dataset dataset : silent) {
                String why = "The server stopped while it created the dataset.";
                move(h, dataset.id(), "IN_DOUBT", "INTENDED", true);
                h.createUpdate("UPDATE dataset SET trouble = :why WHERE id = :id").bind("why", why).bind("id", dataset.id()).execute();
                ledger.doubts().begin(h, dataset.id(), Doubt.What.CREATION);
                ledger.history().tell(h, dataset.id(), "dataset " + dataset.remoteName() + " is in doubt: " + why);
            }
            return silent.size();
        });
    }

    /** An adopted dataset has so many images that the ledger does not know. */
    public void foundImages(Dataset dataset, int images) {
        ledger.change(h -> h.createUpdate("UPDATE dataset SET found_images = :images WHERE id = :id AND adopted "
            + "AND found_images IS NULL").bind("images", images).bind("id", dataset.id()).execute());
    }

    /** Models of the dataset were found that are not followed: they count as known from now on. */
    public void foundModels(Dataset dataset, List<String> modelIds) {
        ledger.change(h -> h.createUpdate("UPDATE dataset SET found_models = :models WHERE id = :id")
            .bind("models", Stream.concat(get(h, dataset.id()).modelsFound().stream(), modelIds.stream()).distinct()
                .collect(Collectors.joining("\n")))
            .bind("id", dataset.id()).execute());
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

    /** No dataset and no training pauses any more. */
    public void endPauses() {
        ledger.change(h -> {
            h.execute("UPDATE dataset SET failures = 0, retry_at = NULL WHERE retry_at IS NOT NULL");
            h.execute("UPDATE training SET failures = 0, retry_at = NULL WHERE retry_at IS NOT NULL");
        });
    }

    /** A step of this dataset went well again. */
    public void untroubled(long id) {
        ledger.change(h -> h.createUpdate("UPDATE dataset SET failures = 0, trouble = NULL, retry_at = NULL "
            + "WHERE id = :id AND (failures > 0 OR trouble IS NOT NULL)").bind("id", id).execute());
    }

    /** @param anyones whether it may be another's claim that ends */
    private boolean move(Handle h, long id, String to, String from, boolean anyones) {
        return h.createUpdate("UPDATE dataset SET state = :to, owner = NULL, expires_at = NULL "
                + "WHERE id = :id AND state = :from AND (owner = :owner OR :anyones)")
            .bind("to", to).bind("id", id).bind("from", from).bind("owner", lease.owner()).bind("anyones", anyones)
            .execute() == 1;
    }

    static Dataset get(Handle h, long id) {
        return h.createQuery("SELECT * FROM dataset WHERE id = :id").bind("id", id).mapTo(Dataset.class).one();
    }
}
