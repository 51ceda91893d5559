package org.dropfolder.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a model is on its way at one moment: a function of the time since its creation, so nothing has to tick.
 *
 * @param since when this status began
 * @param uri   {@code custom_model_uri}, once the model is registered
 */
record Progress(ModelStatus status, RunStatus run, Instant since, Optional<String> uri) {

    /** What a model can be, all words of the contract; the simulator itself never archives or drafts one. */
    enum ModelStatus { CREATING, DRAFT, TRAINING, COMPLETED, ERRORED, ARCHIVED }

    /** What a training run can be. */
    enum RunStatus { PREPARING_DATA, QUEUED, TRAINING, FINALIZING, COMPLETED }

    static Progress of(Account.Model model, Pace pace, Instant now) {
        Instant training = model.createdAt().plus(pace.creating());
        Instant end = training.plus(pace.training());
        if (now.isBefore(training)) {
            return unfinished(ModelStatus.CREATING, RunStatus.PREPARING_DATA, model.createdAt());
        }
        if (now.isBefore(end)) {
            return unfinished(ModelStatus.TRAINING, run(Duration.between(training, now), pace.training()), training);
        }
        if (model.name().toLowerCase(Locale.ROOT).contains("fails")) {
            // the contract has no word for a run that failed: it keeps its last one
            return unfinished(ModelStatus.ERRORED, RunStatus.FINALIZING, end);
        }
        boolean registered = !now.isBefore(end.plus(pace.registering()));
        return new Progress(ModelStatus.COMPLETED, RunStatus.COMPLETED, end,
                registered ? Optional.of("model/" + slug(model.name()) + "/version/" + model.version()) : Optional.empty());
    }

    private static Progress unfinished(ModelStatus status, RunStatus run, Instant since) {
        return new Progress(status, run, since, Optional.empty());
    }

    /** A fifth of the time in the queue, a fifth for the end, the training between them. */
    private static RunStatus run(Duration elapsed, Duration whole) {
        long fifths = elapsed.toNanos() * 5 / whole.toNanos();
        return fifths < 1 ? RunStatus.QUEUED : fifths < 4 ? RunStatus.TRAINING : RunStatus.FINALIZING;
    }

    private static String slug(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }
}
