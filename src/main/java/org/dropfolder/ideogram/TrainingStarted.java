package org.dropfolder.ideogram;

import java.util.Optional;

/**
 * The answer of {@code POST /v1/ideogram-v3/train-model}. Only the model's id is required of it: with that the
 * training is found again, and an answer thrown away would be a doubt for nothing. [ref]
 */
public record TrainingStarted(
        String modelId, Optional<String> datasetId, Optional<String> trainingStatus, Optional<String> modelName) {

    public TrainingStarted {
        Json.required("model_id", modelId);
    }
}
