package org.dropfolder.pipeline;

import java.io.IOException;
import java.util.Optional;
import org.dropfolder.folder.FolderTerms;
import org.dropfolder.folder.Hyperparameters;
import org.dropfolder.folder.Terms;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.Training;
import org.dropfolder.ledger.TrainingState;

/**
 * What holds for a dataset's trainings: the server's settings and, where that spends less, what people set in its folder. Thread
 * safe.
 */
public final class TrainingTerms {
    private final Ledger ledger;
    private final FolderTerms folders;
    private final Spending servers;
    private final ModelSettings models;
    private final Optional<FolderReader> reader;

    /** @param reader of what people set in folders; none where that does not count */
    public TrainingTerms(Ledger ledger, Spending servers, ModelSettings models, Optional<FolderReader> reader) {
        this.ledger = ledger;
        this.folders = new FolderTerms(ledger);
        this.servers = servers;
        this.models = models;
        this.reader = reader;
    }

    /** What holds for all. */
    Spending servers() {
        return servers;
    }

    ModelSettings models() {
        return models;
    }

    /** When money may be spent for this dataset. */
    Spending of(Dataset dataset) {
        return servers.within(folders.of(dataset).settings());
    }

    /** Why nothing is trained, whoever ordered it, in words. */
    Optional<String> barrier(Dataset dataset) {
        return folders.of(dataset).barrier();
    }

    /**
     * Whether all of that was read as it stands in the folders at this moment.
     *
     * @throws IOException if the inbox can't be looked at
     */
    boolean areRead(Dataset dataset) throws IOException {
        if (reader.isEmpty()) {
            return true;
        }
        boolean firsts = dataset.overflowOf().isEmpty() || reader.get().isRead(ledger.datasets().get(dataset.overflowOf().get()));
        return reader.get().isRead(dataset) && firsts;
    }

    /** The name of the model that this run of the dataset's trainings makes. */
    String modelName(Dataset dataset, int run) {
        return modelName(dataset, run, folders.of(dataset));
    }

    private String modelName(Dataset dataset, int run, Terms terms) {
        return terms.settings().name().map(name -> models.modelNamed(name + behindFirst(dataset), run))
            .orElseGet(() -> models.modelName(dataset.name(), run));
    }

    /** What tells a dataset that is filled from another one's folder from that one, such as {@code 2}. */
    private String behindFirst(Dataset dataset) {
        return dataset.overflowOf().map(ledger.datasets()::nameOf).filter(dataset.name()::startsWith)
            .map(first -> dataset.name().substring(first.length())).orElse("");
    }

    /** The training as it would be asked for now; one that may have been sent, or was, stays as it was asked for. */
    Training agreed(Dataset dataset, Training training) {
        if (training.state() != TrainingState.WAITING || training.intendedAt().isPresent()) {
            return training;
        }
        Terms terms = folders.of(dataset);
        Hyperparameters parameters = terms.settings().hyperparameters();
        Optional<String> json = Optional.of(parameters).filter(some -> !some.isEmpty()).map(Hyperparameters::json);
        String name = modelName(dataset, training.run(), terms);
        boolean same = training.modelName().equals(name) && training.hyperparameters().equals(json);
        return same ? training : ledger.orders().asked(training, name, json, parameters.words());
    }
}
