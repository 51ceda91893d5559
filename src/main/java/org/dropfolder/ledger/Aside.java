package org.dropfolder.ledger;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Files that were looked at, and are looked at again: what was set aside, and what changed. Thread safe; each call is one transaction. */
public final class Aside {
    private final Ledger ledger;
    private final Clock clock;

    Aside(Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /** The files that rest in rejected/: captions first, since they travel with their images or not at all. */
    public List<Asset> of(long datasetId) {
        return ledger.read(h -> h.createQuery("SELECT * FROM asset WHERE dataset_id = :dataset AND state = 'REJECTED' "
                + "AND moving_from IS NULL ORDER BY kind, id")
            .bind("dataset", datasetId).mapTo(Asset.class).list());
    }

    /**
     * A file in rejected/, or a duplicate, was looked at again: it becomes what it would become if it were dropped now, by the
     * same rules as in {@link Assets#arrive}. One that stays in rejected/ has a new reason; any other is arriving once more,
     * from where it lies.
     *
     * @return the file as it is now; nothing if it did not rest there any more
     */
    public Optional<Asset> arriveAgain(Asset asset, Arrival arrival, int limit, String fullReason, Targets targets) {
        return ledger.write(h -> {
            if (!new Entries(h, clock.instant()).rewrite(asset, arrival, ledger.datasets().capacity(limit, fullReason))) {
                return Optional.empty();
            }
            Pictures.keep(h, List.of(arrival));
            boolean accepted = Assets.get(h, asset.id()).becomes() != AssetState.REJECTED;
            if (accepted || asset.state() != AssetState.REJECTED) {
                AssetState rests = accepted ? AssetState.ACCEPTED : AssetState.REJECTED;
                h.createUpdate("UPDATE asset SET state = 'ARRIVING', moving_from = target, target = :target WHERE id = :id")
                    .bind("target", Endings.target(h, targets, rests, asset.id(), asset.name()))
                    .bind("id", asset.id()).execute();
                ledger.assets().touch(h, asset.datasetId());
            }
            return Optional.of(Assets.get(h, asset.id()));
        });
    }

    /**
     * Files that were set aside, or found to be duplicates, since a moment, and rest: a page of them, in the order in which
     * that happened.
     *
     * @param after the last of the page before; none for the first page
     */
    public List<Asset> lately(Instant since, Optional<Asset> after, int atMost) {
        return ledger.read(h -> h.createQuery("SELECT a.* FROM asset a LEFT JOIN asset last ON last.id = :last "
                + "WHERE a.state IN ('REJECTED', 'DUPLICATE') AND a.moving_from IS NULL AND a.changed_at >= :since "
                + "AND (last.id IS NULL OR (a.changed_at, a.id) > (last.changed_at, last.id)) ORDER BY a.changed_at, a.id LIMIT :most")
            .bind("since", since).bind("last", after.map(Asset::id)).bind("most", atMost).mapTo(Asset.class).list());
    }

    /** Only the time of a file is another one: its content is what it was. */
    public void touched(Asset asset, Instant modified) {
        ledger.change(h -> h.createUpdate("UPDATE asset SET modified = :modified WHERE id = :id AND target = :target")
            .bind("modified", modified).bind("id", asset.id()).bind("target", asset.target()).execute());
    }

    /** A waiting caption's text changed: writes down what it is now. */
    public void captionChanged(Asset asset, Arrival arrival) {
        ledger.change(h -> {
            h.createUpdate("UPDATE asset SET size = :size, modified = :modified, sha256 = :sha256, crc32 = :crc32, "
                    + "caption = :caption, changed_at = :now WHERE id = :id AND kind = 'CAPTION' AND state = 'ACCEPTED'")
                .bind("size", arrival.size()).bind("modified", arrival.modified()).bind("sha256", arrival.sha256())
                .bind("crc32", arrival.crc32()).bind("caption", arrival.caption()).bind("now", clock.instant())
                .bind("id", asset.id()).execute();
            ledger.assets().touch(h, asset.datasetId());
        });
    }
}
