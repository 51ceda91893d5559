package org.dropfolder.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/**
 * The pictures that are drawn with finished models: each is asked for once, and what may have been paid is not asked for again.
 * Thread safe; each call is one transaction. Nothing here touches a training.
 */
public final class Samples {
    private static final String OURS = " WHERE training_id = :id AND owner = :owner AND state = ";

    private final Ledger ledger;
    private final Lease lease;

    Samples(Ledger ledger, Lease lease) {
        this.ledger = ledger;
        this.lease = lease;
    }

    /** Writes down that one is wanted, if none was; the first that is wanted of a training is the only one. */
    public void want(Training training, String prompt, String speed, Optional<BigDecimal> price) {
        ledger.change(h -> h.createUpdate("INSERT INTO sample (training_id, dataset_id, state, prompt, speed, price, wanted_at, next_try) "
                + "VALUES (:id, :dataset, 'WAITING', :prompt, :speed, :price, :now, :now) ON CONFLICT DO NOTHING")
            .bind("id", training.id()).bind("dataset", training.datasetId()).bind("prompt", prompt).bind("speed", speed)
            .bind("price", price.map(BigDecimal::toPlainString)).bind("now", lease.now()).execute());
    }

    /** That of a training, if one is wanted. */
    public Optional<Sample> of(long trainingId) {
        return ledger.read(h -> of(h, trainingId));
    }

    /** Those of a dataset, the newest first. */
    public List<Sample> ofDataset(long datasetId) {
        return ledger.read(h -> h.createQuery("SELECT * FROM sample WHERE dataset_id = :dataset ORDER BY training_id DESC")
            .bind("dataset", datasetId).mapTo(Sample.class).list());
    }

    /** Those that are to be asked for, or fetched, now. */
    public List<Sample> due() {
        return ledger.read(h -> h.createQuery("SELECT * FROM sample WHERE next_try <= :now AND state IN ('WAITING', 'DRAWN') ORDER BY next_try")
            .bind("now", lease.now()).mapTo(Sample.class).list());
    }

    /** Whether there is one that has neither come nor been given up. */
    public boolean anyUnfinished() {
        return ledger.read(h -> h.createQuery("SELECT count(*) FROM sample WHERE state IN ('WAITING', 'INTENDED', 'DRAWN')")
            .mapTo(int.class).one()) > 0;
    }

    /** Commits the intent to ask for it. Only the one caller who gets true may send the request, once. */
    public boolean intend(Sample sample) {
        return ledger.write(h -> {
            boolean ours = h.createUpdate("UPDATE sample SET state = 'INTENDED', asked_at = :now, owner = :owner, expires_at = :expiry, "
                    + "next_try = NULL, trouble = NULL WHERE training_id = :id AND state = 'WAITING' AND next_try <= :now")
                .bind("now", lease.now()).bind("owner", lease.owner()).bind("expiry", lease.expiry()).bind("id", sample.trainingId())
                .execute() == 1;
            if (ours) {
                tell(h, sample, "is asked for" + sample.price().map(price -> ", for " + price.toPlainString() + " US dollars").orElse("")
                    + " (" + sample.speed() + "): " + sample.prompt());
            }
            return ours;
        });
    }

    /** The request is about to be sent: its claim is good for another while. Answers whether it is still ours. */
    public boolean renew(Sample sample) {
        return ledger.write(h -> ours(h.createUpdate("UPDATE sample SET expires_at = :expiry" + OURS + "'INTENDED'"), sample)
            .bind("expiry", lease.expiry()).execute() == 1);
    }

    /** It was made, and lies there for a short time. Answers it as it is now. */
    public Sample drawn(Sample sample, String url) {
        return changed(sample, h -> {
            // whatever was thought of it meanwhile
            int changed = h.createUpdate("UPDATE sample SET state = 'DRAWN', url = :url, next_try = :now, tries = 0, expires_at = NULL, "
                    + "trouble = NULL WHERE training_id = :id AND state IN ('INTENDED', 'IN_DOUBT')")
                .bind("url", url).bind("now", lease.now()).bind("id", sample.trainingId()).execute();
            told(h, sample, changed, "was drawn");
        });
    }

    /** Claims a try to fetch it, until another may: true for the one who had it as it stands. */
    public boolean claimFetch(Sample sample, Instant next) {
        return ledger.write(h -> h.createUpdate("UPDATE sample SET tries = tries + 1, next_try = :next, owner = :owner "
                + "WHERE training_id = :id AND state = 'DRAWN' AND next_try <= :now AND tries = :tries")
            .bind("next", next).bind("owner", lease.owner()).bind("id", sample.trainingId()).bind("now", lease.now())
            .bind("tries", sample.tries()).execute() == 1);
    }

