package org.dropfolder.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * What is told to whoever wants to know: who tells it now, and what became of that. Thread safe; each call is one transaction.
 *
 * <p>A claim is of one try. Whoever's claim ran out, and was taken by another, changes nothing any more.
 */
public final class Notices {
    /** What has ended is kept so long. */
    private static final Duration KEPT = Duration.ofDays(7);
    private static final int FORGOTTEN_AT_ONCE = 1_000;
    /** A try takes less, and what people added is renewed when it has passed. */
    private static final Duration LEASE = Duration.ofMinutes(2);
    /** Nothing is put off for longer than an hour: what seems to be was written before the clock was set back. */
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    /** A clock that is set right by less changes nothing. */
    private static final Duration MARGIN = Duration.ofMinutes(1);
    /** The first of its dataset that has not ended, and nobody has it. The others wait for it. */
    private static final String DUE = "FROM notice n WHERE n.state = 'WAITING' AND (n.next_try <= :now OR n.next_try > :farthest) "
        + "AND (n.expires_at IS NULL OR n.expires_at < :now OR n.expires_at > :longest) "
        + "AND n.id IN (SELECT min(id) FROM notice WHERE state = 'WAITING' GROUP BY dataset_id) ";
    private static final String HELD = "WHERE id = :id AND state = 'WAITING' AND owner = :owner AND tries = :tries";

    private static final String LAST_OF_KEY = "SELECT type FROM notice WHERE dataset_id IS NULL ORDER BY id DESC LIMIT 1";

    private final Ledger ledger;
    private final Lease lease;

    Notices(Ledger ledger, Lease lease) {
        this.ledger = ledger;
        this.lease = new Lease(lease.owner(), LEASE, lease.clock());
    }

    /**
     * Claims what is due, for one try each; what became due first, first.
     *
     * @param atOnce as many as we may have claimed in all
     */
    public List<Notice> claim(int atOnce) {
        // a look writes nothing: most find nothing
        boolean due = ledger.read(h -> due(h.createQuery("SELECT EXISTS (SELECT 1 " + DUE + ")")).mapTo(boolean.class).one());
        return !due ? List.of() : ledger.write(h -> due(h.createQuery("UPDATE notice SET owner = :owner, expires_at = :expiry, "
                + "tries = tries + 1, first_try = min(coalesce(first_try, :now), :now) WHERE id IN (SELECT n.id " + DUE + "ORDER BY n.next_try, n.id LIMIT max(0, :most - "
                + "(SELECT count(*) FROM notice WHERE state = 'WAITING' AND owner = :owner AND expires_at >= :now))) RETURNING *"))
            .bind("owner", lease.owner()).bind("expiry", lease.expiry()).bind("most", atOnce)
            .mapTo(Notice.class).list());
    }

    /** Answers whether it is still ours; if so, for another while. */
    public boolean renew(Notice notice) {
        return ledger.write(h -> held(h.createUpdate("UPDATE notice SET expires_at = :expiry " + HELD), notice)
            .bind("expiry", lease.expiry()).execute() == 1);
    }

    /**
     * It went through the steps that people added, and does not go there again; what comes now has a day of its own.
     *
     * @return the notice as it is now, ours for another while; nothing if it is not ours any more
     */
    public Optional<Notice> passed(Notice notice) {
        return ledger.write(h -> held(h.createQuery("UPDATE notice SET passed_at = :now, first_try = :now, refusals = 0, "
            + "expires_at = :expiry " + HELD + " RETURNING *"), notice).bind("now", lease.now()).bind("expiry", lease.expiry()).mapTo(Notice.class).findOne());
    }

    /** Whoever wanted to know has it. */
    public void delivered(Notice notice) {
        ledger.change(h -> held(h.createUpdate("UPDATE notice SET state = 'DELIVERED', ended_at = :now, owner = NULL, expires_at = NULL, "
            + "trouble = NULL " + HELD), notice).bind("now", lease.now()).execute());
    }

    /** It does not go through the steps that people added any more, and goes on behind them at once. Answers whether it was ours. */
    public boolean passOver(Notice notice, String why) {
        return ledger.write(h -> held(h.createUpdate("UPDATE notice SET passed_at = :now, first_try = NULL, refusals = 0, next_try = :now, "
            + "owner = NULL, expires_at = NULL, trouble = :why " + HELD), notice).bind("why", why).bind("now", lease.now()).execute() == 1);
    }

