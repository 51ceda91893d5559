package org.dropfolder.pipeline;

import org.dropfolder.folder.Hyperparameters;
import org.dropfolder.ideogram.TrainModel;
import org.dropfolder.ideogram.TrainModelAdvanced;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.Training;

/** What is asked of Ideogram for a training, as its row says: so it is the same however often it is sent. Thread safe. */
public final class TrainingRequests {
    private final Ledger ledger;

    public TrainingRequests(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Whether the training is asked for with hyperparameters, by another request than others. */
    public boolean isAdvanced(Training training) {
        return ledger.trainings().get(training.id()).hyperparameters().isPresent();
    }

    /**
     * The request's body.
     *
     * @throws LostClaimException if the intent is not ours any more
     */
    public TrainModel plain(Training training) {
        Training intended = renewed(training);
        return new TrainModel(dataset(intended).knownId(), intended.modelName());
    }

    /**
     * The same for one that is asked for with hyperparameters.
     *
     * @throws LostClaimException if the intent is not ours any more
     */
    public TrainModelAdvanced advanced(Training training) {
        Training intended = renewed(training);
        Hyperparameters with = intended.hyperparameters().map(Hyperparameters::of).orElse(Hyperparameters.NONE);
        return new TrainModelAdvanced(dataset(intended).knownId(), intended.modelName(), with.steps(), with.loraRank(), with.ema(),
            with.learningRate());
    }

    private Training renewed(Training training) {
        if (!ledger.trainings().renew(training)) {
            throw new LostClaimException("start the training " + training.modelName());
        }
        return ledger.trainings().get(training.id());
    }

    private Dataset dataset(Training training) {
        return ledger.datasets().get(training.datasetId());
    }
}
