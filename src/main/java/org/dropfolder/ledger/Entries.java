package org.dropfolder.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Writes down what arrives: what becomes of it, and under which name it goes. Part of its caller's transaction. */
final class Entries {
    private Entries() { }

    /**
     * How much a dataset holds.
     *
     * @param limit      images
     * @param fullReason why an image beyond it is set aside
     * @param next       names at Ideogram for a dataset that takes it instead; empty where none does
     */
    record Capacity(int limit, String fullReason, Optional<Function<String, List<String>>> next) { }

    /**
     * A new row.
     *
     * @param from where it lies below the data folder; nothing where it lies in the inbox
     */
    static Asset write(Handle h, Arrival arrival, Optional<String> from, Capacity capacity, Targets targets, Instant now) {
        Verdict verdict = verdict(h, arrival, capacity, now);
        long id = nextId(h);
        AssetState rests = verdict.becomes == AssetState.REJECTED ? AssetState.REJECTED : AssetState.ACCEPTED;
        String target = Endings.target(h, targets, rests, id, arrival.name());
        Asset asset = insert(h, new Row(id, AssetState.ARRIVING, from, target, now), arrival, verdict, sentName(h, id, arrival, verdict));
        follow(h, arrival, verdict);
        return asset;
    }

    /**
     * The row of a file that rests in rejected/, or as a duplicate, written anew by the same rules; it stays in that state.
     *
     * @return false if it does not rest there any more
     */
    static boolean rewrite(Handle h, Asset asset, Arrival arrival, Capacity capacity, Instant now) {
        Verdict verdict = verdict(h, arrival, capacity, now);
        int changed = h.createUpdate("UPDATE asset SET dataset_id = :dataset, kind = :kind, becomes = :becomes, "
                + "size = :size, modified = :modified, version = :version, "
                + "sha256 = :sha256, crc32 = :crc32, caption = :caption, first_id = :first, batch_id = NULL, tries = 0, reason = :reason, "
                + "sent_name = NULL, sent_stem = NULL, arrived_at = :now, changed_at = :now "
                + "WHERE id = :id AND state IN ('REJECTED', 'DUPLICATE') AND moving_from IS NULL AND target = :target")
            .bind("dataset", verdict.dataset).bind("kind", arrival.kind()).bind("becomes", verdict.becomes)
            .bind("size", arrival.size()).bind("modified", arrival.modified())
            .bind("version", arrival.version()).bind("sha256", arrival.sha256()).bind("crc32", arrival.crc32())
            .bind("caption", arrival.caption())
            .bind("first", verdict.first).bind("reason", verdict.reason).bind("now", now).bind("id", asset.id())
            .bind("target", asset.target()).execute();
        if (changed == 1) {
            sentName(h, asset.id(), arrival, verdict).ifPresent(name -> name(h, asset.id(), name));
            follow(h, arrival, verdict);
            Containers.disown(h, asset, arrival.sha256());
        }
        return changed == 1;
    }