    /**
     * The try was in vain.
     *
     * @param refused whether the answer was a no, rather than none
     * @param next    it is not tried before, within an hour
     * @return whether it was ours
     */
    public boolean failed(Notice notice, String why, boolean refused, Instant next) {
        return ledger.write(h -> held(h.createUpdate("UPDATE notice SET owner = NULL, expires_at = NULL, trouble = :why, "
                + "refusals = CASE WHEN :refused THEN refusals + 1 ELSE 0 END, next_try = :next " + HELD), notice)
            .bind("why", why).bind("refused", refused).bind("next", next).execute() == 1);
    }

    /** The try was broken off by us, and counts as none. */
    public void release(Notice notice) {
        ledger.change(h -> held(h.createUpdate("UPDATE notice SET owner = NULL, expires_at = NULL, tries = tries - 1 " + HELD), notice).execute());
    }

    /** It is not tried again. Answers whether it was ours. */
    public boolean giveUp(Notice notice, String why) {
        return ledger.write(h -> held(h.createUpdate("UPDATE notice SET state = 'GIVEN_UP', ended_at = :now, owner = NULL, "
            + "expires_at = NULL, trouble = :why " + HELD), notice).bind("why", why).bind("now", lease.now()).execute() == 1);
    }

    /** The key is refused: told once, until one is taken. */
    public void keyRefused(String why) {
        tellOfKey(Notice.KEY_REFUSED, "coalesce((" + LAST_OF_KEY + "), '') <> 'key.refused'", why);
    }

    /** The key is taken: told if the last that was told of it is that it was refused. */
    public void keyAccepted(String words) {
        tellOfKey(Notice.KEY_ACCEPTED, "(" + LAST_OF_KEY + ") = 'key.refused'", words);
    }

    private void tellOfKey(String type, String condition, String why) {
        ledger.change(h -> h.createUpdate("INSERT INTO notice (type, at, next_try, data) "
                + "SELECT :type, :now, :now, json_object('why', :why) WHERE " + condition)
            .bind("type", type).bind("now", lease.now()).bind("why", why).execute());
    }

    /** How many wait. */
    public int waiting() {
        return ledger.read(h -> h.createQuery("SELECT count(*) FROM notice WHERE state = 'WAITING'").mapTo(int.class).one());
    }

    /** Deletes what ended a week ago, some of it. What was told last of the key stays: it tells what is to be told next. */
    public void forgetOld() {
        Instant before = lease.now().minus(KEPT);
        String old = "ended_at < :before AND id <> coalesce((SELECT max(id) FROM notice WHERE dataset_id IS NULL), 0)";
        boolean some = ledger.read(h -> h.createQuery("SELECT EXISTS (SELECT 1 FROM notice WHERE " + old + ")")
            .bind("before", before).mapTo(boolean.class).one());
        if (some) {
            ledger.change(h -> h.createUpdate("DELETE FROM notice WHERE id IN (SELECT id FROM notice WHERE " + old + " LIMIT :most)")
                .bind("before", before).bind("most", FORGOTTEN_AT_ONCE).execute());
        }
    }

    /** Part of the transaction that ends the claims of the dead. */
    void endClaimsOfOthers(Handle h) {
        h.createUpdate("UPDATE notice SET expires_at = 0 WHERE state = 'WAITING' AND owner <> :owner").bind("owner", lease.owner()).execute();
        // while nobody was there to try, no day passed
        h.execute("UPDATE notice SET first_try = NULL WHERE state = 'WAITING' AND first_try IS NOT NULL");
    }

    private <S extends SqlStatement<S>> S due(S statement) {
        Instant now = lease.now();
        return statement.bind("now", now).bind("farthest", now.plus(LONGEST_PAUSE).plus(MARGIN)).bind("longest", lease.expiry().plus(MARGIN));
    }

    private <S extends SqlStatement<S>> S held(S statement, Notice notice) {
        return statement.bind("id", notice.id()).bind("owner", lease.owner()).bind("tries", notice.tries());
    }
}
