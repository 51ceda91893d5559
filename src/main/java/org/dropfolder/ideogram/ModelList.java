package org.dropfolder.ideogram;

import java.util.List;

/** The answer of {@code GET /models}. [ref] */
public record ModelList(List<CustomModel> models) {

    public ModelList {
        models = Json.list(Json.required("models", models));
    }

    /** Those that were trained from this dataset. */
    public List<CustomModel> ofDataset(String datasetId) {
        return models.stream().filter(model -> model.datasetId().filter(datasetId::equals).isPresent()).toList();
    }
}