    /** Writes down where it is going to lie, before it does. */
    public void belongsTo(Sample sample, String target) {
        ledger.change(h -> ours(h.createUpdate("UPDATE sample SET target = :target" + OURS + "'DRAWN'"), sample)
            .bind("target", target).execute());
    }

    /** It lies where it belongs, whole. */
    public void kept(Sample sample, String target) {
        ledger.change(h -> told(h, sample, h.createUpdate("UPDATE sample SET state = 'KEPT', url = NULL, next_try = NULL, ended_at = :now, "
                + "trouble = NULL WHERE training_id = :id AND state = 'DRAWN' AND target = :target")
            .bind("now", lease.now()).bind("id", sample.trainingId()).bind("target", target).execute(), "lies at " + target));
    }

    /** The request surely did not happen: it is sent later. */
    public void notAsked(Sample sample, String why, Instant next) {
        ledger.change(h -> told(h, sample, ours(h.createUpdate("UPDATE sample SET state = 'WAITING', asked_at = NULL, expires_at = NULL, "
                + "next_try = :next, tries = tries + 1, trouble = :why" + OURS + "'INTENDED'"), sample)
            .bind("next", next).bind("why", why).execute(), "was not asked for: " + why));
    }

    /** It may have been made, and paid: it is not asked for again. */
    public void inDoubt(Sample sample, String why) {
        ledger.change(h -> told(h, sample, ours(h.createUpdate("UPDATE sample SET state = 'IN_DOUBT', expires_at = NULL, ended_at = :now, "
                + "trouble = :why" + OURS + "'INTENDED'"), sample)
            .bind("now", lease.now()).bind("why", why).execute(), "is in doubt: " + why));
    }

    /** It could not be fetched now, and nothing lies where it was to lie. */
    public void notFetched(Sample sample, String why, Instant next) {
        ledger.change(h -> ours(h.createUpdate("UPDATE sample SET next_try = :next, target = NULL, trouble = :why" + OURS + "'DRAWN'"), sample)
            .bind("next", next).bind("why", why).execute());
    }

    /**
     * There is none, and none is asked for any more.
     *
     * @param unpaid whether its request surely was not carried out
     */
    public void none(Sample sample, String why, boolean unpaid) {
        ledger.change(h -> told(h, sample, h.createUpdate("UPDATE sample SET state = 'NONE', url = NULL, target = NULL, next_try = NULL, "
                + "expires_at = NULL, ended_at = :now, trouble = :why, asked_at = CASE WHEN :unpaid THEN NULL ELSE asked_at END "
                + "WHERE training_id = :id AND state IN ('WAITING', 'INTENDED', 'DRAWN')")
            .bind("now", lease.now()).bind("why", why).bind("unpaid", unpaid).bind("id", sample.trainingId()).execute(),
            "is not there: " + why));
    }

    /** Intents whose owner fell silent may have been paid. Answers how many there were. */
    public int doubtExpired() {
        List<Sample> silent = ledger.read(h -> h.createQuery("SELECT * FROM sample WHERE state = 'INTENDED' AND expires_at < :now")
            .bind("now", lease.now()).mapTo(Sample.class).list());
        String why = "The server stopped while it asked for the picture, which may have been drawn and paid. It is not asked for again.";
        silent.forEach(sample -> ledger.change(h -> told(h, sample, h.createUpdate("UPDATE sample SET state = 'IN_DOUBT', expires_at = NULL, "
                + "ended_at = :now, trouble = :why WHERE training_id = :id AND state = 'INTENDED' AND expires_at < :now")
            .bind("now", lease.now()).bind("why", why).bind("id", sample.trainingId()).execute(), "is in doubt: " + why)));
        return silent.size();
    }

    /** Tries to fetch that others had claimed may be made now: they are dead. */
    void endClaimsOfOthers(Handle h) {
        h.createUpdate("UPDATE sample SET next_try = 0 WHERE state = 'DRAWN' AND owner <> :owner").bind("owner", lease.owner()).execute();
    }

    private Update ours(Update update, Sample sample) {
        return update.bind("id", sample.trainingId()).bind("owner", lease.owner());
    }

    private Sample changed(Sample sample, Consumer<Handle> work) {
        return ledger.write(h -> {
            work.accept(h);
            return of(h, sample.trainingId()).orElseThrow();
        });
    }

    private void told(Handle h, Sample sample, int changed, String what) {
        if (changed == 1) {
            tell(h, sample, what);
        }
    }

    private void tell(Handle h, Sample sample, String what) {
        ledger.history().tell(h, sample.datasetId(), "sample of the model " + Trainings.get(h, sample.trainingId()).modelName() + " " + what);
    }

    private static Optional<Sample> of(Handle h, long trainingId) {
        return h.createQuery("SELECT * FROM sample WHERE training_id = :id").bind("id", trainingId).mapTo(Sample.class).findOne();
    }
}
