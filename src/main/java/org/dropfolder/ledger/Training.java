package org.dropfolder.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One run of a dataset's training.
 *
 * @param run         1 for the dataset's first
 * @param images      in the dataset when it was intended
 * @param price       US dollars that it costs, as far as it is known before; empty for a model that was found
 * @param knownModels the dataset's model ids when it was intended, a line each
 * @param nextLook    when the model is looked at next, while it is followed
 * @param status      Ideogram's last word
 * @param uri         where the model is, once it is registered
 * @param announcedAt when its end was told
 * @param failures    of starting it, in a row
 * @param retryAt     it is not started before this moment
 * @param hyperparameters what is asked for beside the name, as whoever asks writes that; empty for nothing
 */
public record Training(long id, long datasetId, int run, TrainingState state, String modelName,
                       Optional<String> modelId, int images, Optional<BigDecimal> price,
                       Optional<Instant> approvedAt, Optional<String> knownModels, Instant createdAt,
                       Optional<Instant> intendedAt, Optional<Instant> startedAt, Optional<Instant> nextLook,
                       Optional<String> status, Optional<String> uri, Optional<Instant> endedAt,
                       Optional<Instant> announcedAt, int failures, Optional<Instant> retryAt,
                       Optional<String> trouble, Optional<String> hyperparameters) {

    /**
     * The model's id, for a step that comes after the training was started.
     *
     * @throws IllegalStateException if there is none yet
     */
    public String knownModelId() {
        return modelId.orElseThrow(() -> new IllegalStateException(
            "Could not name the model " + modelName + " to Ideogram: its training is " + state + " and has no id yet."));
    }

    /** The ids in {@link #knownModels}. */
    public List<String> modelsKnownThen() {
        return knownModels.map(lines -> lines.lines().toList()).orElse(List.of());
    }
}
