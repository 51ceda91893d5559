package org.dropfolder.ideogram;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** One run of a model's training; the status is the API's own word, empty where it gave none. [ref] */
public record TrainingRun(
        Optional<String> trainingRunId,
        String status,
        Optional<Instant> creationTime,
        Optional<Instant> lastUpdateTime,
        OptionalInt trainingSteps) {

    public TrainingRun {
        status = Json.text(status);
    }
}
