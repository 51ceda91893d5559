package org.dropfolder.ledger;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The trainings, and so the money. Thread safe; each call is one transaction. */
public final class Trainings {
    /** The daily limit counts whatever may have been paid in this time. */
    private static final Duration DAY = Duration.ofHours(24);
    /** To be closed behind what is asked of the newest training. */
    private static final String NEWEST = "EXISTS (SELECT 1 FROM training t WHERE t.dataset_id = d.id "
        + "AND t.run = (SELECT max(run) FROM training n WHERE n.dataset_id = d.id) AND ";
    /** The images of the dataset d, those among them that it had before. */
    private static final String THERE = "(SELECT count(*) FROM asset a WHERE a.dataset_id = d.id AND a.kind = 'IMAGE' "
        + "AND a.state = 'UPLOADED') + coalesce(d.found_images, 0)";

    private final Ledger ledger;
    private final Lease lease;

    Trainings(Ledger ledger, Lease lease) {
        this.ledger = ledger;
        this.lease = lease;
    }

    /** The dataset's newest training. */
    public Optional<Training> newestOf(long datasetId) {
        return ledger.read(h -> h.createQuery(
                "SELECT * FROM training WHERE dataset_id = :dataset ORDER BY run DESC LIMIT 1")
            .bind("dataset", datasetId).mapTo(Training.class).findOne());
    }

    /** The newest training of every dataset that has one, by the dataset's id. */
    public Map<Long, Training> newest() {
        return ledger.read(h -> h.createQuery("SELECT * FROM training t WHERE run = "
                + "(SELECT max(run) FROM training n WHERE n.dataset_id = t.dataset_id)")
            .mapTo(Training.class).list().stream().collect(Collectors.toMap(Training::datasetId, Function.identity())));
    }

    /**
     * The training as it is now.
     *
     * @throws IllegalStateException if there is none of this id
     */
    public Training get(long id) {
        return ledger.read(h -> get(h, id));
    }

    /**
     * Writes down that this run of the dataset's trainings is wanted, behind one that has ended. Answers it, or the newest
     * that is there already.
     *
     * @param price US dollars that it will cost
     */
    public Training waiting(Dataset dataset, int run, String modelName, int images, BigDecimal price) {
        return ledger.write(h -> {
            h.createUpdate("INSERT INTO training (dataset_id, run, state, model_name, images, price, created_at) "
                    + "SELECT :dataset, :run, 'WAITING', :name, :images, :price, :now "
                    + "WHERE (SELECT coalesce(max(run), 0) FROM training WHERE dataset_id = :dataset) = :run - 1")
                .bind("dataset", dataset.id()).bind("run", run).bind("name", modelName).bind("images", images)
                .bind("price", price.toPlainString()).bind("now", lease.now()).execute();
            return h.createQuery("SELECT * FROM training WHERE dataset_id = :dataset ORDER BY run DESC LIMIT 1")
                .bind("dataset", dataset.id()).mapTo(Training.class).one();
        });
    }

    /** Why it waits, in words. */
    public void waitsFor(Training training, String what) {
        ledger.change(h -> h.createUpdate("UPDATE training SET trouble = :what WHERE id = :id AND state = 'WAITING'")
            .bind("what", what).bind("id", training.id()).execute());
    }

    /** How many requests to train may have been paid in the last 24 hours; one that was sent again counts again. */
    public int intendedToday() {
        return ledger.read(this::intendedToday);
    }

    /** When the daily limit, which is at least 1, allows the next training; empty where it does so now. */
    public Optional<Instant> nextAllowed(int daily) {
        Instant since = lease.now().minus(DAY);
        return ledger.read(h -> h.createQuery("SELECT at FROM spending WHERE at > :since "
                + "ORDER BY at DESC LIMIT 1 OFFSET :before")
            .bind("since", since).bind("before", daily - 1).mapTo(Instant.class).findOne()).map(at -> at.plus(DAY));
    }

