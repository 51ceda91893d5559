package org.dropfolder.pipeline;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.Training;
import org.dropfolder.ledger.TrainingState;
import org.dropfolder.store.ImageStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells how a training ended. Thread safe. */
public final class Announcer {
    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

    private final Ledger ledger;
    private final ImageStore store;

    public Announcer(Ledger ledger, ImageStore store) {
        this.ledger = ledger;
        this.store = store;
    }

    /** What the model's file is to say. */
    public ModelFile modelFile(Training training) {
        Dataset dataset = ledger.datasets().get(training.datasetId());
        int byMachine = ledger.descriptions().captioned(dataset.id()).size();
        return new ModelFile(dataset.name(), dataset.remoteId().orElse(null), training.modelId().orElse(null),
            training.modelName(), training.status().orElse(null), training.uri().orElse(null), training.images(),
            byMachine > 0 ? byMachine : null,
            training.startedAt().map(Instant::toString).orElse(null),
            training.endedAt().map(Instant::toString).orElse(null));
    }

    /**
     * Writes the model's file, whole, with an end to its last line.
     *
     * @throws IOException if it can't be written now
     */
    public void write(Training training, byte[] modelFile) throws IOException {
        byte[] lines = Arrays.copyOf(modelFile, modelFile.length + 1);
        lines[modelFile.length] = '\n';
        store.writeModel(ledger.datasets().nameOf(training.datasetId()), lines);
    }

    /** Writes down that it was told, and says so in the log. */
    public void told(Training training) {
        String name = ledger.datasets().nameOf(training.datasetId());
        if (training.state() == TrainingState.COMPLETED) {
            LOG.info("{}: the model is ready: {}", name, training.uri().orElse(""));
        } else {
            LOG.warn("{}: the training ended without a model: {}", name, training.state());
        }
        ledger.trainings().announced(training);
    }
}
