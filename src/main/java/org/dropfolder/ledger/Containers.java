package org.dropfolder.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.jdbi.v3.core.Handle;

/**
 * Files that are taken apart: archives, and images that are converted. Each part has a row of its own, which says whose part
 * it is; so none is taken out twice. Thread safe; each call is one transaction.
 */
public final class Containers {
    /** As the index has it. */
    private static final String NOT_DONE = "kind IN ('ORIGINAL', 'ARCHIVE') AND state IN ('ARRIVING', 'ACCEPTED')";

    private final Ledger ledger;
    private final Clock clock;

    Containers(Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /** The container of this id, if it lies in pending/ and is to be taken apart. */
    public Optional<Asset> waiting(long id) {
        return ledger.read(h -> h.createQuery("SELECT * FROM asset WHERE id = :id AND state = 'ACCEPTED' "
                + "AND moving_from IS NULL AND " + NOT_DONE)
            .bind("id", id).mapTo(Asset.class).findOne());
    }

    /** The dataset's containers whose parts have not all been taken out, in the order of their arrival. */
    public List<Asset> waitingIn(long datasetId) {
        return ledger.read(h -> h.createQuery("SELECT * FROM asset WHERE dataset_id = :dataset AND " + NOT_DONE + " ORDER BY id")
            .bind("dataset", datasetId).mapTo(Asset.class).list());
    }

    /**
     * Ids of the containers that are to be taken apart now, in the order of their arrival.
     *
     * @param pause how long one rests that was taken up so often in vain
     */
    public List<Long> due(IntFunction<Duration> pause) {
        Instant now = clock.instant();
        return ledger.read(h -> h.createQuery("SELECT id, tries, changed_at FROM asset INDEXED BY asset_container WHERE " + NOT_DONE
                + " AND state = 'ACCEPTED' AND moving_from IS NULL ORDER BY id")
            .map((rows, context) -> new Rest(rows.getLong("id"), rows.getInt("tries"), Instant.ofEpochMilli(rows.getLong("changed_at"))))
            .list().stream().filter(rest -> rest.tries == 0 || !rest.since.plus(pause.apply(rest.tries - 1)).isAfter(now))
            .map(Rest::id).toList());
    }

    /** It is taken up. Answers how often that happened since it last gave a part, this time included. */
    public int takenUp(Asset container) {
        return ledger.write(h -> {
            h.createUpdate("UPDATE asset SET tries = tries + 1, changed_at = :now WHERE id = :id")
                .bind("now", clock.instant()).bind("id", container.id()).execute();
            return Assets.get(h, container.id()).tries();
        });
    }

    /** What failed was no fault of its own: it counts as not taken up. */
    public void forgive(Asset container) {
        ledger.change(h -> h.createUpdate("UPDATE asset SET tries = 0 WHERE id = :id").bind("id", container.id()).execute());
    }

    /** The numbers of those of its parts that were taken out. */
    public Set<Integer> parts(Asset container) {
        return ledger.read(h -> new HashSet<>(h.createQuery("SELECT part FROM asset WHERE origin_id = :id")
            .bind("id", container.id()).mapTo(Integer.class).list()));
    }

    /**
     * The first row of row, move, row for a part, by the same rules as in {@link Assets#arrive}.
     *
     * @param part   which of its parts, counted from 0
     * @param staged where it lies, below the data folder
     * @return nothing if it has a row already, or the container does not wait any more
     */
    public Optional<Asset> arrive(Asset container, int part, Arrival arrival, String staged, Rules rules) {
        return ledger.write(h -> {
            int open = h.createQuery("SELECT count(*) FROM asset WHERE id = :id AND state = 'ACCEPTED' "
                    + "AND NOT EXISTS (SELECT 1 FROM asset p WHERE p.origin_id = :id AND p.part = :part)")
                .bind("id", container.id()).bind("part", part).mapTo(int.class).one();
            if (open == 0) {
                return Optional.empty();
            }
            Asset asset = ledger.assets().arrive(h, List.of(new Entries.New(arrival, Optional.of(staged),
                ledger.datasets().capacity(rules.limit(), rules.fullReason()), rules.targets()))).get(0);
            h.createUpdate("UPDATE asset SET origin_id = :origin, part = :part WHERE id = :id")
                .bind("origin", container.id()).bind("part", part).bind("id", asset.id()).execute();
            h.createUpdate("UPDATE asset SET tries = 0 WHERE id = :id").bind("id", container.id()).execute();
            return Optional.of(asset);
        });
    }

    /**
     * What a part's arrival is judged by.
     *
     * @param limit      images that a dataset holds
     * @param fullReason why an image beyond it is set aside
     */
    public record Rules(int limit, String fullReason, Targets targets) { }

    /** Whether an image of it was accepted, or was there already, whatever became of it later. */
    public boolean wasOfUse(Asset container) {
        return ledger.read(h -> h.createQuery("SELECT count(*) FROM asset WHERE origin_id = :id AND kind <> 'CAPTION' "
            + "AND becomes <> 'REJECTED'").bind("id", container.id()).mapTo(int.class).one()) > 0;
    }

    /**
     * All of its parts have rows: it goes to done/.
     *
     * @param leftIn what stays in it, if anything does, for the note beside it
     * @param detail the same for the history, a line each
     * @return the container as it is to be moved; nothing if it does not wait any more
     */
    public List<Asset> done(Asset container, Optional<String> leftIn, Optional<String> detail, Targets targets) {
        return ledger.write(h -> {
            if (Assets.get(h, container.id()).state() != AssetState.ACCEPTED) {
                return List.of();
            }
            ledger.endings().end(h, container, Optional.empty(), targets);
            h.createUpdate("UPDATE asset SET reason = :reason WHERE id = :id").bind("reason", leftIn).bind("id", container.id()).execute();
            ledger.history().tell(h, container.datasetId(), (container.kind() == AssetKind.ARCHIVE ? "taken apart: " : "converted: ")
                + container.line(), detail);
            return List.of(Assets.get(h, container.id()));
        });
    }

    /** A waiting container's bytes changed: writes down what it is now. Its parts so far were another's. */
    public void changed(Asset container, Arrival now) {
        ledger.change(h -> {
            int changed = h.createUpdate("UPDATE asset SET kind = :kind, size = :size, modified = :modified, version = :version, "
                    + "sha256 = :sha256, crc32 = :crc32, tries = 0, changed_at = :now WHERE id = :id AND state = 'ACCEPTED'")
                .bind("kind", now.kind()).bind("size", now.size()).bind("modified", now.modified()).bind("version", now.version()).bind("sha256", now.sha256())
                .bind("crc32", now.crc32()).bind("now", clock.instant()).bind("id", container.id()).execute();
            if (changed == 1) {
                disown(h, container, now.sha256());
            }
        });
    }

    /** A container with another content has other parts. */
    static void disown(Handle h, Asset container, String sha256) {
        if (!container.sha256().equals(sha256)) {
            h.createUpdate("UPDATE asset SET origin_id = NULL, part = NULL WHERE origin_id = :id").bind("id", container.id()).execute();
        }
    }

    /** A container, how often it was taken up in vain, and when that was. */
    private record Rest(long id, int tries, Instant since) { }
}
