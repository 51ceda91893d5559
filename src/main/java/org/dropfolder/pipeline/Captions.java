package org.dropfolder.pipeline;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
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
        for (Asset image : ledger.assets().waiting(dataset.id())) {
            if (liesInTheInbox(image)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The same for what a batch has claimed: images that were accepted meanwhile are among it. If a caption is still on its
     * way, the claim is given up, and the caption's own arrival wakes the batch again.
     *
     * @throws IOException if the inbox can't be looked at
     */
    public boolean travelWith(Claimed claimed) throws IOException {
        List<Asset> captions = ledger.assets().waitingCaptions(claimed.batch().datasetId());
        for (Asset image : claimed.images()) {
            boolean arrives = captions.stream()
                .anyMatch(caption -> caption.state() != AssetState.BATCHED && caption.stem().equals(image.stem()));
            if (arrives || liesInTheInbox(image)) {
                ledger.batches().neverSent(claimed.batch(), "A caption of it was still on its way.");
                return false;
            }
        }
        return true;
    }

    private boolean liesInTheInbox(Asset image) throws IOException {
        if (!image.arrivedAt().plus(wait).isAfter(clock.instant())) {
            return false;
        }
        int dot = image.source().lastIndexOf('.');
        String stem = dot > image.source().lastIndexOf('/') ? image.source().substring(0, dot) : image.source();
        return store.look(stem + ".txt").isPresent() || store.look(stem + ".TXT").isPresent();
    }
}
