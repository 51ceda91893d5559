package org.dropfolder.demo;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.dropfolder.image.Sizes;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.BatchState;
import org.dropfolder.ledger.TrainingState;
import org.dropfolder.pipeline.Words;
import org.dropfolder.status.Story;
import org.dropfolder.status.Upload;

/**
 * How far the way is, and what is under way.
 *
 * @param share of the whole, 0 to 1
 */
record Progress(String doing, double share) {
    /** What the images' part of the way counts; the training is the rest. */
    private static final double IMAGES = 0.6;

    /**
     * @param all     images that are dropped in the end
     * @param uploads how far the requests are that bring them
     */
    static Progress of(Story story, int all, List<Upload> uploads) {
        int looked = story.images().size() - story.count(AssetState.ARRIVING);
        int arrived = story.count(AssetState.UPLOADED, AssetState.DUPLICATE, AssetState.REJECTED);
        double images = IMAGES * (looked + arrived) / (2.0 * all);
        if (!story.trainings().isEmpty()) {
            return of(story.trainings().get(0), images);
        }
        boolean uploading = story.batches().stream()
            .anyMatch(batch -> batch.state() == BatchState.CLAIMED || batch.state() == BatchState.SENT);
        return new Progress(uploading ? uploading(uploads) : arrived == all ? "waiting whether more comes"
            : looked + " of " + all + " looked at", images);
    }

    /** Most of the demo's uploads have ended before anybody could read how quick they are. */
    private static String uploading(List<Upload> uploads) {
        return uploads.stream().findFirst().map(upload -> upload.secondsLeft() != null
            ? "uploading: " + Words.progress(upload.bytes(), upload.of(), upload.rate(), Optional.of(Duration.ofSeconds(upload.secondsLeft())))
            : "uploading: " + Sizes.human(upload.bytes()) + " of " + Sizes.human(upload.of()) + " sent").orElse("uploading");
    }

    private static Progress of(Story.OfTraining training, double images) {
        if (training.state() == TrainingState.WAITING) {
            return new Progress("waiting whether more comes", images);
        }
        String status = training.status().orElse("");
        return training.uri().isPresent() ? new Progress("the model is there", 1)
            : switch (status) {
                case "COMPLETED" -> new Progress("the model gets its URI", images + 0.3);
                case "TRAINING" -> new Progress("the model is trained", images + 0.2);
                default -> new Progress("the training begins", images + 0.1);
            };
    }
}
