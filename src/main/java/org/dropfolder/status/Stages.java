package org.dropfolder.status;

import java.time.Instant;
import java.util.Optional;
import org.dropfolder.folder.FolderTerms;
import org.dropfolder.folder.Terms;
import org.dropfolder.ledger.Batch;
import org.dropfolder.ledger.BatchState;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.DatasetState;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.Training;
import org.dropfolder.ledger.TrainingState;

/** How far datasets have come, and what a person may order then. Thread safe. */
final class Stages {
    private final Ledger ledger;
    private final Rules rules;
    private final Approvals approvals;
    private final FolderTerms folders;

    Stages(Ledger ledger, Rules rules, Approvals approvals) {
        this.ledger = ledger;
        this.rules = rules;
        this.approvals = approvals;
        this.folders = new FolderTerms(ledger);
    }

    /** @param there images that are in the dataset */
    Stage of(Dataset dataset, int there) {
        Optional<Training> sent = ledger.trainings().newestOf(dataset.id()).filter(newest -> newest.state() != TrainingState.WAITING);
        if (sent.isPresent()) {
            return of(sent.get().state());
        }
        boolean doubt = dataset.state() == DatasetState.IN_DOUBT
            || ledger.batches().open(dataset.id()).map(Batch::state).filter(BatchState.IN_DOUBT::equals).isPresent();
        if (doubt) {
            return Stage.DOUBT;
        }
        Terms said = folders.of(dataset);
        if (isPaused(dataset) || said.barrier().isPresent()) {
            return Stage.PAUSED;
        }
        Rules its = rules.within(said.settings());
        if (there < its.needed()) {
            return Stage.COLLECTING;
        }
        return waitsForApproval(dataset) ? Stage.APPROVAL : Stage.COMPLETE;
    }

    private static Stage of(TrainingState sent) {
        return switch (sent) {
            case WAITING -> Stage.COMPLETE;
            case INTENDED, RUNNING, STALLED -> Stage.TRAINING;
            case IN_DOUBT -> Stage.DOUBT;
            case COMPLETED -> Stage.READY;
            case FAILED, ARCHIVED, GONE -> Stage.ENDED;
        };
    }

    /** What training may be ordered: {@code approve}, {@code start}, {@code again}. */
    Optional<String> order(Dataset dataset, int there) {
        Optional<Training> newest = ledger.trainings().newestOf(dataset.id());
        Rules its = rules.within(folders.of(dataset).settings());
        if (there < its.needed()) {
            return Optional.empty();
        }
        return switch (newest.map(Training::state).orElse(TrainingState.WAITING)) {
            case WAITING -> newest.flatMap(Training::approvedAt).isPresent() ? Optional.empty()
                : Optional.of(waitsForApproval(dataset) ? "approve" : "start");
            case COMPLETED, FAILED, ARCHIVED, GONE -> Optional.of("again");
            case INTENDED, IN_DOUBT, RUNNING, STALLED -> Optional.empty();
        };
    }

    /** Whether something is in doubt or pauses. */
    boolean canBeTakenUp(Dataset dataset) {
        return isPaused(dataset) || !ledger.doubts().of(dataset.id()).isEmpty();
    }

    private boolean isPaused(Dataset dataset) {
        Optional<Instant> training = ledger.trainings().newestOf(dataset.id()).flatMap(Training::retryAt);
        return dataset.retryAt().isPresent() || training.isPresent();
    }

    private boolean waitsForApproval(Dataset dataset) {
        return ledger.trainings().newestOf(dataset.id()).flatMap(Training::approvedAt).isEmpty() && approvals.needed(dataset);
    }
}
