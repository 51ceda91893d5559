package org.dropfolder.pipeline;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.dropfolder.ideogram.CreateDataset;
import org.dropfolder.ideogram.DatasetDetail;
import org.dropfolder.ideogram.DatasetList;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.DatasetState;
import org.dropfolder.ledger.Ledger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds a folder's dataset at Ideogram, or creates it: once, since two of one name could not be told apart.
 * Thread safe.
 */
public final class Registrar {
    private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);
    private static final Duration PAUSE = Duration.ofMinutes(5);

    /** What a listing says of a dataset. */
    public enum Finding {
        /** It is there. */
        PRESENT,
        /** It is not there, and may be created. */
        ABSENT,
        /** It was intended and is not there, or not yet; nothing may be sent until that is settled by looking for it. */
        UNLISTED,
        /** Which is meant can't be told; nothing may be sent. */
        UNCLEAR
    }

    private final Ledger ledger;
    private final Clock clock;

    public Registrar(Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Whether its id at Ideogram is not known yet. */
    public boolean isUnknown(Dataset dataset) {
        return dataset.state() != DatasetState.READY;
    }

    /**
     * Looks for it among all datasets of the account. One that we intended ourselves is ours; one that was there
     * before is adopted, and will be trained only after approval.
     */
    public Finding find(Dataset dataset, DatasetList all) {
        Dataset now = ledger.datasets().get(dataset.id());
        List<org.dropfolder.ideogram.Dataset> found = all.named(now.remoteName());
        if (found.size() > 1) {
            return unclear(now, "Ideogram has " + found.size() + " datasets called '" + now.remoteName()
                + "', and it can't be told which is meant. Rename the folder, or ask Ideogram to remove one.");
        }
        if (found.size() == 1) {
            boolean adopted = now.state() == DatasetState.NEW;
            ledger.datasets().ready(now, found.get(0).datasetId(), adopted);
            LOG.info("{}: dataset '{}' ({}) is at Ideogram{}", now.name(), now.remoteName(), found.get(0).datasetId(),
                adopted ? " already; it is trained only after approval" : "");
            return Finding.PRESENT;
        }
        return switch (now.state()) {
            case NEW -> Finding.ABSENT;
            case READY -> Finding.PRESENT;
            case INTENDED, IN_DOUBT -> Finding.UNLISTED;
        };
    }

    /** The same for one that the ledger has forgotten: whether it is there. Nothing is created for it. */
    public boolean recalls(Dataset dataset, DatasetList all) {
        return find(dataset, all) == Finding.PRESENT;
    }

    /** Commits the intent to create it: true for the one caller who may send the request. */
    public boolean intend(Dataset dataset) {
        return ledger.datasets().intend(dataset);
    }

    /**
     * The request's body.
     *
     * @throws LostClaimException if the intent is not ours any more
     */
    public CreateDataset request(Dataset dataset) {
        if (!ledger.datasets().renew(dataset)) {
            throw new LostClaimException("create the dataset " + dataset.remoteName());
        }
        return new CreateDataset(dataset.remoteName());
    }

    /** The request was answered. */
    public Dataset created(Dataset dataset, org.dropfolder.ideogram.Dataset answer) {
        LOG.info("{}: dataset '{}' ({}) created", dataset.name(), dataset.remoteName(), answer.datasetId());
        return ledger.datasets().ready(dataset, answer.datasetId(), false);
    }

    /** Counts what an adopted dataset, as it was just read, has beside the images that we know to have brought. */
    public void count(Dataset dataset, DatasetDetail listing) {
        if (dataset.adopted() && dataset.foundImages().isEmpty()) {
            int ours = ledger.assets().tally(dataset.id()).of(AssetState.UPLOADED);
            ledger.datasets().foundImages(dataset, Math.max(0, listing.imageCount() - ours));
        }
    }

    /** The dataset as it is now. */
    public Dataset current(Dataset dataset) {
        return ledger.datasets().get(dataset.id());
    }

    /** Said again when its pause is over, and not each time that somebody looks. */
    private Finding unclear(Dataset dataset, String why) {
        boolean told = dataset.trouble().equals(Optional.of(why))
            && dataset.retryAt().map(at -> at.isAfter(clock.instant())).orElse(false);
        if (told) {
            return Finding.UNCLEAR;
        }
        LOG.warn("{}: {}", dataset.name(), why);
        ledger.datasets().troubled(dataset.id(), why, clock.instant().plus(PAUSE));
        return Finding.UNCLEAR;
    }
}
