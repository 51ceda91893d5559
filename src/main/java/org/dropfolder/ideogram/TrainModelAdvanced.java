package org.dropfolder.ideogram;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * The request of {@code POST /v1/ideogram-v3/train-model-advanced}; for the name see {@link ModelName}. What is empty is left to
 * Ideogram. [ref]
 *
 * @param trainingSteps 100 to 10000, in hundreds
 * @param loraRank      64 or 128
 * @param ema           0 to 1
 * @param learningRate  above 0
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TrainModelAdvanced(String datasetId, String modelName, Optional<Integer> trainingSteps, Optional<Integer> loraRank,
                                 Optional<Double> ema, Optional<Double> learningRate) {
}
