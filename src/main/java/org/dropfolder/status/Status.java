package org.dropfolder.status;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import java.util.List;

/**
 * The status as {@code /api/status} tells it; what is not known is null.
 *
 * @param simulated             whether nothing of this leaves the machine
 * @param rejectedWithoutFolder images that lay directly in the inbox and were set aside
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Status(boolean simulated, List<OfDataset> datasets, int rejectedWithoutFolder) {

    /**
     * Received images are pending + uploaded + duplicates + rejected.
     *
     * @param needed   images that a training takes, at least
     * @param waitsFor what keeps its images waiting, in words
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record OfDataset(String name, String datasetId, int pending, int uploaded, int duplicates, int rejected,
                            int needed, String waitsFor, OfTraining training) { }

    /**
     * The dataset's newest training.
     *
     * @param status   Ideogram's last word
     * @param price    US dollars; null for a model that was found and not paid for by us
     * @param started  ISO 8601, in UTC; as {@code ended}
     * @param waitsFor what it waits for, in words
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record OfTraining(String state, int run, String modelId, String modelName, String customModelUri, String status,
                             int images, String price, String started, String ended, String waitsFor) { }
}
