package org.dropfolder.ledger;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/**
 * What is found that the ledger did not know: files that lie in the data folder, and waiting images that Ideogram lists.
 * Thread safe; each call is one transaction.
 */
public final class Finds {
    /** An image of the caption's stem is in the dataset, and none waits: the caption went with it. */
    private static final String GONE = "EXISTS (SELECT 1 FROM asset i WHERE i.dataset_id = c.dataset_id AND i.stem = c.stem "
        + "AND i.kind = 'IMAGE' AND i.state = 'UPLOADED') AND NOT EXISTS (SELECT 1 FROM asset i "
        + "WHERE i.dataset_id = c.dataset_id AND i.stem = c.stem AND i.kind = 'IMAGE' "
        + "AND i.state IN ('ARRIVING', 'ACCEPTED', 'BATCHED'))";

    private final Ledger ledger;
    private final Clock clock;

    Finds(Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Those of the targets at which no file is expected. */
    public Set<String> unknown(List<String> targets) {
        return ledger.read(h -> {
            Set<String> unknown = new HashSet<>(targets);
            for (String column : List.of("target", "moving_from")) {
                h.createQuery("SELECT " + column + " FROM asset WHERE " + column + " IS NOT NULL AND " + column + " IN (<targets>)")
                    .bindList("targets", targets).mapTo(String.class).list().forEach(unknown::remove);
            }
            return unknown;
        });
    }

    /**
     * Writes down files that lie where they belong. One that the ledger knows by its content, and misses where it believed
     * it to be, was moved on since: its row follows it. What lies in done/ is in the dataset, and so are its copies.
     *
     * @param isThere whether a file lies at this target
     * @return what is to be moved now
     */
    public List<Asset> takeUp(List<Find> finds, Predicate<String> isThere, Targets targets) {
        return ledger.write(h -> {
            List<Asset> moves = new ArrayList<>();
            Pictures.keep(h, finds.stream().map(Find::arrival).toList());
            for (Find find : finds) {
                Optional<Asset> missed = missed(h, find, isThere);
                missed.ifPresent(row -> follow(h, row, find));
                long id = missed.map(Asset::id).orElseGet(() -> new Entries(h, clock.instant()).writeFound(find));
                moves.addAll(decide(h, Assets.get(h, id), find, isThere, targets));
            }
            finds.stream().map(find -> find.arrival().dataset().id()).distinct().forEach(dataset -> ledger.history().tell(h,
                dataset, "files were found in the data folder that the ledger did not know"));
            return moves;
        });
    }

    /**
     * A waiting image is in the dataset already, as a listing tells: it is not sent. Its captions and duplicates go with it.
     *
     * @return all of them, as they are to be moved; nothing if it does not wait any more
     */
    public List<Asset> listed(Asset image, Targets targets) {
        return ledger.write(h -> {
            Asset waiting = Assets.get(h, image.id());
            if (waiting.state() != AssetState.ACCEPTED) {
                return List.of();
            }
            List<Asset> moves = new ArrayList<>(ledger.endings().settle(h, waiting, Optional.empty(), targets));
            h.createQuery("SELECT * FROM asset c WHERE dataset_id = :dataset AND stem = :stem AND kind = 'CAPTION' "
                    + "AND state = 'ACCEPTED' AND " + GONE)
                .bind("dataset", image.datasetId()).bind("stem", image.stem()).mapTo(Asset.class).list()
                .forEach(caption -> moves.add(ledger.endings().end(h, caption, Optional.empty(), targets)));
            ledger.history().tell(h, image.datasetId(), "was in the dataset already: " + image.line());
            return moves;
        });
    }

    /** A waiting image takes the first of these names that no other of our images has in the dataset. */
    public void rename(Asset image, List<String> names) {
        ledger.change(h -> {
            if (Assets.get(h, image.id()).state() == AssetState.ACCEPTED) {
                Entries.name(h, image.id(), Entries.free(h, image.datasetId(), names, image.id()));
            }
        });
    }

    /** The row whose file this is: of the same content, and without a file. One that is in the dataset stays so. */
    private static Optional<Asset> missed(Handle h, Find find, Predicate<String> isThere) {
        return h.createQuery("SELECT * FROM asset WHERE dataset_id = :dataset AND kind = :kind AND sha256 = :sha256 "
                + "AND (state <> 'UPLOADED' OR :rests = 'UPLOADED') ORDER BY first_id IS NOT NULL, state = 'REJECTED', id")
            .bind("dataset", find.arrival().dataset().id()).bind("kind", find.arrival().kind())
            .bind("sha256", find.arrival().sha256()).bind("rests", find.rests()).mapTo(Asset.class).list().stream()
            .filter(row -> !isThere.test(row.target()) && row.movingFrom().filter(isThere).isEmpty()).findFirst();
    }

    private void follow(Handle h, Asset row, Find find) {
        h.createUpdate("UPDATE asset SET target = :target, moving_from = NULL, size = :size, modified = :modified, "
                + "changed_at = :now WHERE id = :id")
            .bind("target", find.target()).bind("size", find.arrival().size()).bind("modified", find.arrival().modified())
            .bind("now", clock.instant()).bind("id", row.id()).execute();
    }

    private List<Asset> decide(Handle h, Asset asset, Find find, Predicate<String> isThere, Targets targets) {
        if (find.rests() == AssetState.REJECTED) {
            state(h, asset, AssetState.REJECTED, find.arrival().reason());
            Copies.inherit(h, asset, clock.instant());
            return List.of();
        }
        Optional<Asset> first = asset.kind() != AssetKind.IMAGE ? Optional.empty()
            : Copies.first(h, asset.datasetId(), asset.sha256()).filter(other -> other.id() != asset.id());
        if (first.isPresent()) {
            return asCopy(h, asset, first.get(), find, isThere, targets);
        }
        boolean counted = asset.becomes() == AssetState.ACCEPTED && asset.state() != AssetState.REJECTED;
        if (!counted && !find.arrival().sentNames().isEmpty()) {
            Entries.name(h, asset.id(), Entries.free(h, asset.datasetId(), find.arrival().sentNames(), asset.id()));
        }
        if (find.rests() == AssetState.UPLOADED) {
            state(h, asset, AssetState.UPLOADED, Optional.empty());
            return followers(h, asset, asset, isThere, targets);
        }
        // a batch that was under way goes on: what became of it is settled with it
        state(h, asset, asset.state() == AssetState.BATCHED ? AssetState.BATCHED : AssetState.ACCEPTED, Optional.empty());
        return unfit(h, asset, find, targets);
    }

    private List<Asset> asCopy(Handle h, Asset asset, Asset first, Find find, Predicate<String> isThere, Targets targets) {
        state(h, asset, AssetState.DUPLICATE, Optional.empty());
        h.createUpdate("UPDATE asset SET first_id = :first, sent_name = coalesce(sent_name, :name) WHERE id = :id")
            .bind("first", first.id()).bind("name", find.arrival().sentNames().stream().findFirst()).bind("id", asset.id())
            .execute();
        if (find.rests() == AssetState.ACCEPTED) {
            Asset shared = ledger.endings().shareFate(h, Assets.get(h, asset.id()), targets);
            return shared.movingFrom().isPresent() ? List.of(shared) : List.of();
        }
        if (first.state() == AssetState.UPLOADED) {
            return List.of();
        }
        List<Asset> moves = new ArrayList<>(List.of(ledger.endings().end(h, first, Optional.empty(), targets)));
        moves.addAll(followers(h, first, asset, isThere, targets));
        return moves;
    }

    /** The duplicates of an image that turned out to be in the dataset; those that moved on are found by themselves. */
    private List<Asset> followers(Handle h, Asset first, Asset but, Predicate<String> isThere, Targets targets) {
        return h.createQuery("SELECT * FROM asset WHERE first_id = :first AND state = 'DUPLICATE' AND moving_from IS NULL "
                + "AND id <> :but").bind("first", first.id()).bind("but", but.id()).mapTo(Asset.class).list().stream()
            .filter(duplicate -> isThere.test(duplicate.target()))
            .map(duplicate -> ledger.endings().end(h, duplicate, Optional.empty(), targets)).toList();
    }

    /** What lies in pending/ and can't be sent, or was sent already, does not stay there. */
    private List<Asset> unfit(Handle h, Asset asset, Find find, Targets targets) {
        boolean gone = asset.kind() == AssetKind.CAPTION && h.createQuery("SELECT count(*) FROM asset c WHERE id = :id AND " + GONE)
            .bind("id", asset.id()).mapTo(int.class).one() > 0;
        if (gone) {
            return List.of(ledger.endings().end(h, asset, Optional.empty(), targets));
        }
        return find.arrival().reason().isEmpty() ? List.of()
            : List.of(ledger.endings().end(h, asset, find.arrival().reason(), targets));
    }

    private void state(Handle h, Asset asset, AssetState state, Optional<String> reason) {
        AssetState becomes = state == AssetState.REJECTED || state == AssetState.DUPLICATE ? state : AssetState.ACCEPTED;
        h.createUpdate("UPDATE asset SET state = :state, becomes = :becomes, reason = :reason, "
                + "first_id = CASE WHEN :state = 'DUPLICATE' THEN first_id END, changed_at = :now WHERE id = :id")
            .bind("state", state).bind("becomes", becomes).bind("reason", reason).bind("now", clock.instant())
            .bind("id", asset.id()).execute();
    }
}
