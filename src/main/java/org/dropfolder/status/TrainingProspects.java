package org.dropfolder.status;

import java.time.Instant;
import java.util.Optional;
import org.dropfolder.folder.Start;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Doubt;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.Tally;
import org.dropfolder.ledger.Training;
import org.dropfolder.ledger.TrainingState;

/** What becomes of a training: one that waits to be paid, one that is followed, one that ended. Thread safe. */
final class TrainingProspects {
    private final Ledger ledger;
    private final Rules rules;
    private final DoubtProspects doubts;
    private final Approvals approvals;

    TrainingProspects(Ledger ledger, Rules rules, DoubtProspects doubts, Approvals approvals) {
        this.ledger = ledger;
        this.rules = rules;
        this.doubts = doubts;
        this.approvals = approvals;
    }

    /** One that was sent, or may have been. */
    Prospect sent(Dataset dataset, Training training, Tally images) {
        Prospect prospect = switch (training.state()) {
            case WAITING, INTENDED -> Prospect.of("Its training is being started with " + Counts.images(training.images()) + ".",
                "Ideogram's answer is waited for.");
            case IN_DOUBT -> doubts.of(dataset, Doubt.What.TRAINING, "Its training may have been started, and paid. "
                + training.trouble().orElse(""));
            case RUNNING, STALLED -> followed(training);
            case COMPLETED -> completed(dataset, training);
            case FAILED, ARCHIVED, GONE -> Prospect.ended(ended(training), noOther("train", dataset));
        };
        int late = images.pending();
        return late == 0 ? prospect : new Prospect(prospect.why() + " " + Counts.images(late, "came", "came")
            + " later: the dataset gets them, but this model does not know them.", prospect.next(), prospect.at(),
            prospect.comesAgain(), prospect.ended());
    }

    /** One that has images and quiet, and was not sent. */
    Prospect due(Dataset dataset, Optional<Training> training) {
        boolean approved = training.flatMap(Training::approvedAt).isPresent();
        if (!approved && approvals.needed(dataset)) {
            return Prospect.of("Its training waits for your approval: it costs " + rules.price() + "."
                    + whyUnasked(dataset),
                "Approve it with: " + rules.command("train", dataset.name()));
        }
        int daily = rules.spending().daily();
        if (daily == 0) {
            return Prospect.of("Its training may not start: dropfolder.training.daily is 0.", "Set it higher, and start the server anew.");
        }
        Optional<Instant> allowed = ledger.trainings().nextAllowed(daily);
        if (allowed.isPresent()) {
            return Prospect.at(allowed.get(), "Its training waits for its day: dropfolder.training.daily allows " + daily
                + " in 24 hours, and so many were started.", "It starts then, for " + rules.price() + ".");
        }
        return new Prospect(training.flatMap(Training::trouble).orElse("Its images are complete, and all is quiet."),
            "Its training starts once nothing lies in its folder any more, for " + rules.price() + ".", training.flatMap(Training::approvedAt).or(() -> Optional.of(rules.quietAt(dataset))), false, false);
    }

    private String whyUnasked(Dataset dataset) {
        if (approvals.isUnwanted(dataset)) {
            return " (As things are set now, this next version is not trained by itself.)";
        }
        if (dataset.adopted()) {
            return " (A dataset of this name was at Ideogram before, so it is not trained unasked.)";
        }
        if (rules.spending().start() == Start.CAREFUL && dataset.overflowOf().isEmpty()) {
            return " (Something serious was found in its pictures, or they were not measured, so it is not trained unasked.)";
        }
        return dataset.overflowOf().map(id -> " (It holds what found no room in '" + ledger.datasets().get(id).name()
            + "', so it is not trained unasked.)").orElse("");
    }

    private static Prospect followed(Training training) {
        String how = training.state() == TrainingState.STALLED
            ? "Its training takes longer than dropfolder.poll.timeout. It may still end; look into the account at Ideogram."
            : "Its model is being trained with " + Counts.images(training.images()) + ".";
        String word = training.status().filter(status -> !status.isEmpty()).map(status -> " Ideogram calls it " + status + ".").orElse("");
        return Prospect.look(training.nextLook(), how + word, "The server looks at it again.");
    }

    private Prospect completed(Dataset dataset, Training training) {
        if (training.uri().isEmpty()) {
            return Prospect.look(training.nextLook(), "Its model is trained; Ideogram has not told yet where it is.",
                "The server looks again.");
        }
        String ready = "Its model is ready: " + training.uri().get();
        return rules.spending().retrain().map(more -> Prospect.of(ready, "A next version is trained, for " + rules.price() + ", once "
                + Counts.images(training.images() + more, "is", "are") + " in the dataset."))
            .orElseGet(() -> Prospect.ended(ready, noOther("train --again", dataset)));
    }

    /** Whether so many images are in the dataset now that the model is followed by a next version. */
    boolean isFollowed(Training training, int there) {
        return training.state() == TrainingState.COMPLETED
            && rules.spending().retrain().filter(more -> there >= training.images() + more).isPresent();
    }

    private String noOther(String command, Dataset dataset) {
        return "Nothing starts another training by itself, since each is paid. To train it once more, for " + rules.price() + ": "
            + rules.command(command, dataset.name());
    }

    private static String ended(Training training) {
        String name = "'" + training.modelName() + "'";
        return switch (training.state()) {
            case FAILED -> "Its training failed; Ideogram does not say why. Look into the account there for the model " + name + ".";
            case ARCHIVED -> "Its model " + name + " was archived at Ideogram.";
            default -> "Its model " + name + " is not at Ideogram any more.";
        };
    }
}
