package org.dropfolder.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Writes down what arrives: what becomes of it, and under which name it goes. Part of its caller's transaction; what it has read of
 * datasets is good for as long as nobody else writes in that.
 */
final class Entries {
    private final Handle h;
    private final Instant now;
    private final Map<Long, Boolean> chained = new HashMap<>();
    private final Map<Long, Contents> contents = new HashMap<>();
    private final List<Asset> unwritten = new ArrayList<>();
    private long lastId;

    Entries(Handle h, Instant now) {
        this.h = h;
        this.now = now.truncatedTo(ChronoUnit.MILLIS);
        this.lastId = h.createQuery("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'asset'").mapTo(long.class).one();
    }

    /**
     * How much a dataset holds.
     *
     * @param limit      images
     * @param fullReason why an image beyond it is set aside
     * @param next       names at Ideogram for a dataset that takes it instead; empty where none does
     */
    record Capacity(int limit, String fullReason, Optional<Function<String, List<String>>> next) { }

    /**
     * A file that arrives.
     *
     * @param from where it lies below the data folder; nothing where it lies in the inbox
     */
    record New(Arrival arrival, Optional<String> from, Capacity capacity, Targets targets) { }

    /** New rows, each as if those before it were there already. */
    List<Asset> write(List<New> all) {
        List<Asset> assets = all.stream().map(this::write).toList();
        flush();
        return assets;
    }

    private Asset write(New each) {
        Arrival arrival = each.arrival();
        Verdict verdict = verdict(arrival, each.capacity());
        long id = ++lastId;
        boolean rejected = verdict.becomes == AssetState.REJECTED;
        if (rejected) {
            // its place may be the one of a row before it
            flush();
        }
        String target = Endings.target(h, each.targets(), rejected ? AssetState.REJECTED : AssetState.ACCEPTED, id, arrival.name());
        Asset asset = row(id, AssetState.ARRIVING, each.from(), target, arrival, verdict);
        unwritten.add(asset);
        if (verdict.becomes == AssetState.ACCEPTED && arrival.kind() == AssetKind.IMAGE && contents.containsKey(verdict.dataset)) {
            contents.get(verdict.dataset).add(asset);
        }
        follow(arrival, verdict);
        return asset;
    }

    private Asset row(long id, AssetState state, Optional<String> from, String target, Arrival arrival, Verdict verdict) {
        return new Asset(id, verdict.dataset, arrival.kind(), state, verdict.becomes, arrival.source(), target, from, arrival.stem(),
            arrival.size(), arrival.modified().truncatedTo(ChronoUnit.MILLIS), arrival.version(), arrival.sha256(), arrival.crc32(),
            sentName(id, arrival, verdict), arrival.caption(), verdict.first, Optional.empty(), 0, verdict.reason, now);
    }

    /** What is read by statements must see the rows that are there by now. */
    private void flush() {
        if (unwritten.isEmpty()) {
            return;
        }
        PreparedBatch rows = h.prepareBatch("INSERT INTO asset (id, dataset_id, kind, state, becomes, source, target, moving_from, stem, size, "
            + "modified, version, sha256, crc32, sent_name, sent_stem, caption, first_id, reason, arrived_at, changed_at) VALUES (:id, "
            + ":dataset, :kind, :state, :becomes, :source, :target, :from, :stem, :size, :modified, :version, :sha256, :crc32, "
            + ":name, :sentStem, :caption, :first, :reason, :now, :now)");
        // as what SQLite keeps: to find out how an enum, a moment or what may be missing is bound took longer than to insert the row
        unwritten.forEach(asset -> rows.bind("id", asset.id()).bind("dataset", asset.datasetId()).bind("kind", asset.kind().name())
            .bind("state", asset.state().name()).bind("becomes", asset.becomes().name()).bind("source", asset.source())
            .bind("target", asset.target()).bind("from", asset.movingFrom().orElse(null)).bind("stem", asset.stem())
            .bind("size", asset.size()).bind("modified", asset.modified().toEpochMilli()).bind("version", asset.version())
            .bind("sha256", asset.sha256()).bind("crc32", asset.crc32()).bind("name", asset.sentName().orElse(null))
            .bind("sentStem", asset.sentName().map(Entries::stem).orElse(null)).bind("caption", asset.caption().orElse(null))
            .bind("first", asset.firstId().orElse(null)).bind("reason", asset.reason().orElse(null)).bind("now", now.toEpochMilli()).add());
        rows.execute();
        unwritten.clear();
    }

