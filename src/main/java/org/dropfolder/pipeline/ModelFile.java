package org.dropfolder.pipeline;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * What {@code models/<dataset>.json} tells. Times are ISO 8601 in UTC; what is not known is null.
 *
 * @param status Ideogram's last word
 */
@JsonPropertyOrder({"dataset", "dataset_id", "model_id", "model_name", "status", "custom_model_uri", "images", "started", "ended"})
public record ModelFile(String dataset, @JsonProperty("dataset_id") String datasetId,
                        @JsonProperty("model_id") String modelId, @JsonProperty("model_name") String modelName,
                        String status, @JsonProperty("custom_model_uri") String customModelUri, int images,
                        String started, String ended) { }
