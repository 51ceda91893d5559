package org.dropfolder.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * A dataset and those that take what finds no room in it: {@code cats}, {@code cats 2}, {@code cats 3}. A content is in a chain
 * once. Part of its caller's transaction.
 */
final class Chain {
    /** A row's dataset is of the same chain as {@code :dataset}. */
    static final String OF_DATASET = "dataset_id IN (SELECT c.id FROM dataset c WHERE coalesce(c.overflow_of, c.id) = "
        + "(SELECT coalesce(o.overflow_of, o.id) FROM dataset o WHERE o.id = :dataset))";
    /** Leaves room, up to the 255 bytes of a folder's name, for what is put behind it. */
    private static final int NAME_BYTES = 240;

    private Chain() { }

    /**
     * The dataset that an image goes into: this one if it has room, else the first behind it in its chain that has, else a new
     * one; none where nothing follows a full one.
     *
     * @param limit images that a dataset holds
     * @param next  names at Ideogram for a dataset of this name, of which one is free
     */
    static Optional<Long> room(Handle h, long dataset, int limit, Optional<Function<String, List<String>>> next, Instant now) {
        if (hasRoom(h, dataset, limit)) {
            return Optional.of(dataset);
        }
        return next.map(names -> behind(h, dataset).stream().filter(id -> hasRoom(h, id, limit)).findFirst()
            .orElseGet(() -> begin(h, dataset, names, now)));
    }

    /** Whether another dataset is of this one's chain. */
    static boolean isLong(Handle h, long dataset) {
        return h.createQuery("SELECT EXISTS (SELECT 1 FROM dataset d WHERE coalesce(d.overflow_of, d.id) = "
                + "(SELECT coalesce(o.overflow_of, o.id) FROM dataset o WHERE o.id = :dataset) AND d.id <> :dataset)")
            .bind("dataset", dataset).mapTo(boolean.class).one();
    }

    /** The same for an image that this dataset can't hold, though the ledger may count room there. */
    static long roomBehind(Handle h, long dataset, int limit, Function<String, List<String>> next, Instant now) {
        return behind(h, dataset).stream().filter(id -> hasRoom(h, id, limit)).findFirst()
            .orElseGet(() -> begin(h, dataset, next, now));
    }

    /** A waiting image goes into another dataset of its chain, with its captions and copies. Its file stays where it is until it is sent. */
    static void goOn(Handle h, Asset image, long dataset, Instant now) {
        h.createUpdate("UPDATE asset SET dataset_id = :dataset, changed_at = :now, sent_name = NULL, sent_stem = NULL WHERE id = :id")
            .bind("dataset", dataset).bind("now", now).bind("id", image.id()).execute();
        Entries.name(h, image.id(), Entries.free(h, dataset, List.of(image.sentName().orElseThrow()), image.id()));
        h.createUpdate("UPDATE asset SET dataset_id = :dataset WHERE first_id = :id AND state IN ('ARRIVING', 'DUPLICATE')")
            .bind("dataset", dataset).bind("id", image.id()).execute();
        follow(h, dataset, image.stem());
    }

    /** The captions of an image's stem that wait anywhere in the chain go with it. */
    static void follow(Handle h, long dataset, String stem) {
        h.createUpdate("UPDATE asset SET dataset_id = :dataset WHERE kind = 'CAPTION' AND stem = :stem "
                + "AND state IN ('ARRIVING', 'ACCEPTED') AND dataset_id <> :dataset AND " + OF_DATASET)
            .bind("dataset", dataset).bind("stem", stem).execute();
    }

    /** The dataset of the chain in which the newest image of this stem waits; this one where none does. */
    static long ofStem(Handle h, long dataset, String stem) {
        return h.createQuery("SELECT dataset_id FROM asset WHERE kind = 'IMAGE' AND stem = :stem AND becomes = 'ACCEPTED' "
                + "AND state IN ('ARRIVING', 'ACCEPTED') AND " + OF_DATASET + " ORDER BY id DESC LIMIT 1")
            .bind("dataset", dataset).bind("stem", stem).mapTo(Long.class).findOne().orElse(dataset);
    }

    private static boolean hasRoom(Handle h, long dataset, int limit) {
        return h.createQuery("SELECT count(*) FROM asset WHERE dataset_id = :dataset AND " + Copies.LIVE)
            .bind("dataset", dataset).mapTo(int.class).one() < limit;
    }

    private static List<Long> behind(Handle h, long dataset) {
        return h.createQuery("SELECT id FROM dataset WHERE coalesce(overflow_of, id) = (SELECT coalesce(overflow_of, id) "
                + "FROM dataset WHERE id = :dataset) AND id > :dataset ORDER BY id")
            .bind("dataset", dataset).mapTo(Long.class).list();
    }

    /** A name that is a dataset of its own already is passed over. */
    private static long begin(Handle h, long dataset, Function<String, List<String>> remoteNames, Instant now) {
        Dataset full = Datasets.get(h, dataset);
        Dataset first = full.overflowOf().map(id -> Datasets.get(h, id)).orElse(full);
        int number = 2;
        while (isTaken(h, "folder_key", Dataset.keyOf(numbered(first.name(), number)))) {
            number++;
        }
        String name = numbered(first.name(), number);
        String remote = free(h, name, remoteNames.apply(name));
        return h.createUpdate("INSERT INTO dataset (name, folder_key, remote_name, overflow_of, state, last_arrival) "
                + "VALUES (:name, :key, :remote, :first, 'NEW', :now)")
            .bind("name", name).bind("key", Dataset.keyOf(name)).bind("remote", remote).bind("first", first.id()).bind("now", now)
            .executeAndReturnGeneratedKeys("id").mapTo(long.class).one();
    }

    /** The first of these names at Ideogram that no dataset has. */
    static String free(Handle h, String name, List<String> remoteNames) {
        return remoteNames.stream().filter(each -> !isTaken(h, "remote_name", each)).findFirst()
            .orElseThrow(() -> new IllegalStateException("Could not begin the dataset " + name + ": all its names at Ideogram are taken."));
    }

    private static boolean isTaken(Handle h, String column, String name) {
        return h.createQuery("SELECT count(*) FROM dataset WHERE " + column + " = :name").bind("name", name).mapTo(int.class).one() > 0;
    }

    private static String numbered(String name, int number) {
        String begin = name;
        while (begin.getBytes(StandardCharsets.UTF_8).length > NAME_BYTES) {
            begin = begin.substring(0, begin.offsetByCodePoints(begin.length(), -1));
        }
        return begin + " " + number;
    }
}
