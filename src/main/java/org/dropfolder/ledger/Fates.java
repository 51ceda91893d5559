package org.dropfolder.ledger;

import org.jdbi.v3.core.Handle;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the fates of files hang together, inside a transaction of somebody else's: captions go with their image,
 * duplicates with their first copy, and if that one leaves, its earliest duplicate takes its place.
 */
final class Fates {
    /** Images that count: in the dataset, or on the way to it. */
    static final String LIVE = "kind = 'IMAGE' AND becomes = 'ACCEPTED' AND state <> 'REJECTED'";

    private final Clock clock;

    Fates(Clock clock) {
        this.clock = clock;
    }

    /**
     * An image's way has ended, in the dataset or set aside; its captions in the batch and its duplicates go with it.
     *
     * @return all of them, as they are to be moved
     */
    List<Asset> settle(Handle h, Asset image, Optional<String> refused, Targets targets) {
        List<Asset> settled = new ArrayList<>(List.of(end(h, image, refused, targets)));
        h.createQuery("SELECT * FROM asset WHERE (batch_id = :batch AND kind = 'CAPTION' AND stem = :stem "
                + "AND state = 'BATCHED') OR (first_id = :id AND state = 'DUPLICATE')")
            .bind("batch", image.batchId()).bind("stem", image.stem()).bind("id", image.id())
            .mapTo(Asset.class).list()
            .forEach(follower -> settled.add(end(h, follower, refused, targets)));
        return settled;
    }

    /**
     * A first copy stops standing for its content, by the given change of its row: the earliest of its duplicates takes
     * its place.
     */
    void bequeath(Handle h, Asset first, Runnable change) {
        Optional<Asset> heir = h.createQuery("SELECT * FROM asset WHERE first_id = :first "
                + "AND becomes = 'DUPLICATE' AND state IN ('ARRIVING', 'DUPLICATE') ORDER BY id LIMIT 1")
            .bind("first", first.id()).mapTo(Asset.class).findOne();
        heir.ifPresent(asset -> h.createUpdate("UPDATE asset SET first_id = CASE WHEN id <> :heir THEN :heir END "
                + "WHERE first_id = :first AND becomes = 'DUPLICATE' AND state IN ('ARRIVING', 'DUPLICATE')")
            .bind("heir", asset.id()).bind("first", first.id()).execute());
        change.run();
        heir.ifPresent(asset -> {
            Optional<String> name = names(first).filter(n -> nameIsFree(h, first.datasetId(), n)).findFirst();
            h.createUpdate("UPDATE asset SET becomes = 'ACCEPTED', sent_name = :name, sent_stem = :stem, "
                    + "state = CASE WHEN state = 'DUPLICATE' THEN 'ACCEPTED' ELSE state END WHERE id = :id")
                .bind("name", name).bind("stem", name.map(Fates::stemOf)).bind("id", asset.id()).execute();
        });
    }

    /** The names that whoever takes an image's place may have: its own, if that is free now, or one with its hash. */
    private static Stream<String> names(Asset first) {
        String own = first.sentName().orElseThrow();
        int dot = own.lastIndexOf('.');
        return Stream.of(own, own.substring(0, dot) + "-" + first.sha256() + own.substring(dot));
    }

    /** A duplicate has arrived: it meets what its first copy met meanwhile. */
    Asset shareFate(Handle h, Asset duplicate, Targets targets) {
        Asset first = get(h, duplicate.firstId().orElseThrow());
        return switch (first.state()) {
            case UPLOADED -> end(h, duplicate, Optional.empty(), targets);
            case REJECTED -> end(h, duplicate, first.reason(), targets);
            default -> duplicate;
        };
    }

    private Asset end(Handle h, Asset asset, Optional<String> refused, Targets targets) {
        AssetState rests = refused.isPresent() ? AssetState.REJECTED : AssetState.UPLOADED;
        boolean duplicate = asset.state() == AssetState.DUPLICATE && refused.isEmpty();
        h.createUpdate("UPDATE asset SET state = :state, reason = :reason, moving_from = target, target = :target, "
                + "changed_at = :now WHERE id = :id")
            .bind("state", duplicate ? AssetState.DUPLICATE : rests).bind("reason", refused)
            .bind("target", target(h, targets, rests, asset.id(), asset.name()))
            .bind("now", clock.instant()).bind("id", asset.id()).execute();
        return get(h, asset.id());
    }

    /** A place that no other row has: the file that is to have it may not have been moved yet. */
    static String target(Handle h, Targets targets, AssetState rests, long id, String name) {
        String wanted = targets.of(rests, id, name);
        boolean taken = h.createQuery("SELECT count(*) FROM asset WHERE target = :target AND id <> :id")
            .bind("target", wanted).bind("id", id).mapTo(int.class).one() > 0;
        return taken ? targets.of(rests, id, id + "-" + name) : wanted;
    }

    /** The image that has this content, or is about to get it into the dataset. */
    static Optional<Asset> first(Handle h, long datasetId, String sha256) {
        return h.createQuery("SELECT * FROM asset WHERE dataset_id = :dataset AND sha256 = :sha256 AND " + LIVE)
            .bind("dataset", datasetId).bind("sha256", sha256).mapTo(Asset.class).findOne();
    }

    static boolean nameIsFree(Handle h, long datasetId, String name) {
        return h.createQuery("SELECT count(*) FROM asset WHERE dataset_id = :dataset AND sent_stem = :stem AND " + LIVE)
            .bind("dataset", datasetId).bind("stem", stemOf(name)).mapTo(int.class).one() == 0;
    }

    /** Captions are matched by stem, so it is the stem that must be there once. */
    static String stemOf(String name) {
        int dot = name.lastIndexOf('.');
        return (dot > 0 ? name.substring(0, dot) : name).toLowerCase(Locale.ROOT);
    }

    private static Asset get(Handle h, long id) {
        return h.createQuery("SELECT * FROM asset WHERE id = :id").bind("id", id).mapTo(Asset.class).one();
    }
}
