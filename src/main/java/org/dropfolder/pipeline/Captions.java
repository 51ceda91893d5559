package org.dropfolder.pipeline;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dropfolder.image.FileNames;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Claimed;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.store.ImageStore;

/**
 * Holds images back whose captions are on their way: a caption travels with its image or not at all, and a large folder
 * is taken in while it is still being read. Thread safe.
 */
public final class Captions {
    private final Ledger ledger;
    private final ImageStore store;
    private final Duration wait;
    private final Clock clock;

    /** @param wait how long an image waits for a caption that lies in the inbox and is not taken */
    public Captions(Ledger ledger, ImageStore store, Duration wait, Clock clock) {
        this.ledger = ledger;
        this.store = store;
        this.wait = wait;
        this.clock = clock;
    }

    /**
     * Whether no waiting image of the dataset has a caption beside where it was dropped. The caption's own arrival wakes
     * the batch again.
     *
     * @throws IOException if the inbox can't be looked at
     */
    public boolean haveCome(Dataset dataset) throws IOException {
        return noneLiesInTheInbox(ledger.assets().waiting(dataset.id()));
    }

    /**
     * The same for what a batch has claimed: images that were accepted meanwhile are among it. If a caption is still on its
     * way, the claim is given up, and the caption's own arrival wakes the batch again.
     *
     * @throws IOException if the inbox can't be looked at
     */
    public boolean travelWith(Claimed claimed) throws IOException {
        // first the inbox: what leaves it while it is looked at has its row in the ledger by then
        if (!noneLiesInTheInbox(claimed.images()) || anyArrives(claimed)) {
            ledger.batches().neverSent(claimed.batch(), "A caption of it was still on its way.");
            return false;
        }
        return true;
    }

    private boolean anyArrives(Claimed claimed) {
        return ledger.assets().waitingCaptions(claimed.batch().datasetId()).stream().filter(caption -> caption.state() != AssetState.BATCHED)
            .anyMatch(caption -> claimed.images().stream().anyMatch(image -> image.stem().equals(caption.stem())));
    }

    /** Looks through each folder once, however many of the images came from there: a caption's name may be spelled in many ways. */
    private boolean noneLiesInTheInbox(List<Asset> images) throws IOException {
        Map<String, Set<String>> stems = new HashMap<>();
        Map<String, String> sources = new HashMap<>();
        for (Asset image : images) {
            if (image.arrivedAt().plus(wait).isAfter(clock.instant())) {
                String folder = FileNames.beside(image.source(), "");
                stems.computeIfAbsent(folder, none -> new HashSet<>()).add(image.stem());
                sources.putIfAbsent(folder, image.source());
            }
        }
        for (Map.Entry<String, Set<String>> folder : stems.entrySet()) {
            if (store.liesBeside(sources.get(folder.getKey()), name -> FileNames.caption(name) && !FileNames.junk(name)
                    && folder.getValue().contains(FileNames.stemKey(folder.getKey() + name)))) {
                return false;
            }
        }
        return true;
    }
}
