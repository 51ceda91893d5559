package org.dropfolder.ideogram;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A model. [ref]
 *
 * @param statusWord      the API's own word, empty where it gave none; {@link #status()} says what it means
 * @param customModelUri  like {@code model/my-custom-model/version/1}; it comes only once the model is registered
 * @param trainingRuns    only in the answer about one model of the key's owner
 */
public record CustomModel(
        String modelId,
        String name,
        @JsonProperty("status") String statusWord,
        @JsonProperty("is_available_for_generation") boolean availableForGeneration,
        @JsonProperty("is_owned") boolean owned,
        Optional<String> customModelUri,
        Optional<String> datasetId,
        Optional<Instant> creationTime,
        Optional<Instant> lastUpdateTime,
        List<TrainingRun> trainingRuns) {

    public CustomModel {
        Json.required("model_id", modelId);
        name = Json.text(name);
        statusWord = Json.text(statusWord);
        customModelUri = customModelUri.filter(uri -> !uri.isBlank());
        trainingRuns = Json.list(trainingRuns);
    }

    /** What {@link #statusWord()} means. */
    public ModelStatus status() {
        return ModelStatus.of(statusWord);
    }

    /** Whether pictures can be made with it: completed, available, and its URI is there. [ref] */
    public boolean ready() {
        return status() == ModelStatus.COMPLETED && availableForGeneration && customModelUri.isPresent();
    }
}
