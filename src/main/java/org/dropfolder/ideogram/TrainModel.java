package org.dropfolder.ideogram;

/** The request of {@code POST /v1/ideogram-v3/train-model}; for the name see {@link ModelName}. [ref] */
public record TrainModel(String datasetId, String modelName) {
}
