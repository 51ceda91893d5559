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
     * A new row without its target, which is made from its id.
     *
     * @param from where it lies below the data folder; nothing where it lies in the inbox
     * @return its id
     */
    static long write(Handle h, Arrival arrival, Optional<String> from, Capacity capacity, Instant now) {
        Verdict verdict = verdict(h, arrival, capacity, now);
        long id = insert(h, arrival, verdict, AssetState.ARRIVING, from, now);
        name(h, id, arrival, verdict);
        return id;
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
            name(h, asset.id(), arrival, verdict);
            Containers.disown(h, asset, arrival.sha256());
        }
        return changed == 1;
    }

    private static void name(Handle h, long id, Arrival arrival, Verdict verdict) {
        if (verdict.becomes != AssetState.REJECTED && !arrival.sentNames().isEmpty()) {
            name(h, id, verdict.becomes == AssetState.ACCEPTED ? free(h, verdict.dataset, arrival.sentNames(), id) : arrival.sentNames().get(0));
        }
        if (verdict.becomes == AssetState.ACCEPTED && arrival.kind() == AssetKind.IMAGE) {
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
        Verdict uncounted = new Verdict(find.arrival().dataset().id(), AssetState.REJECTED, find.arrival().reason(), Optional.empty());
        long id = insert(h, find.arrival(), uncounted, AssetState.REJECTED, Optional.empty(), now);
        h.createUpdate("UPDATE asset SET target = :target WHERE id = :id").bind("target", find.target()).bind("id", id).execute();
        return id;
    }

    private static Verdict verdict(Handle h, Arrival arrival, Capacity capacity, Instant now) {
        long own = arrival.dataset().id();
        if (arrival.reason().isPresent()) {
            return new Verdict(own, AssetState.REJECTED, arrival.reason(), Optional.empty());
        }
        if (arrival.kind() != AssetKind.IMAGE) {
            return Verdict.accepted(arrival.kind() == AssetKind.CAPTION ? Chain.ofStem(h, own, arrival.stem()) : own);
        }
        Optional<Asset> first = Copies.firstInChain(h, own, arrival.sha256());
        if (first.isPresent()) {
            return new Verdict(first.get().datasetId(), AssetState.DUPLICATE, Optional.empty(), first.map(Asset::id));
        }
        return Chain.room(h, own, capacity.limit, capacity.next, now).map(Verdict::accepted)
            .orElseGet(() -> new Verdict(own, AssetState.REJECTED, Optional.of(capacity.fullReason), Optional.empty()));
    }

    private static long insert(Handle h, Arrival arrival, Verdict verdict, AssetState state, Optional<String> from, Instant now) {
        return h.createUpdate("INSERT INTO asset (dataset_id, kind, state, becomes, source, target, moving_from, stem, size, "
                + "modified, version, sha256, crc32, caption, first_id, reason, arrived_at, changed_at) VALUES (:dataset, "
                + ":kind, :state, :becomes, :source, '', :from, :stem, :size, :modified, :version, :sha256, :crc32, "
                + ":caption, :first, :reason, :now, :now)")
            .bind("dataset", verdict.dataset).bind("kind", arrival.kind()).bind("state", state)
            .bind("becomes", verdict.becomes).bind("from", from)
            .bind("source", arrival.source()).bind("stem", arrival.stem()).bind("size", arrival.size())
            .bind("modified", arrival.modified()).bind("version", arrival.version()).bind("sha256", arrival.sha256()).bind("crc32", arrival.crc32())
            .bind("caption", arrival.caption()).bind("first", verdict.first).bind("reason", verdict.reason)
            .bind("now", now).executeAndReturnGeneratedKeys("id").mapTo(long.class).one();
    }

    /** Captions are matched by stem, so it is the stem that must be there once. */
    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return (dot > 0 ? name.substring(0, dot) : name).toLowerCase(Locale.ROOT);
    }

    /** Whose a file is, what becomes of it, why, and of what it is a copy. */
    private record Verdict(long dataset, AssetState becomes, Optional<String> reason, Optional<Long> first) {
        static Verdict accepted(long dataset) {
            return new Verdict(dataset, AssetState.ACCEPTED, Optional.empty(), Optional.empty());
        }
    }
}
