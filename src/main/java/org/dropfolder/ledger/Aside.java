package org.dropfolder.ledger;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Files that were set aside, and are looked at again. Thread safe; each call is one transaction. */
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
     * A file in rejected/ was looked at again: it becomes what it would become if it were dropped now, by the same rules as
     * in {@link Assets#arrive}. One that stays has a new reason; any other is arriving once more, from where it lies.
     *
     * @return the file as it is now; nothing if it did not rest there any more
     */
    public Optional<Asset> arriveAgain(Asset asset, Arrival arrival, int limit, String fullReason, Targets targets) {
        return ledger.write(h -> {
            if (!Entries.rewrite(h, asset, arrival, limit, fullReason, clock.instant())) {
                return Optional.empty();
            }
            if (Assets.get(h, asset.id()).becomes() != AssetState.REJECTED) {
                h.createUpdate("UPDATE asset SET state = 'ARRIVING', moving_from = target, target = :target WHERE id = :id")
                    .bind("target", Assets.target(h, targets, AssetState.ACCEPTED, asset.id(), asset.name()))
                    .bind("id", asset.id()).execute();
                ledger.assets().touch(h, asset.datasetId());
            }
            return Optional.of(Assets.get(h, asset.id()));
        });
    }
}