    /**
     * Commits the intent to spend. Only the one caller who gets true may send the request, once.
     *
     * @param knownModels the model ids that the dataset has now
     * @param daily       trainings in 24 hours, at most
     * @return false if it does not wait any more, or if the daily limit is reached
     */
    public boolean intend(Training training, int images, BigDecimal price, List<String> knownModels, int daily) {
        return ledger.write(h -> {
            if (intendedToday(h) >= daily) {
                return false;
            }
            int changed = h.createUpdate("UPDATE training SET state = 'INTENDED', images = :images, price = :price, "
                    + "known_models = :known, intended_at = :now, owner = :owner, expires_at = :expiry, trouble = NULL "
                    + "WHERE id = :id AND state = 'WAITING'")
                .bind("images", images).bind("price", price.toPlainString())
                .bind("known", String.join("\n", knownModels)).bind("now", lease.now())
                .bind("owner", lease.owner()).bind("expiry", lease.expiry()).bind("id", training.id()).execute();
            if (changed == 1) {
                h.createUpdate("INSERT INTO spending (training_id, at, price) VALUES (:id, :now, :price)")
                    .bind("id", training.id()).bind("now", lease.now()).bind("price", price.toPlainString()).execute();
                ledger.history().tell(h, training.datasetId(), "training " + training.modelName() + " intended: "
                    + images + " images, about " + price + " US dollars",
                    Event.lines(ledger.assets().uploaded(h, training.datasetId())));
            }
            return changed == 1;
        });
    }

    /** The request is about to be sent: its claim is good for another while. Answers whether it is still ours. */
    public boolean renew(Training training) {
        return ledger.write(h -> h.createUpdate("UPDATE training SET expires_at = :expiry WHERE id = :id "
                + "AND owner = :owner AND state = 'INTENDED'")
            .bind("expiry", lease.expiry()).bind("id", training.id()).bind("owner", lease.owner()).execute() == 1);
    }

    /** It was started, as the request's answer or a listing tells: it was paid, whatever the ledger thought of it meanwhile. */
    public Training started(Training training, String modelId, Optional<String> status, Instant nextLook) {
        return ledger.write(h -> {
            int changed = h.createUpdate("UPDATE training SET state = 'RUNNING', model_id = :model, status = :status, "
                    + "started_at = :now, next_look = :look, owner = NULL, expires_at = NULL, failures = 0, trouble = NULL "
                    + "WHERE id = :id AND model_id IS NULL")
                .bind("model", modelId).bind("status", status).bind("now", lease.now()).bind("look", nextLook)
                .bind("id", training.id()).execute();
            if (changed == 1) {
                ledger.doubts().end(h, training.datasetId(), Doubt.What.TRAINING);
                ledger.history().tell(h, training.datasetId(), "training started: model " + modelId);
            }
            return get(h, training.id());
        });
    }

    /**
     * The dataset has a model that we did not know: it is followed instead of a training of our own. It keeps its price
     * where we had sent one already that did not show in time: then that is ours, most likely, and was paid.
     */
    public Training adopted(Training training, String modelId, Instant nextLook) {
        return ledger.write(h -> {
            int changed = h.createUpdate("UPDATE training SET state = 'RUNNING', model_id = :model, started_at = :now, "
                    + "price = CASE WHEN intended_at IS NOT NULL THEN price END, next_look = :look, trouble = NULL "
                    + "WHERE id = :id AND state = 'WAITING'")
                .bind("model", modelId).bind("now", lease.now()).bind("look", nextLook)
                .bind("id", training.id()).execute();
            if (changed == 1) {
                ledger.history().tell(h, training.datasetId(),
                    "model " + modelId + " was there already: nothing was sent");
            }
            return get(h, training.id());
        });
    }

