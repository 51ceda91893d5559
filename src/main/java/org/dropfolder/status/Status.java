package org.dropfolder.status;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.dropfolder.folder.Terms;
import org.dropfolder.preflight.Preflight;

/**
 * The status as {@code /api/status} tells it; what is not known is null.
 *
 * @param simulated             whether nothing of this leaves the machine
 * @param troubles              what keeps everything waiting; none where all is well
 * @param rejectedWithoutFolder images that lay directly in the inbox and were set aside
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Status(boolean simulated, List<OfTrouble> troubles, List<OfDataset> datasets, int rejectedWithoutFolder) {

    /** The same with what only a running server knows. */
    public Status with(List<Upload> uploads) {
        return uploads.isEmpty() ? this : new Status(simulated, troubles,
            datasets.stream().map(dataset -> Upload.of(dataset.name(), uploads).map(dataset::with).orElse(dataset)).toList(), rejectedWithoutFolder);
    }

    /**
     * @param of    {@code KEY}, {@code LEDGER}, {@code INBOX} or {@code DATA}
     * @param words what it is and what to do
     * @param since ISO 8601, in UTC
     */
    public record OfTrouble(String of, String words, String since) { }

    /**
     * Received images are pending + uploaded + duplicates + rejected.
     *
     * @param datasetName its name at Ideogram
     * @param needed      images that a training takes, at least, in all
     * @param waitsFor    what keeps its images waiting, in words
     * @param retryAt     nothing is tried before, after a failure; ISO 8601, in UTC
     * @param folder      what people set in its folder; null where nothing is
     * @param upload      how far its request is, where a large one is under way, as the running server tells; else null
     * @param preflight   what its pictures say together; null where none was measured, and until it is known, since not many are looked at for
     *                    one answer
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record OfDataset(String name, String datasetName, String datasetId, int pending, int uploaded, int duplicates,
                            int rejected, int needed, String waitsFor, String retryAt, OfTraining training, OfFolder folder, Upload upload,
                            OfPictures preflight) {

        OfDataset with(Upload now) {
            return new OfDataset(name, datasetName, datasetId, pending, uploaded, duplicates, rejected, needed, waitsFor, retryAt, training, folder, now,
                preflight);
        }

        OfDataset with(OfPictures together) {
            return new OfDataset(name, datasetName, datasetId, pending, uploaded, duplicates, rejected, needed, waitsFor, retryAt, training, folder, upload,
                together);
        }
    }

    /**
     * What a dataset's pictures say together, before they are paid for.
     *
     * @param summary all of it in one line
     * @param serious whether a careful start waits for a person
     */
    public record OfPictures(String summary, boolean serious, List<OfFinding> findings) {
        static OfPictures of(Preflight preflight) {
            return new OfPictures(preflight.summary(), preflight.serious(), preflight.findings().stream().map(finding ->
                new OfFinding(finding.kind().name(), finding.serious(), finding.pictures().size(), finding.what(), finding.advice())).toList());
        }
    }

    /**
     * Something that speaks against a good model.
     *
     * @param pictures of how many it is true
     * @param what     it is, in a sentence
     * @param advice   what to do
     */
    public record OfFinding(String kind, boolean serious, int pictures, String what, String advice) { }

    /**
     * What people set in a dataset's folder.
     *
     * @param settings by the names that they have in the file
     * @param words    the same, for people
     * @param trouble  why nothing is trained, and what to do; null where nothing of it stands against that
     */
    public record OfFolder(Map<String, Object> settings, List<String> words, String trouble) {
        /** Null where nothing is said. */
        static OfFolder of(Terms terms) {
            return terms.equals(Terms.NONE) ? null
                : new OfFolder(terms.settings().values(), terms.settings().words(), terms.barrier().orElse(null));
        }
    }

    /**
     * The dataset's newest training.
     *
     * @param hyperparameters with which it is asked for, in words; null where that is left to Ideogram
     *
     * @param status   Ideogram's last word
     * @param price    US dollars; null for a model that was found and not paid for by us
     * @param started  ISO 8601, in UTC; as {@code ended}
     * @param waitsFor what it waits for, in words
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record OfTraining(String state, int run, String modelId, String modelName, String customModelUri, String status,
                             int images, String hyperparameters, BigDecimal price, String started, String ended, String waitsFor) { }
}
