package org.dropfolder.pipeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * What {@code models/<dataset>.json} tells. Times are ISO 8601 in UTC; what is not known is null.
 *
 * @param status Ideogram's last word
 * @param captionsByMachine images of the dataset whose caption a machine wrote; left out where there are none
 */
@JsonPropertyOrder({"dataset", "dataset_id", "model_id", "model_name", "status", "custom_model_uri", "images", "captions_by_machine", "started", "ended"})
public record ModelFile(String dataset, @JsonProperty("dataset_id") String datasetId,
                        @JsonProperty("model_id") String modelId, @JsonProperty("model_name") String modelName,
                        String status, @JsonProperty("custom_model_uri") String customModelUri, int images,
                        @JsonProperty("captions_by_machine") @JsonInclude(JsonInclude.Include.NON_NULL) Integer captionsByMachine,
                        String started, String ended) { }
