package org.dropfolder.pipeline;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.dropfolder.image.FileNames;
import org.dropfolder.image.Reason;
import org.dropfolder.ledger.Arrival;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.store.ImageStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once more at what was set aside, as if it were dropped now: what can be used goes back to where accepted files
 * wait, by row, move, row. Safe to do again. Thread safe.
 */
public final class Reviewer {
    private static final Logger LOG = LoggerFactory.getLogger(Reviewer.class);

    private final Ledger ledger;
    private final ImageStore store;
    private final Examiner examiner;
    private final Mover mover;
    private final Places places;

    /** What a look showed of a file. */
    enum Finding {
        ACCEPTED,
        /** The dataset has its content meanwhile. */
        DUPLICATE,
        /** It still can't be used; its note says why. */
        REJECTED,
        /** Somebody took it out of rejected/. */
        TAKEN,
        /** It can't be read or explained now. */
        UNREADABLE
    }

    public Reviewer(Ledger ledger, ImageStore store, Examiner examiner, Mover mover, Places places) {
        this.ledger = ledger;
        this.store = store;
        this.examiner = examiner;
        this.mover = mover;
        this.places = places;
    }

    /** Looks at all that rests in the dataset's rejected/. Answers how many files were found how; none are left out. */
    Map<Finding, Integer> review(Dataset dataset) {
        Map<Finding, Integer> findings = new EnumMap<>(Finding.class);
        for (Asset asset : ledger.aside().of(dataset.id())) {
            findings.merge(look(dataset, asset), 1, Integer::sum);
        }
        return findings;
    }

    private Finding look(Dataset dataset, Asset asset) {
        try {
            Optional<Examined> read = examiner.examineAgain(dataset, asset);
            return read.isPresent() ? arrive(dataset, asset, read.get().arrival().orElseThrow()) : Finding.TAKEN;
        } catch (IOException e) {
            LOG.warn("{} It stays set aside.", Words.failure("look again at " + FileNames.printable(asset.target()), e,
                "Look whether it may be read, and whether the data folder is full or can't be written."));
            return Finding.UNREADABLE;
        }
    }

    /**
     * A file that was set aside, or found to be a copy, is this now: it goes where it would go if it were dropped now.
     *
     * @throws IOException if that can't be written beside it
     */
    Finding arrive(Dataset dataset, Asset asset, Arrival arrival) throws IOException {
        String full = Reason.datasetFull(asset.name(), dataset.name()).text();
        Optional<Asset> now = ledger.aside().arriveAgain(asset, arrival, Intake.DATASET_HOLDS, full, places.of(dataset));
        return now.isPresent() ? settle(now.get()) : Finding.TAKEN;
    }

    private Finding settle(Asset asset) throws IOException {
        if (asset.state() == AssetState.REJECTED) {
            store.explain(asset.target(), asset.reason().orElse(""));
            return Finding.REJECTED;
        }
        mover.placeOrLeave(asset);
        if (asset.becomes() == AssetState.REJECTED) {
            return Finding.REJECTED;
        }
        LOG.info("{} was set aside, and goes again", FileNames.printable(asset.source()));
        return asset.becomes() == AssetState.DUPLICATE ? Finding.DUPLICATE : Finding.ACCEPTED;
    }
}
