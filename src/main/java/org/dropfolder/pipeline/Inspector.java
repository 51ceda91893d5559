package org.dropfolder.pipeline;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.dropfolder.image.FileNames;
import org.dropfolder.ledger.Arrival;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Ledger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again at what was set aside, or found to be a copy, lately: a program that still had the file open when it was moved
 * goes on writing it, and nobody else would notice. Reads only what changed and stands still. Thread safe.
 */
public final class Inspector {
    private static final Logger LOG = LoggerFactory.getLogger(Inspector.class);
    static final Duration LATELY = Duration.ofHours(1);
    static final int PAGE = 500;

    private final Ledger ledger;
    private final Examiner examiner;
    private final Reviewer reviewer;
    private final Clock clock;
    private Optional<Asset> last = Optional.empty();

    public Inspector(Ledger ledger, Examiner examiner, Reviewer reviewer, Clock clock) {
        this.ledger = ledger;
        this.examiner = examiner;
        this.reviewer = reviewer;
        this.clock = clock;
    }

    /** Looks at the next {@link #PAGE} files of the last {@link #LATELY}; after the last of them the first comes again. Nothing where nobody can write them. */
    public synchronized void lookAgain() {
        if (!examiner.mayBeWrittenOn()) {
            return;
        }
        List<Asset> page = ledger.aside().lately(clock.instant().minus(LATELY), last, PAGE);
        page.forEach(this::look);
        last = page.size() < PAGE ? Optional.empty() : Optional.of(page.get(PAGE - 1));
    }

    /** What can't be read is looked at again with the next round. */
    private void look(Asset asset) {
        try {
            if (examiner.differs(asset)) {
                Dataset dataset = ledger.datasets().get(asset.datasetId());
                Optional<Examined> read = examiner.examineAgain(dataset, asset);
                if (read.isPresent() && read.get().finding() == Examined.Finding.COMPLETE) {
                    changed(dataset, asset, read.get().arrival().orElseThrow());
                }
            }
        } catch (IOException e) {
            LOG.debug("Could not look again at {}: {}", FileNames.printable(asset.target()), e.getMessage());
        }
    }

    private void changed(Dataset dataset, Asset asset, Arrival now) throws IOException {
        if (now.sha256().equals(asset.sha256())) {
            ledger.aside().touched(asset, now.modified());
        } else {
            LOG.info("{} changed after it was put there: it is looked at anew", FileNames.printable(asset.target()));
            reviewer.arrive(dataset, asset, now);
        }
    }
}
