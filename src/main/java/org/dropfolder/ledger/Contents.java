package org.dropfolder.ledger;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The images that count in a dataset, as its caller's transaction sees them: a hundred at most, so they are read at once and looked
 * through in memory for all that arrive together.
 */
final class Contents {
    private final Map<String, Long> ids = new HashMap<>();
    private final Set<String> stems = new HashSet<>();

    private Contents() { }

    static Contents of(Handle h, long dataset) {
        Contents contents = new Contents();
        h.createQuery("SELECT id, sha256, sent_stem FROM asset WHERE dataset_id = :dataset AND " + Copies.LIVE).bind("dataset", dataset)
            .map((row, context) -> contents.put(row.getLong("id"), row.getString("sha256"), Optional.ofNullable(row.getString("sent_stem"))))
            .list();
        return contents;
    }

    /** One more is written down. */
    void add(Asset image) {
        put(image.id(), image.sha256(), image.sentName().map(Entries::stem));
    }

    private Contents put(long id, String sha256, Optional<String> stem) {
        ids.put(sha256, id);
        stem.ifPresent(stems::add);
        return this;
    }

    int size() {
        return ids.size();
    }

    /** The image of this content. */
    Optional<Long> withContent(String sha256) {
        return Optional.ofNullable(ids.get(sha256));
    }

    /** The first of these names that none has; where all are taken, one that the row's id makes new. */
    String free(List<String> names, long id) {
        return names.stream().filter(name -> !stems.contains(Entries.stem(name))).findFirst().orElseGet(() -> id + "-" + names.get(0));
    }
}
