package org.dropfolder.status;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.dropfolder.ledger.Changes;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.LedgerException;

/** Tells in few words that something changed, for those who then ask what. For one thread. */
public final class Pulse {
    /** So many datasets are named; of more changes only is told that there were. */
    static final int NAMED = 100;

    private final Ledger ledger;
    private final Supplier<List<Status.OfTrouble>> troubles;
    private final Supplier<List<Upload>> uploads;
    private List<Upload> told = List.of();
    private long revision;
    private List<Status.OfTrouble> known;

    /**
     * @param ledger   what is told of from now on
     * @param troubles what keeps everything waiting now
     * @param uploads  how far the large requests are that are under way
     */
    public Pulse(Ledger ledger, Supplier<List<Status.OfTrouble>> troubles, Supplier<List<Upload>> uploads) {
        this.uploads = uploads;
        this.ledger = ledger;
        this.troubles = troubles;
        this.revision = ledger.changes().now();
        this.known = troubles.get();
    }

    /**
     * What changed since the one before.
     *
     * @param revision of the last change
     * @param datasets that changed; empty where only troubles did
     * @param all      whether more changed than are named: whoever shows any looks at all of them
     */
    public record Beat(long revision, List<String> datasets, boolean all) { }

    /** The revision that was told last. */
    public long revision() {
        return revision;
    }

    /**
     * What changed since this was called last; empty if nothing did. Costs one short query. A ledger that can't be read is
     * a trouble, and told of as one; what was missed comes later.
     */
    public Optional<Beat> next() {
        List<Status.OfTrouble> now = troubles.get();
        boolean troubled = !now.equals(known);
        known = now;
        List<Changes.Change> changes = changes();
        if (changes.isEmpty()) {
            return troubled ? Optional.of(new Beat(revision, List.of(), false)) : Optional.empty();
        }
        boolean all = changes.size() > NAMED;
        // what is behind the last that was read is told of with the next
        revision = changes.get(changes.size() - 1).revision();
        return Optional.of(new Beat(revision, all ? List.of() : changes.stream().map(Changes.Change::dataset).toList(), all));
    }

    /** How far the large requests are, all of them, where that differs from what this answered last; so the end of the last is told, too. */
    public Optional<List<Upload>> uploads() {
        List<Upload> now = uploads.get();
        boolean same = now.equals(told);
        told = now;
        return same ? Optional.empty() : Optional.of(now);
    }

    private List<Changes.Change> changes() {
        try {
            return ledger.changes().since(revision, NAMED + 1);
        } catch (LedgerException unreadable) {
            return List.of();
        }
    }
}