    private static Optional<String> sentName(Handle h, long id, Arrival arrival, Verdict verdict) {
        if (verdict.becomes == AssetState.REJECTED || arrival.sentNames().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(verdict.becomes == AssetState.ACCEPTED ? free(h, verdict.dataset, arrival.sentNames(), id) : arrival.sentNames().get(0));
    }

    private static void follow(Handle h, Arrival arrival, Verdict verdict) {
        if (verdict.chained && verdict.becomes == AssetState.ACCEPTED && arrival.kind() == AssetKind.IMAGE) {
            Chain.follow(h, verdict.dataset, arrival.stem());
        }
    }

    static void name(Handle h, long id, String name) {
        h.createUpdate("UPDATE asset SET sent_name = :name, sent_stem = :stem WHERE id = :id")
            .bind("name", name).bind("stem", stem(name)).bind("id", id).execute();
    }

    /** The first of these names that the dataset does not have; where it has them all, one that the row's id makes new. */
    static String free(Handle h, long datasetId, List<String> names, long id) {
        return names.stream().filter(name -> h.createQuery("SELECT count(*) FROM asset WHERE dataset_id = :dataset "
                + "AND sent_stem = :stem AND " + Copies.LIVE)
            .bind("dataset", datasetId).bind("stem", stem(name)).mapTo(int.class).one() == 0)
            .findFirst().orElseGet(() -> id + "-" + names.get(0));
    }

    /**
     * A new row of a file that lies in the data folder already. It does not count before its state is decided.
     *
     * @return its id
     */
    static long writeFound(Handle h, Find find, Instant now) {
        Verdict uncounted = new Verdict(find.arrival().dataset().id(), AssetState.REJECTED, find.arrival().reason(), Optional.empty(), false);
        long id = nextId(h);
        insert(h, new Row(id, AssetState.REJECTED, Optional.empty(), find.target(), now), find.arrival(), uncounted, Optional.empty());
        return id;
    }

    private static Verdict verdict(Handle h, Arrival arrival, Capacity capacity, Instant now) {
        long own = arrival.dataset().id();
        if (arrival.reason().isPresent()) {
            return new Verdict(own, AssetState.REJECTED, arrival.reason(), Optional.empty(), false);
        }
        if (arrival.kind() != AssetKind.IMAGE) {
            return Verdict.accepted(arrival.kind() == AssetKind.CAPTION ? Chain.ofStem(h, own, arrival.stem()) : own, false);
        }
        Standing standing = standing(h, own, arrival.sha256());
        if (standing.known) {
            Asset first = Copies.firstInChain(h, own, arrival.sha256()).orElseThrow();
            return new Verdict(first.datasetId(), AssetState.DUPLICATE, Optional.empty(), Optional.of(first.id()), true);
        }
        if (standing.live < capacity.limit) {
            return Verdict.accepted(own, standing.chained);
        }
        return Chain.room(h, own, capacity.limit, capacity.next, now).map(dataset -> Verdict.accepted(dataset, true))
            .orElseGet(() -> new Verdict(own, AssetState.REJECTED, Optional.of(capacity.fullReason), Optional.empty(), false));
    }

    /** All that most images need to be judged by, in one look. */
    private static Standing standing(Handle h, long dataset, String sha256) {
        return h.createQuery("SELECT (SELECT count(*) FROM asset WHERE dataset_id = :dataset AND " + Copies.LIVE + ") AS live, "
                + "EXISTS (SELECT 1 FROM asset WHERE sha256 = :sha256 AND " + Copies.LIVE + " AND " + Chain.OF_DATASET + ") AS known, "
                + "EXISTS (SELECT 1 FROM dataset d WHERE coalesce(d.overflow_of, d.id) = "
                + "(SELECT coalesce(o.overflow_of, o.id) FROM dataset o WHERE o.id = :dataset) AND d.id <> :dataset) AS chained")
            .bind("dataset", dataset).bind("sha256", sha256)
            .map((row, context) -> new Standing(row.getInt("live"), row.getBoolean("known"), row.getBoolean("chained"))).one();
    }

    private static long nextId(Handle h) {
        return h.createQuery("SELECT coalesce(max(seq), 0) + 1 FROM sqlite_sequence WHERE name = 'asset'").mapTo(long.class).one();
    }

    private static Asset insert(Handle h, Row row, Arrival arrival, Verdict verdict, Optional<String> sentName) {
        return h.createQuery("INSERT INTO asset (id, dataset_id, kind, state, becomes, source, target, moving_from, stem, size, "
                + "modified, version, sha256, crc32, sent_name, sent_stem, caption, first_id, reason, arrived_at, changed_at) VALUES (:id, "
                + ":dataset, :kind, :state, :becomes, :source, :target, :from, :stem, :size, :modified, :version, :sha256, :crc32, "
                + ":name, :sentStem, :caption, :first, :reason, :now, :now) RETURNING *")
            .bind("id", row.id).bind("dataset", verdict.dataset).bind("kind", arrival.kind()).bind("state", row.state)
            .bind("becomes", verdict.becomes).bind("target", row.target).bind("from", row.from)
            .bind("source", arrival.source()).bind("stem", arrival.stem()).bind("size", arrival.size())
            .bind("modified", arrival.modified()).bind("version", arrival.version()).bind("sha256", arrival.sha256()).bind("crc32", arrival.crc32())
            .bind("name", sentName).bind("sentStem", sentName.map(Entries::stem))
            .bind("caption", arrival.caption()).bind("first", verdict.first).bind("reason", verdict.reason)
            .bind("now", row.now).mapTo(Asset.class).one();
    }

    /** Captions are matched by stem, so it is the stem that must be there once. */
    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return (dot > 0 ? name.substring(0, dot) : name).toLowerCase(Locale.ROOT);
    }

    /**
     * How a dataset stands to an image.
     *
     * @param live    images that count in it
     * @param known   whether its chain has this content
     * @param chained whether others are of its chain
     */
    private record Standing(int live, boolean known, boolean chained) { }

    /** What a new row says of itself, whatever arrives. */
    private record Row(long id, AssetState state, Optional<String> from, String target, Instant now) { }

    /** Whose a file is, what becomes of it, why, of what it is a copy, and whether captions may wait elsewhere in the chain. */
    private record Verdict(long dataset, AssetState becomes, Optional<String> reason, Optional<Long> first, boolean chained) {
        static Verdict accepted(long dataset, boolean chained) {
            return new Verdict(dataset, AssetState.ACCEPTED, Optional.empty(), Optional.empty(), chained);
        }
    }
}
