package org.dropfolder.pipeline;

import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.store.ImageStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.NoSuchFileException;

/**
 * Brings files to where the ledger says they belong: the move of row, move, row. Safe to do again: a move that was
 * cut off is finished, one that is done already counts as done. Thread safe.
 */
public final class Mover {
    private static final Logger LOG = LoggerFactory.getLogger(Mover.class);

    private final Ledger ledger;
    private final ImageStore store;
    private final Places places;

    public Mover(Ledger ledger, ImageStore store, Places places) {
        this.ledger = ledger;
        this.store = store;
        this.places = places;
    }

    /**
     * Moves the file until it is where it belongs, and writes that down.
     *
     * @return the file at rest; one that was taken out of the inbox by somebody else is still
     *         {@link AssetState#ARRIVING}, and the ledger has forgotten it
     * @throws IOException if it can't be moved now; the ledger knows that it still has to be
     */
    public Asset place(Asset asset) throws IOException {
        Asset now = asset;
        while (now.state() == AssetState.ARRIVING || now.movingFrom().isPresent()) {
            if (!move(now)) {
                ledger.assets().withdrawn(now);
                LOG.info("{} was taken out of the inbox again", now.source());
                return now;
            }
            explain(now);
            now = ledger.assets().rested(now, places.of(now.datasetId()));
        }
        return now;
    }

    /** Answers whether the file is there now. */
    private boolean move(Asset asset) throws IOException {
        if (asset.state() == AssetState.ARRIVING) {
            try {
                store.take(asset.source(), asset.target());
                return true;
            } catch (NoSuchFileException e) {
                return false;
            }
        }
        String from = asset.movingFrom().orElseThrow();
        try {
            store.move(from, asset.target());
        } catch (NoSuchFileException e) {
            LOG.warn("Could not move {} to {}: it is in neither place. Somebody took it out of the data folder; "
                + "put it back from a copy if it is missed.", from, asset.target());
        }
        return true;
    }

    private void explain(Asset asset) throws IOException {
        if (asset.reason().isPresent()) {
            store.explain(asset.target(), asset.reason().get());
        }
    }
}