    /**
     * It surely did not happen, even if its claim ran out meanwhile; nothing was paid: it waits again.
     *
     * @param retryAt it is not started before; none where it did not fail for a reason of its own, which then does not count
     */
    public void notStarted(Training training, String why, Optional<Instant> retryAt) {
        ledger.change(h -> {
            int changed = h.createUpdate("UPDATE training SET state = 'WAITING', intended_at = NULL, owner = NULL, "
                    + "expires_at = NULL, trouble = :why, failures = failures + :failures, retry_at = :retry "
                    + "WHERE id = :id AND state IN ('INTENDED', 'IN_DOUBT') AND owner = :owner")
                .bind("why", why).bind("failures", retryAt.isPresent() ? 1 : 0).bind("retry", retryAt)
                .bind("id", training.id()).bind("owner", lease.owner()).execute();
            if (changed == 1) {
                h.createUpdate("DELETE FROM spending WHERE id = (SELECT max(id) FROM spending WHERE training_id = :id)")
                    .bind("id", training.id()).execute();
                ledger.doubts().end(h, training.datasetId(), Doubt.What.TRAINING);
                tell(h, training, "not started: " + why);
            }
        });
    }

    /** It may have happened, and may have been paid: it waits until that is known. */
    public void inDoubt(Training training, String why) {
        ledger.change(h -> {
            int changed = h.createUpdate("UPDATE training SET state = 'IN_DOUBT', owner = NULL, expires_at = NULL, "
                    + "trouble = :why WHERE id = :id AND state = 'INTENDED' AND owner = :owner")
                .bind("why", why).bind("id", training.id()).bind("owner", lease.owner()).execute();
            if (changed == 1) {
                ledger.doubts().begin(h, training.datasetId(), Doubt.What.TRAINING);
                tell(h, training, "in doubt: " + why);
            }
        });
    }

    /** What was in doubt did not happen, as far as can be known: it waits again, and still counts as one of today's. */
    public void notFound(Training training, String why) {
        ledger.change(h -> {
            int changed = h.createUpdate("UPDATE training SET state = 'WAITING', trouble = NULL WHERE id = :id "
                + "AND state = 'IN_DOUBT'").bind("id", training.id()).execute();
            if (changed == 1) {
                ledger.doubts().end(h, training.datasetId(), Doubt.What.TRAINING);
                tell(h, training, "is started anew: " + why);
            }
        });
    }

    /** It may have been paid, and nothing that can be read tells: it is not looked for, and a person decides. */
    public Training leaveToAPerson(Training training, String why) {
        return ledger.write(h -> {
            int changed = h.createUpdate("UPDATE training SET state = 'IN_DOUBT', owner = NULL, expires_at = NULL, "
                    + "trouble = :why WHERE id = :id AND state IN ('INTENDED', 'IN_DOUBT')")
                .bind("why", why).bind("id", training.id()).execute();
            if (changed == 1) {
                ledger.doubts().leave(h, training.datasetId(), Doubt.What.TRAINING);
                tell(h, training, "is left to a person: " + why);
            }
            return get(h, training.id());
        });
    }

    /** How often it was sent and may have been paid. */
    public int requests(Training training) {
        return ledger.read(h -> h.createQuery("SELECT count(*) FROM spending WHERE training_id = :id")
            .bind("id", training.id()).mapTo(int.class).one());
    }

    /** Whether another training has this model. */
    public boolean isAnothers(Training training, String modelId) {
        return ledger.read(h -> h.createQuery("SELECT count(*) FROM training WHERE model_id = :model AND id <> :id")
            .bind("model", modelId).bind("id", training.id()).mapTo(int.class).one()) > 0;
    }

