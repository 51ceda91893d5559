package org.dropfolder.ideogram;

import java.time.Instant;
import java.util.Optional;

/** A dataset as listings show it; {@code name} is empty where the API says none. [ref] */
public record Dataset(String datasetId, String name, Optional<String> userId, Optional<Instant> creationTime) {

    public Dataset {
        Json.required("dataset_id", datasetId);
        name = Json.text(name);
    }
}
