package org.dropfolder.pipeline;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.dropfolder.ideogram.DatasetDetail;
import org.dropfolder.image.FileNames;
import org.dropfolder.image.Reason;
import org.dropfolder.ledger.Arrival;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetKind;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.store.Dropped;
import org.dropfolder.store.ImageStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks once more at what waits, right before a batch claims it. Thread safe. */
public final class Sifter {
    private static final Logger LOG = LoggerFactory.getLogger(Sifter.class);

    private final Ledger ledger;
    private final ImageStore store;
    private final Examiner examiner;
    private final Mover mover;
    private final Places places;

    public Sifter(Ledger ledger, ImageStore store, Examiner examiner, Mover mover, Places places) {
        this.ledger = ledger;
        this.store = store;
        this.examiner = examiner;
        this.mover = mover;
        this.places = places;
    }

    /**
     * Whether every waiting image and caption is still what was accepted. A program that still had the file open when it was
     * moved goes on writing it: such a file is accepted anew, and nothing of the dataset goes until it stands still and is
     * whole.
     *
     * @throws IOException if what changed can't be read
     */
    public boolean steady(Dataset dataset) throws IOException {
        boolean steady = true;
        for (Asset asset : ledger.assets().waiting(dataset.id())) {
            steady &= steady(dataset, asset);
        }
        for (Asset caption : ledger.assets().waitingCaptions(dataset.id())) {
            steady &= caption.state() != AssetState.ACCEPTED || steady(dataset, caption);
        }
        return steady;
    }

    private boolean steady(Dataset dataset, Asset asset) throws IOException {
        Optional<Dropped> now = store.lookTarget(asset.target());
        if (now.isPresent() && Examiner.same(asset, now.get())) {
            return true;
        }
        if (now.isPresent() && !examiner.differs(asset)) {
            return false; // it changes just now
        }
        Optional<Examined> read = examiner.examineAgain(dataset, asset);
        if (read.isEmpty()) {
            Optional<String> trouble = store.dataTrouble();
            if (trouble.isPresent()) {
                // with the folder all that is in it is gone, and comes back with it
                throw new IOException("Could not look at " + asset.target() + ": " + trouble.get());
            }
            lose(asset, Reason.takenAway(asset.name()).text());
        } else if (read.get().finding() == Examined.Finding.COMPLETE) {
            acceptAnew(asset, read.get().arrival().orElseThrow());
        }
        return read.isEmpty();
    }

    /**
     * Sets aside, or puts into the next dataset, what finds no room in this one, which others may have filled; the earliest
     * have the first right.
     *
     * @return whether there is room for any
     * @throws IOException if what is set aside can't be moved now
     */
    public boolean roomFor(Dataset dataset, DatasetDetail listing) throws IOException {
        int room = Math.max(0, Intake.DATASET_HOLDS - listing.imageCount());
        List<Asset> waiting = ledger.assets().waiting(dataset.id());
        for (Asset image : waiting.subList(Math.min(room, waiting.size()), waiting.size())) {
            if (ledger.datasets().overflow(image, Intake.DATASET_HOLDS)) {
                LOG.info("{}: no room for {}, which goes into the next", dataset.name(), FileNames.printable(image.name()));
            } else {
                setAside(image, Reason.datasetFull(image.name(), dataset.name()));
            }
        }
        return room > 0;
    }

    private void acceptAnew(Asset asset, Arrival arrival) throws IOException {
        LOG.info("{} changed after it was accepted: it is looked at anew", FileNames.printable(asset.target()));
        if (arrival.reason().isPresent()) {
            lose(asset, arrival.reason().get());
        } else if (arrival.kind() != asset.kind()) {
            // an image that is to be converted now, say: what was set aside and is of use is found by the next look
            lose(asset, Reason.rewritten(asset.name()).text());
        } else if (asset.kind() == AssetKind.CAPTION) {
            ledger.aside().captionChanged(asset, arrival);
        } else {
            ledger.pictures().keep(arrival);
            mover.place(ledger.assets().changed(asset, arrival.size(), arrival.modified(), arrival.sha256(), arrival.crc32(),
                places.of(asset.datasetId())));
        }
    }

    private void setAside(Asset image, Reason reason) throws IOException {
        settle(ledger.assets().setAside(image, reason.text(), places.of(image.datasetId())));
    }

    /** Its bytes are gone or spoilt; a duplicate still has them, and takes its place. */
    private void lose(Asset asset, String reason) throws IOException {
        settle(ledger.assets().lost(asset, reason, places.of(asset.datasetId())));
    }

    private void settle(List<Asset> aside) throws IOException {
        for (Asset image : aside) {
            LOG.info("{} set aside: {}", FileNames.printable(image.source()), image.reason().orElse(""));
            mover.place(image);
        }
    }
}