    /** Intents whose owner fell silent may have been paid. Answers how many there were. */
    public int doubtExpired() {
        String why = "The server stopped while it started the training.";
        return ledger.write(h -> {
            List<Training> silent = h.createQuery("SELECT * FROM training WHERE state = 'INTENDED' AND expires_at < :now")
                .bind("now", lease.now()).mapTo(Training.class).list();
            for (Training training : silent) {
                h.createUpdate("UPDATE training SET state = 'IN_DOUBT', trouble = :why WHERE id = :id "
                        + "AND state = 'INTENDED'")
                    .bind("why", why).bind("id", training.id()).execute();
                ledger.doubts().begin(h, training.datasetId(), Doubt.What.TRAINING);
                tell(h, training, "in doubt: " + why);
            }
            return silent.size();
        });
    }

    /** Its end was told. */
    public void announced(Training training) {
        ledger.change(h -> h.createUpdate("UPDATE training SET announced_at = :now WHERE id = :id AND announced_at IS NULL")
            .bind("now", lease.now()).bind("id", training.id()).execute());
    }

    /** Trainings whose end nobody was told; of the completed ones those whose URI is known. */
    public List<Training> unannounced() {
        return ledger.read(h -> h.createQuery("SELECT * FROM training WHERE ended_at IS NOT NULL "
            + "AND announced_at IS NULL AND (state <> 'COMPLETED' OR uri IS NOT NULL) ORDER BY ended_at").mapTo(Training.class).list());
    }

    /** Whether a training has this model, or it was found in the dataset before. */
    public boolean knows(Dataset dataset, String modelId) {
        return ledger.read(h -> h.createQuery("SELECT count(*) FROM training WHERE model_id = :model")
            .bind("model", modelId).mapTo(int.class).one()) > 0
            || ledger.datasets().get(dataset.id()).modelsFound().contains(modelId);
    }

    /**
     * Names of datasets that have so many images, no pause, and no training or a newest one that waits, or one that is
     * completed and learnt from so many images less; and to which nothing came since the given moment, or since a person
     * approved.
     *
     * @param retrain images more than the newest learnt from; empty where none is followed by another
     */
    public List<String> candidates(int images, Optional<Integer> retrain, Instant quietSince) {
        return ledger.read(h -> h.createQuery("SELECT d.name FROM dataset d WHERE d.state = 'READY' "
                + "AND (d.retry_at IS NULL OR d.retry_at <= :now) "
                + "AND (d.last_arrival <= :quiet OR " + NEWEST + "t.state = 'WAITING' AND t.approved_at >= d.last_arrival)) "
                + "AND NOT " + NEWEST + "(t.retry_at > :now OR t.state <> 'WAITING' "
                + "AND NOT (t.state = 'COMPLETED' AND :more IS NOT NULL AND " + THERE + " >= t.images + :more))) "
                + "AND " + THERE + " >= :images")
            .bind("quiet", quietSince).bind("now", lease.now()).bind("images", images)
            .bind("more", retrain).mapTo(String.class).list());
    }

    /** Whether a training that nobody ordered is wanted: the first is, and a next version while so many images more are there. */
    public boolean isWanted(Training training, Optional<Integer> retrain) {
        return training.run() == 1 || retrain.isPresent() && ledger.read(h -> h.createQuery("SELECT count(*) FROM training t "
                + "JOIN dataset d ON d.id = t.dataset_id WHERE t.dataset_id = :dataset AND t.run = :before AND t.state = 'COMPLETED' "
                + "AND " + THERE + " >= t.images + :more")
            .bind("dataset", training.datasetId()).bind("before", training.run() - 1).bind("more", retrain.get()).mapTo(int.class).one()) > 0;
    }

    private void tell(Handle h, Training training, String what) {
        ledger.history().tell(h, training.datasetId(), "training " + training.modelName() + " " + what);
    }

    private int intendedToday(Handle h) {
        return h.createQuery("SELECT count(*) FROM spending WHERE at > :since")
            .bind("since", lease.now().minus(DAY)).mapTo(int.class).one();
    }

    static Training get(Handle h, long id) {
        return h.createQuery("SELECT * FROM training WHERE id = :id").bind("id", id).mapTo(Training.class).one();
    }
}