    /**
     * The row of a file that rests in rejected/, or as a duplicate, written anew by the same rules; it stays in that state.
     *
     * @return false if it does not rest there any more
     */
    boolean rewrite(Asset asset, Arrival arrival, Capacity capacity) {
        Verdict verdict = verdict(arrival, capacity);
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
            sentName(asset.id(), arrival, verdict).ifPresent(name -> name(h, asset.id(), name));
            follow(arrival, verdict);
            Containers.disown(h, asset, arrival.sha256());
        }
        return changed == 1;
    }

    private Optional<String> sentName(long id, Arrival arrival, Verdict verdict) {
        if (verdict.becomes == AssetState.REJECTED || arrival.sentNames().isEmpty()) {
            return Optional.empty();
        }
        if (verdict.becomes != AssetState.ACCEPTED) {
            return Optional.of(arrival.sentNames().get(0));
        }
        return Optional.of(verdict.chained ? free(h, verdict.dataset, arrival.sentNames(), id)
            : contents(verdict.dataset).free(arrival.sentNames(), id));
    }

    /** In a chain nothing that was read is good any more. */
    private void follow(Arrival arrival, Verdict verdict) {
        if (verdict.chained && verdict.becomes == AssetState.ACCEPTED && arrival.kind() == AssetKind.IMAGE) {
            flush();
            Chain.follow(h, verdict.dataset, arrival.stem());
            contents.clear();
            chained.clear();
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
    long writeFound(Find find) {
        Verdict uncounted = Verdict.rejected(find.arrival().dataset().id(), find.arrival().reason());
        Asset found = row(++lastId, AssetState.REJECTED, Optional.empty(), find.target(), find.arrival(), uncounted);
        unwritten.add(found);
        flush();
        return found.id();
    }

    private Verdict verdict(Arrival arrival, Capacity capacity) {
        long own = arrival.dataset().id();
        if (arrival.reason().isPresent()) {
            return Verdict.rejected(own, arrival.reason());
        }
        if (arrival.kind().isContainer()) {
            return Verdict.accepted(own, false);
        }
        boolean oneOfSeveral = chained.computeIfAbsent(own, dataset -> Chain.isLong(h, dataset));
        if (oneOfSeveral) {
            flush();
        }
        if (arrival.kind() == AssetKind.CAPTION) {
            return Verdict.accepted(oneOfSeveral ? Chain.ofStem(h, own, arrival.stem()) : own, oneOfSeveral);
        }
        return oneOfSeveral ? verdictInChain(arrival, capacity) : verdictAlone(arrival, capacity);
    }

    private Verdict verdictAlone(Arrival arrival, Capacity capacity) {
        long own = arrival.dataset().id();
        Optional<Long> first = contents(own).withContent(arrival.sha256());
        if (first.isPresent()) {
            return Verdict.duplicate(own, first.get());
        }
        if (contents(own).size() < capacity.limit) {
            return Verdict.accepted(own, false);
        }
        flush();
        return room(own, capacity);
    }

    private Verdict verdictInChain(Arrival arrival, Capacity capacity) {
        long own = arrival.dataset().id();
        return Copies.firstInChain(h, own, arrival.sha256()).map(first -> Verdict.duplicate(first.datasetId(), first.id()))
            .orElseGet(() -> room(own, capacity));
    }

    private Verdict room(long own, Capacity capacity) {
        return Chain.room(h, own, capacity.limit, capacity.next, now).map(dataset -> Verdict.accepted(dataset, true))
            .orElseGet(() -> Verdict.rejected(own, Optional.of(capacity.fullReason)));
    }

    private Contents contents(long dataset) {
        return contents.computeIfAbsent(dataset, id -> Contents.of(h, id));
    }

    /** Captions are matched by stem, so it is the stem that must be there once. */
    static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return (dot > 0 ? name.substring(0, dot) : name).toLowerCase(Locale.ROOT);
    }

    /** Whose a file is, what becomes of it, why, of what it is a copy, and whether it was found among the datasets of a chain. */
    private record Verdict(long dataset, AssetState becomes, Optional<String> reason, Optional<Long> first, boolean chained) {
        static Verdict accepted(long dataset, boolean chained) {
            return new Verdict(dataset, AssetState.ACCEPTED, Optional.empty(), Optional.empty(), chained);
        }

        static Verdict duplicate(long dataset, long first) {
            return new Verdict(dataset, AssetState.DUPLICATE, Optional.empty(), Optional.of(first), false);
        }

        static Verdict rejected(long dataset, Optional<String> reason) {
            return new Verdict(dataset, AssetState.REJECTED, reason, Optional.empty(), false);
        }
    }
}
