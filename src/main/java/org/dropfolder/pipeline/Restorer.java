package org.dropfolder.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dropfolder.image.Reason;
import org.dropfolder.ledger.Arrival;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetKind;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Find;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.store.ImageStore;
import org.dropfolder.store.Shelf;
import org.dropfolder.store.Shelved;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restores what a new ledger, or an older copy of one, does not know, from the files that lie in the data folder: what is
 * in done/ was uploaded, what is in pending/ waits, what is in rejected/ was set aside. Only rows are written here, and
 * files that are not where their rows put them are moved after that; so it may be cut off, and done again, at any time.
 */
public final class Restorer {
    private static final Logger LOG = LoggerFactory.getLogger(Restorer.class);
    /** What was uploaded comes first, so that what waits is known for its copy. */
    private static final List<Shelf> ORDER = List.of(Shelf.DONE, Shelf.PENDING, Shelf.REJECTED);

    private final Ledger ledger;
    private final ImageStore store;
    private final Intake intake;
    private final Mover mover;
    private final Places places;

    public Restorer(Ledger ledger, ImageStore store, Intake intake, Mover mover, Places places) {
        this.ledger = ledger;
        this.store = store;
        this.intake = intake;
        this.mover = mover;
        this.places = places;
    }

    /**
     * Takes up what the ledger does not know. Nothing may arrive, be sent or be trained meanwhile: what is not taken up yet
     * would count as new.
     */
    public void restore() {
        clearStaging();
        Map<Shelf, Integer> taken = new EnumMap<>(Shelf.class);
        for (Shelf shelf : ORDER) {
            try {
                store.list(shelf, page -> taken.merge(shelf, takeUp(shelf, page), Integer::sum));
            } catch (IOException e) {
                LOG.warn("{} What lies there counts as new when it is dropped again, until a start could look there.",
                    Words.failure("look through " + folder(shelf) + "/ in the data folder", e, "Look whether it may be read, and start again."));
            }
        }
        if (taken.values().stream().anyMatch(files -> files > 0)) {
            LOG.warn("The ledger did not know files in the data folder: it is new, or an older copy. What lies in done/ ({}) counts as "
                + "uploaded and is not sent again, what lies in pending/ ({}) goes on its way, what lies in rejected/ ({}) stays. "
                + "What Ideogram has already is looked up before anything is sent; a dataset that it has is trained only after "
                + "approval.", taken.getOrDefault(Shelf.DONE, 0), taken.getOrDefault(Shelf.PENDING, 0),
                taken.getOrDefault(Shelf.REJECTED, 0));
        }
    }

    /** What was being taken out of a container when the server stopped is taken out again. */
    private void clearStaging() {
        try {
            store.unstage(target -> ledger.finds().unknown(List.of(target)).isEmpty());
        } catch (IOException e) {
            LOG.warn("{} Nothing is lost by it.",
                Words.failure("clear what was half unpacked in the data folder", e, "Look whether it may be written."));
        }
    }

    /** Answers how many of a page were taken up. */
    private int takeUp(Shelf shelf, List<Shelved> page) {
        Set<String> unknown = ledger.finds().unknown(page.stream().map(shelved -> shelved.file().source()).toList());
        List<Find> finds = new ArrayList<>();
        for (Shelved shelved : page) {
            if (unknown.contains(shelved.file().source())) {
                find(shelf, shelved).ifPresent(finds::add);
            }
        }
        if (finds.isEmpty()) {
            return 0;
        }
        // a caption is judged by its image
        finds.sort(Comparator.comparing(find -> find.arrival().kind()));
        Dataset dataset = finds.get(0).arrival().dataset();
        List<Asset> moves = ledger.finds().takeUp(finds, places::isThere, places.of(dataset));
        moves.forEach(mover::placeOrLeave);
        LOG.info("{}: took up {} files that lie in {}/ and that the ledger did not know", dataset.name(), finds.size(), folder(shelf));
        return finds.size();
    }

    private Optional<Find> find(Shelf shelf, Shelved shelved) {
        String target = shelved.file().source();
        try {
            Arrival arrival = intake.examineFound(shelved);
            boolean image = arrival.kind() == AssetKind.IMAGE;
            if (shelf == Shelf.DONE && image && arrival.sentNames().isEmpty()) {
                LOG.debug("{} is no image, and stays where somebody put it", target);
                return Optional.empty();
            }
            return Optional.of(switch (shelf) {
                case DONE -> new Find(arrival, target, AssetState.UPLOADED);
                case PENDING -> new Find(arrival, target, AssetState.ACCEPTED);
                case REJECTED -> new Find(arrival.withReason(reason(shelved)), target, AssetState.REJECTED);
            });
        } catch (IOException e) {
            LOG.warn("{} It counts as new when it is dropped again, until a start could read it.",
                Words.failure("read " + target + ", which the ledger does not know", e, "Look whether it may be read, and start again."));
            return Optional.empty();
        }
    }

    /** What the note beside it says. One that was cut off before its note was written gets one. */
    private String reason(Shelved shelved) throws IOException {
        String target = shelved.file().source();
        Optional<String> told = store.explanation(target).filter(line -> !line.isBlank());
        if (told.isEmpty()) {
            store.explain(target, Reason.forgotten(shelved.name()).text());
        }
        return told.orElse(Reason.forgotten(shelved.name()).text());
    }

    private static String folder(Shelf shelf) {
        return shelf.name().toLowerCase(Locale.ROOT);
    }
}
