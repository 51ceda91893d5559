package org.dropfolder.status;

import java.util.Optional;
import org.dropfolder.folder.FolderTerms;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.TrainingState;

/** Which trainings a person must allow. Thread safe. */
final class Approvals {
    private final Ledger ledger;
    private final Rules rules;
    private final Preflights preflights;
    private final FolderTerms folders;

    Approvals(Ledger ledger, Rules rules, Preflights preflights, FolderTerms folders) {
        this.ledger = ledger;
        this.rules = rules;
        this.preflights = preflights;
        this.folders = folders;
    }

    /** Whether this dataset's next one must be allowed, whatever was allowed before. */
    boolean needed(Dataset dataset) {
        return isUnwanted(dataset) || switch (folders.of(dataset).settings().start(rules.spending().start()).of(dataset)) {
            case AUTO -> false;
            case CAREFUL -> forFindings(dataset);
            case APPROVE -> true;
        };
    }

    /** Whether a next version waits that was wanted once, and is not as things are set now. */
    boolean isUnwanted(Dataset dataset) {
        Optional<Integer> retrain = folders.of(dataset).settings().retrain(rules.spending().retrain());
        return ledger.trainings().newestOf(dataset.id()).filter(newest -> newest.state() == TrainingState.WAITING)
            .filter(waiting -> !ledger.trainings().isWanted(waiting, retrain)).isPresent();
    }

    /** What nobody measured nobody knows: as the start itself sees it. */
    private boolean forFindings(Dataset dataset) {
        return preflights.of(dataset).map(PreflightReport::serious).orElse(true);
    }
}
