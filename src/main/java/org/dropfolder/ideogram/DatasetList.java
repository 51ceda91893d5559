package org.dropfolder.ideogram;

import java.util.List;

/** The answer of {@code GET /datasets}. [ref] */
public record DatasetList(List<Dataset> datasets) {

    public DatasetList {
        datasets = Json.list(Json.required("datasets", datasets));
    }

    /** Those of exactly this name; the API does not promise that there is only one. */
    public List<Dataset> named(String name) {
        return datasets.stream().filter(dataset -> dataset.name().equals(name)).toList();
    }
}
