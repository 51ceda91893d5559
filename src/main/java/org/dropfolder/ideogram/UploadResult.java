package org.dropfolder.ideogram;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * The answer of {@code POST /datasets/{dataset_id}/upload_assets}; the counts are of files. [ref]
 * The two counts that tell whether it went well are required.
 */
public record UploadResult(
        int totalCount,
        @JsonProperty(required = true) int successCount,
        @JsonProperty(required = true) int failureCount,
        @JsonProperty("successful_assets") List<SuccessfulAsset> successful,
        @JsonProperty("failed_assets") List<FailedAsset> failed) {

    public UploadResult {
        successful = Json.list(successful);
        failed = Json.list(failed);
    }

    /** A file that the dataset took; its identifier, whose shape nobody tells, is not read. */
    public record SuccessfulAsset(Optional<String> fileName) {
    }

    /** A file that it did not take; the reason is the API's own word, empty where it gave none. */
    public record FailedAsset(String failureReason, Optional<String> fileName) {

        public FailedAsset {
            failureReason = Json.text(failureReason);
        }
    }
}
