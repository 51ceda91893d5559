package org.dropfolder.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dropfolder.image.FileNames;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Doubt;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.Training;
import org.dropfolder.pipeline.Reviewer.Finding;

/**
 * Does what a person orders: a training now, and another try for what was set aside or is in doubt. It sends nothing
 * itself; it writes down what was allowed, and whoever is woken goes on from there. The price is said before it is spent.
 * Thread safe.
 */
public final class Steward {
    private final Ledger ledger;
    private final Trainer trainer;
    private final Reviewer reviewer;
    private final TrainingTerms terms;
    private final Spending spending;

    public Steward(Ledger ledger, Trainer trainer, Reviewer reviewer, TrainingTerms terms) {
        this.ledger = ledger;
        this.trainer = trainer;
        this.reviewer = reviewer;
        this.terms = terms;
        this.spending = terms.servers();
    }

    /** Starts or approves the dataset's training, unless that could pay twice for one model. */
    public Answer train(Order order) {
        Optional<Dataset> dataset = known(order);
        if (dataset.isEmpty()) {
            return unknown(order);
        }
        Optional<Training> newest = ledger.trainings().newestOf(dataset.get().id());
        return newest.isPresent() ? after(newest.get(), dataset.get(), order) : next(dataset.get(), 1);
    }

    /** Takes up what was set aside and what is in doubt, and ends the dataset's pause. */
    public Answer retry(Order order) {
        Optional<Dataset> known = known(order);
        if (known.isEmpty()) {
            return unknown(order);
        }
        Dataset dataset = known.get();
        if (isLookedFor(dataset)) {
            return refused(dataset, "The training of " + shown(dataset) + " may have been paid, and is still being looked for at "
                + "Ideogram. Nothing is taken up before that; say it again in a few minutes.");
        }
        List<String> done = new ArrayList<>(doubts(dataset));
        done.addAll(review(dataset));
        if (ledger.orders().goOn(dataset.id())) {
            done.add("Its pause after a failure has ended.");
        }
        return done.isEmpty() ? refused(dataset, "Nothing of " + shown(dataset) + " is set aside, in doubt or paused.")
            : done(dataset, shown(dataset) + ": " + String.join(" ", done));
    }

    /** The wake-up for images that wait now. */
    public List<Accepted> batchesDue(Answer answer) {
        return answer.done() && !ledger.assets().waiting(known(answer.dataset()).orElseThrow().id()).isEmpty()
            ? List.of(new Accepted(answer.dataset(), 0)) : List.of();
    }

    /** The wake-up for a training that may be due now: the dataset's name. */
    public List<String> trainingsDue(Answer answer) {
        return answer.done() ? List.of(answer.dataset()) : List.of();
    }

    private Answer after(Training newest, Dataset dataset, Order order) {
        String name = shown(dataset);
        return switch (newest.state()) {
            case WAITING -> approve(dataset);
            case INTENDED -> refused(dataset, "The training of " + name + " is being started at this moment; nothing more is spent.");
            case RUNNING, STALLED -> refused(dataset, "The training of " + name + " is under way"
                + newest.modelId().map(id -> ", model " + id).orElse("") + "; nothing more is spent.");
            case IN_DOUBT -> refused(dataset, "The training of " + name + " may have been started and paid, " + price()
                + ": the answer was lost. Look at the account; 'retry' takes it up again.");
            case COMPLETED -> order.again() ? next(dataset, newest.run() + 1) : refused(dataset, name + " has its model already"
                + newest.uri().map(uri -> " (" + uri + ")").orElse("") + ". Another run costs " + price()
                + " once more; order it with --again (again=true over HTTP).");
            case FAILED, ARCHIVED, GONE -> next(dataset, newest.run() + 1);
        };
    }

    private Answer approve(Dataset dataset) {
        return ledger.orders().approve(dataset.id(), spending.price()) ? ordered(dataset)
            : refused(dataset, "The training of " + shown(dataset) + " has changed at this moment; look, and say it again.");
    }

