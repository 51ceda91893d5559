package org.dropfolder.ledger;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** How files' ways end: in the dataset or set aside, and what goes with them. Part of its caller's transaction. */
final class Endings {
    private final Clock clock;

    Endings(Clock clock) {
        this.clock = clock;
    }

    /**
     * An image's way has ended, in the dataset or set aside; its captions in the batch and its duplicates go with it.
     *
     * @return all of them, as they are to be moved
     */
    List<Asset> settle(Handle h, Asset image, Optional<String> refused, Targets targets) {
        return settle(h, List.of(image), refused.map(why -> new Fates(Map.of(image.id(), why), Set.of())).orElse(Fates.ALL_THERE), targets);
    }

    /**
     * A batch's images met their fates; those that met one in another way keep it. A caption that several of them share goes with one that is sent again, or
     * rests with one that was taken.
     *
     * @return all that are to be moved
     */
    List<Asset> settleBatched(Handle h, List<Asset> batched, Fates fates, Targets targets) {
        List<Asset> images = batched.stream().filter(image -> image.state() == AssetState.BATCHED).toList();
        images.stream().filter(image -> fates.again().contains(image.id())).forEach(image -> waitAgain(h, image));
        return settle(h, images.stream().filter(image -> !fates.again().contains(image.id())).toList(), fates, targets);
    }

    /** All of one batch, or one that is in none. */
    private List<Asset> settle(Handle h, List<Asset> images, Fates fates, Targets targets) {
        if (images.isEmpty()) {
            return List.of();
        }
        List<Asset> there = new ArrayList<>();
        List<Asset> moves = new ArrayList<>();
        Map<Boolean, List<Asset>> sorted = images.stream().collect(Collectors.partitioningBy(fates::isThere));
        List<Asset> followers = followers(h, images.get(0));
        sorted.get(true).forEach(image -> {
            there.add(image);
            there.addAll(taken(followers, image));
        });
        sorted.get(false).forEach(image -> {
            Optional<String> refused = Optional.of(fates.refused().get(image.id()));
            moves.add(end(h, image, refused, targets));
            taken(followers, image).forEach(follower -> moves.add(end(h, follower, refused, targets)));
        });
        moves.addAll(0, uploaded(h, there, targets));
        return moves;
    }

    /** Captions of the image's batch that still wait for their fate, and duplicates of it and of the others in the batch. */
    private static List<Asset> followers(Handle h, Asset image) {
        return h.createQuery("SELECT * FROM asset WHERE (batch_id = :batch AND kind = 'CAPTION' AND state = 'BATCHED') "
                + "OR (state = 'DUPLICATE' AND first_id IN (SELECT :id UNION SELECT id FROM asset WHERE batch_id = :batch))")
            .bind("batch", image.batchId()).bind("id", image.id()).mapTo(Asset.class).collect(Collectors.toCollection(ArrayList::new));
    }

    /** Those of an image; each follows one. */
    private static List<Asset> taken(List<Asset> followers, Asset image) {
        List<Asset> its = followers.stream().filter(each -> each.kind() == AssetKind.CAPTION && each.state() == AssetState.BATCHED
            ? each.stem().equals(image.stem()) : each.firstId().equals(Optional.of(image.id()))).toList();
        followers.removeAll(its);
        return its;
    }

    /** Images that are in the dataset now, with what followed them, at once. Their places bear their ids, so that no other row has one. */
    private List<Asset> uploaded(Handle h, List<Asset> assets, Targets targets) {
        List<Asset> moves = assets.stream().map(asset -> asset.moving(
            asset.state() == AssetState.DUPLICATE ? AssetState.DUPLICATE : AssetState.UPLOADED,
            targets.of(AssetState.UPLOADED, asset.id(), asset.name()))).toList();
        h.createUpdate("UPDATE asset SET state = there.state, reason = NULL, moving_from = asset.target, target = there.place, changed_at = :now "
                + "FROM (SELECT value ->> 0 AS id, value ->> 1 AS state, value ->> 2 AS place FROM json_each(:there)) AS there "
                + "WHERE asset.id = there.id")
            .bind("now", clock.instant()).bind("there", Json.rows(moves, asset -> List.of(asset.id(), asset.state(), asset.target())))
            .execute();
        return moves;
    }

    private void waitAgain(Handle h, Asset image) {
        h.createUpdate("UPDATE asset SET state = 'ACCEPTED', batch_id = NULL, changed_at = :now, "
                + "tries = tries + CASE kind WHEN 'IMAGE' THEN 1 ELSE 0 END, "
                + "caption = CASE kind WHEN 'CAPTION' THEN caption END WHERE state = 'BATCHED' AND batch_id = :batch "
                + "AND (id = :id OR kind = 'CAPTION' AND stem = :stem)")
            .bind("now", clock.instant()).bind("batch", image.batchId()).bind("id", image.id())
            .bind("stem", image.stem()).execute();
    }

    Asset shareFate(Handle h, Asset duplicate, Targets targets) {
        Asset first = Assets.get(h, duplicate.firstId().orElseThrow());
        return switch (first.state()) {
            case UPLOADED -> end(h, duplicate, Optional.empty(), targets);
            case REJECTED -> end(h, duplicate, first.reason(), targets);
            default -> duplicate;
        };
    }

    Asset end(Handle h, Asset asset, Optional<String> refused, Targets targets) {
        AssetState rests = refused.isPresent() ? AssetState.REJECTED : AssetState.UPLOADED;
        boolean duplicate = asset.state() == AssetState.DUPLICATE && refused.isEmpty();
        return h.createQuery("UPDATE asset SET state = :state, reason = :reason, moving_from = target, target = :target, "
                + "changed_at = :now WHERE id = :id RETURNING *")
            .bind("state", duplicate ? AssetState.DUPLICATE : rests).bind("reason", refused)
            .bind("target", target(h, targets, rests, asset.id(), asset.name()))
            .bind("now", clock.instant()).bind("id", asset.id()).mapTo(Asset.class).one();
    }

    /** A place that no other row has: the file that is to have it may not have been moved yet. */
    static String target(Handle h, Targets targets, AssetState rests, long id, String name) {
        String wanted = targets.of(rests, id, name);
        // all others bear the row's id
        boolean taken = rests == AssetState.REJECTED && h.createQuery("SELECT count(*) FROM asset WHERE target = :target AND id <> :id")
            .bind("target", wanted).bind("id", id).mapTo(int.class).one() > 0;
        return taken ? targets.of(rests, id, id + "-" + name) : wanted;
    }
}
