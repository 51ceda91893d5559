package org.dropfolder.ideogram;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** The answer of {@code GET /models}. [ref] */
public record ModelList(List<CustomModel> models) {

    public ModelList {
        models = Json.list(Json.required("models", models));
    }

    /**
     * Those that were trained from this dataset, the newest last. One that does not tell its dataset, which the API allows
     * [ref], counts as this one's if it has the name that is given.
     */
    public List<CustomModel> ofDataset(String datasetId, String modelName) {
        return models.stream().filter(model -> model.datasetId().map(datasetId::equals).orElse(model.name().equals(modelName)))
            .sorted(Comparator.comparing(model -> model.creationTime().orElse(Instant.MAX))).toList();
    }
}
