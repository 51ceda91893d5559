package org.dropfolder.ledger;

import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The dropped images and captions. Thread safe; each call is one transaction. */
public final class Assets {
    private final Ledger ledger;
    private final Clock clock;
    private final GroupedWrites.Kind<Entries.New, Asset> arriving = new GroupedWrites.Kind<>(this::arrive);
    private final GroupedWrites.Kind<Resting, Asset> resting = new GroupedWrites.Kind<>(this::rest);

    Assets(Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * The first row of row, move, row: writes down what the file is to become, before it is moved. An image whose
     * content the dataset has, or is about to get, becomes a duplicate; one that finds the dataset full is set aside.
     *
     * @param limit      images that a dataset holds
     * @param fullReason why an image beyond it is set aside
     */
    public Asset arrive(Arrival arrival, int limit, String fullReason, Targets targets) {
        return ledger.write(arriving, new Entries.New(arrival, Optional.empty(), ledger.datasets().capacity(limit, fullReason), targets));
    }

    /** New rows. A duplicate goes to pending/ first, whatever became of its first copy. */
    List<Asset> arrive(Handle h, List<Entries.New> all) {
        List<Asset> assets = new Entries(h, clock.instant()).write(all);
        Pictures.keep(h, all.stream().map(Entries.New::arrival).toList());
        assets.stream().map(Asset::datasetId).distinct().forEach(dataset -> touch(h, dataset));
        return assets;
    }

    /**
     * The last row of row, move, row: the file is where it belongs. A duplicate now shares the fate that its first copy
     * met in the meantime.
     *
     * @return the file as it is now, perhaps with a next move
     */
    public Asset rested(Asset asset, Targets targets) {
        return ledger.write(resting, new Resting(asset, targets));
    }

    /** A file that was moved. */
    private record Resting(Asset asset, Targets targets) { }

    private List<Asset> rest(Handle h, List<Resting> all) {
        Map<Long, Asset> rested = rested(h, all.stream().map(Resting::asset).toList());
        return all.stream().map(each -> {
            // told again, its next move may be under way already
            Optional<Asset> first = Optional.ofNullable(rested.remove(each.asset.id()));
            boolean arrived = each.asset.state() == AssetState.ARRIVING
                && first.filter(now -> now.state() == AssetState.DUPLICATE).isPresent();
            return arrived ? ledger.endings().shareFate(h, first.get(), each.targets)
                : first.orElseGet(() -> get(h, each.asset.id()));
        }).toList();
    }

    /**
     * The same for files that had arrived before, at once.
     *
     * @return those of which it was true: another move may have been begun for the others
     */
    public List<Asset> rested(List<Asset> assets) {
        return assets.isEmpty() ? List.of() : ledger.write(h -> {
            Map<Long, Asset> rested = rested(h, assets);
            return assets.stream().filter(asset -> rested.containsKey(asset.id())).toList();
        });
    }

    /** One statement for all, which reads what was moved as a table: each statement costs more than a row. */
    private Map<Long, Asset> rested(Handle h, List<Asset> moved) {
        Map<Long, Asset> rested = new HashMap<>();
        h.createQuery("UPDATE asset SET state = CASE WHEN state = 'ARRIVING' THEN becomes ELSE state END, moving_from = NULL, "
                + "changed_at = :now FROM (SELECT value ->> 0 AS id, value ->> 1 AS target FROM json_each(:moved)) AS moved "
                + "WHERE asset.id = moved.id AND asset.target = moved.target "
                + "AND (state = 'ARRIVING' OR moving_from IS NOT NULL) RETURNING *")
            .bind("now", clock.instant()).bind("moved", Json.rows(moved, asset -> List.of(asset.id(), asset.target())))
            .mapTo(Asset.class).forEach(asset -> rested.put(asset.id(), asset));
        return rested;
    }

    /** The file was taken away before it was moved: it never came. A duplicate takes its place. */
    public void withdrawn(Asset asset) {
        ledger.change(h -> {
            int leaves = h.createUpdate("UPDATE asset SET becomes = 'REJECTED' WHERE id = :id AND state = 'ARRIVING'")
                .bind("id", asset.id()).execute();
            if (leaves == 1) {
                Copies.inherit(h, asset, clock.instant());
                h.createUpdate("DELETE FROM asset WHERE id = :id").bind("id", asset.id()).execute();
            }
        });
    }

    /** The file that is on its way from this place, if its move was cut off or is under way. */
    public Optional<Asset> arrivingFrom(String source) {
        return ledger.read(h -> h.createQuery("SELECT * FROM asset WHERE source = :source AND state = 'ARRIVING' "
                + "AND moving_from IS NULL")
            .bind("source", source).mapTo(Asset.class).findOne());
    }

    /** Files whose move was begun before the given moment and is not recorded as done, oldest first. */
    public List<Asset> unmoved(Instant before, int atMost) {
        return ledger.read(h -> h.createQuery("SELECT * FROM asset WHERE (state = 'ARRIVING' OR moving_from IS NOT NULL) "
                + "AND changed_at < :before ORDER BY changed_at LIMIT :most")
            .bind("before", before).bind("most", atMost).mapTo(Asset.class).list());
    }

    /**
     * Sets a waiting file aside, and its duplicates with it.
     *
     * @return all of them, as they are to be moved; nothing if it is not waiting any more
     */
    public List<Asset> setAside(Asset asset, String reason, Targets targets) {
        return ledger.write(h -> leavesQueue(h, asset)
            ? ledger.endings().settle(h, asset, Optional.of(reason), targets) : List.of());
    }

    /** The same for one whose bytes are gone or spoilt. A duplicate still has them: it takes its place and waits on. */
    public List<Asset> lost(Asset asset, String reason, Targets targets) {
        return ledger.write(h -> {
            if (!leavesQueue(h, asset)) {
                return List.of();
            }
            Copies.inherit(h, asset, clock.instant());
            return ledger.endings().settle(h, asset, Optional.of(reason), targets);
        });
    }

    /**
     * A waiting image's bytes changed: writes down what they are now. One that became the copy of another is its
     * duplicate from now on; one that had duplicates is followed by the oldest of them.
     *
     * @return the image as it is now, perhaps with a next move
     */
    public Asset changed(Asset asset, long size, Instant modified, String sha256, long crc32, Targets targets) {
        return ledger.write(h -> {
            Optional<Asset> first = Copies.first(h, asset.datasetId(), sha256).filter(other -> other.id() != asset.id());
            int changed = h.createUpdate("UPDATE asset SET size = :size, modified = :modified, sha256 = :sha256, "
                    + "crc32 = :crc32, first_id = :first, state = :state, becomes = :state, changed_at = :now "
                    + "WHERE id = :id AND state = 'ACCEPTED'")
                .bind("size", size).bind("modified", modified).bind("sha256", sha256).bind("crc32", crc32)
                .bind("first", first.map(Asset::id)).bind("now", clock.instant()).bind("id", asset.id())
                .bind("state", first.isPresent() ? AssetState.DUPLICATE : AssetState.ACCEPTED).execute();
            if (changed == 1 && !sha256.equals(asset.sha256())) {
                Copies.inherit(h, asset, clock.instant());
            }
            touch(h, asset.datasetId());
            Asset now = get(h, asset.id());
            return changed == 1 && first.isPresent() ? ledger.endings().shareFate(h, now, targets) : now;
        });
    }

    /** The image of this name in the batch is not what was accepted, though size and time say so: it is to be looked at anew. */
    public void suspect(Batch batch, String sentName) {
        ledger.change(h -> h.createUpdate("UPDATE asset SET modified = :never WHERE batch_id = :batch AND sent_name = :name")
            .bind("never", Instant.EPOCH).bind("batch", batch.id()).bind("name", sentName).execute());
    }

    /** The images that wait for a batch, in the order of their arrival. */
    public List<Asset> waiting(long datasetId) {
        return ledger.read(h -> h.createQuery("SELECT * FROM asset WHERE dataset_id = :dataset AND kind = 'IMAGE' "
                + "AND state = 'ACCEPTED' ORDER BY id")
            .bind("dataset", datasetId).mapTo(Asset.class).list());
    }

    /** The captions that wait for an image, in the order of their arrival. */
    public List<Asset> waitingCaptions(long datasetId) {
        return ledger.read(h -> h.createQuery("SELECT * FROM asset WHERE dataset_id = :dataset AND kind = 'CAPTION' "
                + "AND state IN ('ARRIVING', 'ACCEPTED', 'BATCHED') ORDER BY id")
            .bind("dataset", datasetId).mapTo(Asset.class).list());
    }

    /** The image of which this one is a duplicate. */
    public Optional<Asset> firstCopy(Asset duplicate) {
        return ledger.read(h -> duplicate.firstId().map(id -> get(h, id)));
    }

    /** Images and captions that were set aside, newest first. */
    public List<Asset> rejected(long datasetId, int atMost) {
        return ledger.read(h -> h.createQuery("SELECT * FROM asset WHERE dataset_id = :dataset AND state = 'REJECTED' "
                + "ORDER BY changed_at DESC, id DESC LIMIT :most")
            .bind("dataset", datasetId).bind("most", atMost).mapTo(Asset.class).list());
    }

    /** How many images of the dataset are in which state. */
    public Tally tally(long datasetId) {
        return ledger.read(h -> tallies(h, Optional.of(datasetId))).getOrDefault(datasetId, Tally.NONE);
    }

    /** The same for every dataset that has images, by the dataset's id. */
    public Map<Long, Tally> tallies() {
        return ledger.read(h -> tallies(h, Optional.empty()));
    }

    /**
     * Names of datasets whose accepted images should have gone by now: nothing came since the given moment, no batch
     * is under way, and no pause is on.
     */
    public List<String> overdueDatasets(Instant quietSince) {
        return ledger.read(h -> h.createQuery("SELECT d.name FROM dataset d WHERE d.last_arrival < :quiet "
                + "AND (d.retry_at IS NULL OR d.retry_at <= :now) "
                + "AND EXISTS (SELECT 1 FROM asset a WHERE a.dataset_id = d.id AND a.state = 'ACCEPTED' AND a.kind = 'IMAGE') "
                + "AND NOT EXISTS (SELECT 1 FROM batch b WHERE b.dataset_id = d.id "
                + "AND b.state IN ('CLAIMED', 'SENT', 'IN_DOUBT'))")
            .bind("quiet", quietSince).bind("now", clock.instant()).mapTo(String.class).list());
    }

    /** The images that are in the dataset. */
    List<Asset> uploaded(Handle h, long datasetId) {
        return h.createQuery("SELECT * FROM asset WHERE dataset_id = :dataset AND kind = 'IMAGE' AND state = 'UPLOADED' "
            + "ORDER BY id").bind("dataset", datasetId).mapTo(Asset.class).list();
    }

    /** Whether it waited until now; as a rejected one it does not count any more. */
    private static boolean leavesQueue(Handle h, Asset asset) {
        return h.createUpdate("UPDATE asset SET state = 'REJECTED' WHERE id = :id AND state = 'ACCEPTED'")
            .bind("id", asset.id()).execute() == 1;
    }

    void touch(Handle h, long datasetId) {
        h.createUpdate("UPDATE dataset SET last_arrival = :now WHERE id = :id")
            .bind("now", clock.instant()).bind("id", datasetId).execute();
    }

    private static Map<Long, Tally> tallies(Handle h, Optional<Long> ofOne) {
        Map<Long, Map<AssetState, Integer>> counts = new HashMap<>();
        h.createQuery("SELECT dataset_id, state, count(*) AS n FROM asset WHERE kind = 'IMAGE'"
                + (ofOne.isPresent() ? " AND dataset_id = :dataset" : "") + " GROUP BY dataset_id, state")
            .bindMap(ofOne.map(id -> Map.<String, Object>of("dataset", id)).orElse(Map.of()))
            .map((rows, context) -> counts.computeIfAbsent(rows.getLong("dataset_id"), id -> new EnumMap<>(AssetState.class))
                .put(AssetState.valueOf(rows.getString("state")), rows.getInt("n")))
            .list();
        Map<Long, Tally> tallies = new HashMap<>();
        counts.forEach((id, images) -> tallies.put(id, new Tally(images)));
        return tallies;
    }

    static Asset get(Handle h, long id) {
        return h.createQuery("SELECT * FROM asset WHERE id = :id").bind("id", id).mapTo(Asset.class).one();
    }
}