    private Answer next(Dataset dataset, int run) {
        int there = trainer.images(dataset);
        int pending = ledger.assets().tally(dataset.id()).pending();
        int needed = terms.of(dataset).images();
        if (there < needed) {
            return refused(dataset, shown(dataset) + " has " + Words.images(there) + " in its dataset"
                + (pending > 0 ? " and " + pending + " on the way" : "") + "; a training takes "
                + needed + ", and costs " + price() + ".");
        }
        String model = terms.modelName(dataset, run);
        return ledger.orders().want(dataset, run, model, there, spending.price()) ? ordered(dataset)
            : refused(dataset, "A training of " + shown(dataset) + " was ordered at this moment by somebody else.");
    }

    private Answer ordered(Dataset dataset) {
        Training training = trainer.training(dataset);
        String what = "Approved: " + shown(dataset) + " is trained for " + price()
            + (training.run() > 1 ? " once more, as run " + training.run() : "") + ". ";
        try {
            return done(dataset, what + trainer.waitsFor(ledger.datasets().get(dataset.id()), training)
                .orElse("Nothing else is waited for."));
        } catch (IOException e) {
            return done(dataset, what + "It starts once its folder in the inbox can be looked at: " + e.getMessage());
        }
    }

    /** What may have been paid is believed missing by nobody before it was looked for often enough. */
    private boolean isLookedFor(Dataset dataset) {
        return ledger.doubts().of(dataset.id()).stream().anyMatch(doubt -> doubt.what() == Doubt.What.TRAINING
            && doubt.nextLook().isPresent() && doubt.looks() < Arbiter.LOOKS);
    }

    private List<String> doubts(Dataset dataset) {
        List<String> done = new ArrayList<>();
        if (ledger.orders().createAgain(dataset.id())) {
            done.add("Its creation at Ideogram, which was in doubt, is taken up: it is created only if it is not listed.");
        }
        ledger.orders().sendAgain(dataset.id()).ifPresent(batch -> done.add("Batch " + batch.id() + " with "
            + Words.images(batch.images()) + ", which was in doubt, goes again."));
        if (ledger.orders().trainAgain(dataset.id(), Arbiter.LOOKS, spending.price())) {
            done.add("Its training, which was in doubt, is taken up: a model that Ideogram lists is followed, and nothing is paid; "
                + "otherwise it is sent again for " + price() + ", though it may have been paid once already.");
        }
        return done;
    }

    private List<String> review(Dataset dataset) {
        Map<Finding, Integer> found = reviewer.review(dataset);
        List<String> parts = new ArrayList<>();
        tell(parts, found, Finding.ACCEPTED, " went back to where accepted files wait");
        tell(parts, found, Finding.DUPLICATE, " turned out to be in the dataset already");
        tell(parts, found, Finding.REJECTED, " still can't be used, and beside each stands why");
        tell(parts, found, Finding.UNREADABLE, " could not be read now, and the log says why");
        tell(parts, found, Finding.TAKEN, " had been taken out of rejected/");
        boolean onlyTaken = found.size() == 1 && found.containsKey(Finding.TAKEN);
        return parts.isEmpty() || onlyTaken ? List.of() : List.of("Of the files set aside " + String.join("; ", parts) + ".");
    }

    private static void tell(List<String> parts, Map<Finding, Integer> found, Finding finding, String what) {
        if (found.containsKey(finding)) {
            parts.add(found.get(finding) + what);
        }
    }

    private Optional<Dataset> known(Order order) {
        return known(order.dataset());
    }

    /** What lies directly in the inbox belongs to no dataset that could be steered. */
    private Optional<Dataset> known(String name) {
        return name.isEmpty() ? Optional.empty() : ledger.datasets().named(name);
    }

    private String price() {
        return spending.cost();
    }

    private static Answer unknown(Order order) {
        return new Answer(Answer.Outcome.UNKNOWN, order.dataset(), "Nothing was ever dropped for "
            + FileNames.printable(order.dataset()) + ": look whether the folder's name is right.");
    }

    private static Answer done(Dataset dataset, String message) {
        return new Answer(Answer.Outcome.DONE, dataset.name(), message);
    }

    private static Answer refused(Dataset dataset, String message) {
        return new Answer(Answer.Outcome.REFUSED, dataset.name(), message);
    }

    private static String shown(Dataset dataset) {
        return FileNames.printable(dataset.name());
    }
}
