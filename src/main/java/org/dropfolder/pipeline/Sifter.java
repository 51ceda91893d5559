package org.dropfolder.pipeline;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.dropfolder.ideogram.DatasetDetail;
import org.dropfolder.image.Content;
import org.dropfolder.image.Decoder;
import org.dropfolder.image.Reason;
import org.dropfolder.ledger.Asset;
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
     * Whether every waiting image is still what was accepted. A program that still had the file open when it was moved
     * goes on writing it: such an image is accepted anew, and nothing of the dataset goes until it stands still.
     *
     * @throws IOException if what changed can't be read
     */
    public boolean steady(Dataset dataset) throws IOException {
        boolean steady = true;
        for (Asset image : ledger.assets().waiting(dataset.id())) {
            Optional<Dropped> now = store.lookTarget(image.target());
            if (now.isEmpty()) {
                lose(image, Reason.takenAway(image.name()));
            } else if (!same(image, now.get())) {
                acceptAnew(image, now.get());
                steady = false;
            }
        }
        return steady;
    }

    /**
     * Sets aside what finds no room in the dataset, which others may have filled; the earliest have the first right.
     *
     * @return whether there is room for any
     * @throws IOException if what is set aside can't be moved now
     */
    public boolean roomFor(Dataset dataset, DatasetDetail listing) throws IOException {
        int room = Math.max(0, Intake.DATASET_HOLDS - listing.imageCount());
        List<Asset> waiting = ledger.assets().waiting(dataset.id());
        for (Asset image : waiting.subList(Math.min(room, waiting.size()), waiting.size())) {
            setAside(image, Reason.datasetFull(image.name(), dataset.name()));
        }
        return room > 0;
    }

    private void acceptAnew(Asset image, Dropped now) throws IOException {
        LOG.info("{} changed after it was accepted: it is looked at anew", image.target());
        Content content = Decoder.read(() -> store.openTarget(image.target()));
        Optional<Reason> fault = examiner.fault(image.name(), content);
        if (fault.isPresent()) {
            lose(image, fault.get());
        } else {
            mover.place(ledger.assets().changed(image, content.size(), now.modified(), content.sha256(), content.crc32(),
                places.of(image.datasetId())));
        }
    }

    private void setAside(Asset image, Reason reason) throws IOException {
        settle(ledger.assets().setAside(image, reason.text(), places.of(image.datasetId())));
    }

    /** Its bytes are gone or spoilt; a duplicate still has them, and takes its place. */
    private void lose(Asset image, Reason reason) throws IOException {
        settle(ledger.assets().lost(image, reason.text(), places.of(image.datasetId())));
    }

    private void settle(List<Asset> aside) throws IOException {
        for (Asset image : aside) {
            LOG.info("{} set aside: {}", image.source(), image.reason().orElse(""));
            mover.place(image);
        }
    }

    private static boolean same(Asset image, Dropped now) {
        return image.size() == now.size() && image.modified().toEpochMilli() == now.modified().toEpochMilli();
    }
}
