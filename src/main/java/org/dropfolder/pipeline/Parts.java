package org.dropfolder.pipeline;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.dropfolder.image.FileNames;
import org.dropfolder.image.Reason;
import org.dropfolder.ledger.Arrival;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetKind;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Containers;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.store.ImageStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes parts out of containers: each is written whole to where nobody looks, read, and arrives like a dropped file, by row,
 * move, row. One that was cut off anywhere is taken out again, or is moved by the sweep. Thread safe for parts that differ.
 */
public final class Parts {
    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

    private final Ledger ledger;
    private final ImageStore store;
    private final Examiner examiner;
    private final Mover mover;
    private final Places places;

    public Parts(Ledger ledger, ImageStore store, Examiner examiner, Mover mover, Places places) {
        this.ledger = ledger;
        this.store = store;
        this.examiner = examiner;
        this.mover = mover;
        this.places = places;
    }

    /**
     * Writes a part and looks at it.
     *
     * @param part   which of the container's parts
     * @param source where it counts as dropped; asked once the part is written
     * @return what it is, and that it lies staged
     * @throws IOException what the writing throws, or if the part can't be written or read
     */
    Staged stage(Asset container, int part, ImageStore.Writing bytes, Supplier<String> source) throws IOException {
        String staged = store.stage(container.id(), part, bytes);
        Arrival arrival = examiner.examineAs(dataset(container), source.get(), staged);
        // a part is taken apart itself only where that ends: what is converted once is not converted again
        boolean endless = arrival.kind() == AssetKind.ARCHIVE || container.kind() == AssetKind.ORIGINAL && arrival.kind().isContainer();
        return new Staged(part, staged, endless && arrival.reason().isEmpty()
            ? arrival.withReason(Reason.partArchive(source.get()).text()) : arrival);
    }

    /** A part that lies staged, and what it is. */
    record Staged(int part, String target, Arrival arrival) {

        /** Why it is not worth taking out, if it is not: images and captions are, even such as can't be used. */
        Optional<String> ofNoUse() {
            return arrival.reason().filter(why -> arrival.kind() != AssetKind.CAPTION && arrival.sentNames().isEmpty());
        }
    }

    /**
     * Lets a staged part arrive.
     *
     * @return the part at rest; nothing if it had arrived before
     * @throws IOException if it can't be moved now; the ledger knows that it still has to be
     */
    Optional<Asset> arrive(Asset container, Staged staged) throws IOException {
        Dataset dataset = dataset(container);
        String name = staged.arrival.source().substring(staged.arrival.source().lastIndexOf('/') + 1);
        String full = Reason.datasetFull(name, dataset.name()).text();
        Containers.Rules rules = new Containers.Rules(Intake.DATASET_HOLDS, full, places.of(dataset));
        Optional<Asset> row = ledger.containers().arrive(container, staged.part, staged.arrival, staged.target, rules);
        return row.isPresent() ? Optional.of(told(mover.place(row.get()))) : Optional.empty();
    }

    /** Deletes what was staged of any container, and has no row that waits for its move. For whoever stages, between two parts. */
    void clear() throws IOException {
        store.unstage(target -> ledger.finds().unknown(List.of(target)).isEmpty());
    }

    private Dataset dataset(Asset container) {
        return ledger.datasets().get(container.datasetId());
    }

    private static Asset told(Asset part) {
        if (part.state() == AssetState.REJECTED) {
            LOG.info("{} set aside: {}", FileNames.printable(part.source()), part.reason().orElse(""));
        }
        return part;
    }
}
