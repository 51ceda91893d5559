package org.dropfolder.demo;

import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.BatchState;
import org.dropfolder.ledger.TrainingState;
import org.dropfolder.status.Story;

/**
 * How far the way is, and what is under way.
 *
 * @param share of the whole, 0 to 1
 */
record Progress(String doing, double share) {
    /** What the images' part of the way counts; the training is the rest. */
    private static final double IMAGES = 0.6;

    /** @param all images that are dropped in the end */
    static Progress of(Story story, int all) {
        int looked = story.images().size() - story.count(AssetState.ARRIVING);
        int arrived = story.count(AssetState.UPLOADED, AssetState.DUPLICATE, AssetState.REJECTED);
        double images = IMAGES * (looked + arrived) / (2.0 * all);
        if (!story.trainings().isEmpty()) {
            return of(story.trainings().get(0), images);
        }
        boolean uploading = story.batches().stream()
            .anyMatch(batch -> batch.state() == BatchState.CLAIMED || batch.state() == BatchState.SENT);
        return new Progress(uploading ? "uploading" : arrived == all ? "waiting whether more comes"
            : looked + " of " + all + " looked at", images);
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
