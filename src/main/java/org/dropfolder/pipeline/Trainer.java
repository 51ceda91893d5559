package org.dropfolder.pipeline;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.dropfolder.folder.Hyperparameters;
import org.dropfolder.ideogram.CustomModel;
import org.dropfolder.ideogram.DatasetDetail;
import org.dropfolder.ideogram.ModelList;
import org.dropfolder.ideogram.TrainingStarted;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.DatasetState;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.Training;
import org.dropfolder.ledger.TrainingState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether a training starts: enough images, all quiet, allowed to spend. A training costs about 40 dollars
 * and can't be taken back, so every doubt means no. Thread safe.
 */
public final class Trainer {
    private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);

    private final Ledger ledger;
    private final Quiet quiet;
    private final Consent consent;
    private final TrainingTerms terms;
    private final Clock clock;

    public Trainer(Ledger ledger, Folders folders, TrainingTerms terms, Clock clock) {
        this.ledger = ledger;
        this.quiet = new Quiet(ledger, folders, terms.servers(), clock);
        this.consent = new Consent(ledger);
        this.terms = terms;
        this.clock = clock;
    }

    /**
     * Milliseconds until the dataset has been quiet for long enough, if nothing comes any more. A person who said "now"
     * after the last arrival need not wait for that.
     */
    public long millisUntilQuiet(String name) {
        return ledger.datasets().named(name)
            .filter(d -> ledger.trainings().newestOf(d.id()).filter(t -> Quiet.orderedSince(t, d.lastArrival())).isEmpty())
            .map(d -> Duration.between(clock.instant(), d.lastArrival().plus(terms.servers().quiet())).toMillis())
            .map(millis -> Math.max(0, millis)).orElse(0L);
    }

    /** Tells how far the dataset is from its training; from enough images on, that training waits. */
    public void tellProgress(String name) {
        Dataset dataset = dataset(name);
        Spending spending = terms.of(dataset);
        int images = images(dataset);
        Optional<Training> training = ledger.trainings().newestOf(dataset.id());
        if (training.isPresent() && training.get().state() != TrainingState.WAITING && !wantsNext(dataset, training.get(), spending)) {
            LOG.info("{}: {} in the dataset, and its model learns from {} of them; {}", name, Words.images(images),
                training.get().images(), spending.retrain().map(more -> "the next version takes " + (training.get().images() + more))
                    .orElse("for another model, use another folder"));
        } else if (images < spending.images()) {
            LOG.info("{}: {} in the dataset; {} more are needed to train it", name, Words.images(images),
                spending.images() - images);
        } else {
            waitsFor(waiting(dataset, spending), "Waiting until nothing more came for " + Words.duration(spending.quiet()) + ".");
        }
    }

    /**
     * Whether the dataset's training is due and may be paid for. One that is due and may not is written down as
     * waiting, with what it waits for.
     *
     * @throws IOException if the inbox can't be looked at
     */
    public boolean due(String name) throws IOException {
        Optional<Dataset> known = ledger.datasets().named(name);
        if (known.isEmpty()) {
            return false;
        }
        Dataset dataset = known.get();
        Spending spending = terms.of(dataset);
        if (!ready(dataset, spending)) {
            return false;
        }
        Training training = waiting(dataset, spending);
        if (training.state() != TrainingState.WAITING
                || training.retryAt().map(at -> at.isAfter(clock.instant())).orElse(false)) {
            return false;
        }
        Optional<String> unrest = quiet.unrest(dataset, training).or(() -> terms.barrier(dataset));
        unrest.ifPresent(what -> waitsFor(training, what));
        return unrest.isEmpty() && mayStart(dataset, training, spending);
    }

    /**
     * The dataset of this folder.
     *
     * @throws java.util.NoSuchElementException if nothing was ever dropped there
     */
    public Dataset dataset(String name) {
        return ledger.datasets().named(name).orElseThrow();
    }

    /**
     * The dataset's newest training.
     *
     * @throws java.util.NoSuchElementException if there is none
     */
    public Training training(Dataset dataset) {
        return ledger.trainings().newestOf(dataset.id()).orElseThrow();
    }

    /**
     * Whether the dataset, as it was just read, has a model that the ledger does not know. Then somebody has paid
     * already: it is followed as this training, and nothing is sent.
     */
    public boolean adopts(Training training, DatasetDetail listing) {
        return adopts(training, listing.customModelIds());
    }

    /** The same for a listing of all models: a dataset's own list of them may be missing. [ref] */
    public boolean adoptsAny(Training training, ModelList models) {
        return adopts(training, models.ofDataset(dataset(training).knownId(), training.modelName()).stream()
            .map(CustomModel::modelId).toList());
    }

    /**
     * A dataset that was there before us may have been trained before, too: then that counts as its training, and only a
     * person starts another.
     */
    public void learnModels(Dataset dataset, DatasetDetail listing) {
        boolean trainedBefore = ledger.datasets().get(dataset.id()).adopted() && !listing.customModelIds().isEmpty();
        // a sweep may have found it ready meanwhile
        boolean unasked = ledger.trainings().newestOf(dataset.id())
            .map(training -> training.run() == 1 && training.state() == TrainingState.WAITING).orElse(true);
        if (trainedBefore && unasked) {
            adopts(waiting(dataset, terms.of(dataset)), listing.customModelIds());
        }
    }

    /** @param modelIds the newest last */
    private boolean adopts(Training training, List<String> modelIds) {
        Dataset dataset = dataset(training);
        List<String> unknown = modelIds.stream().filter(id -> !ledger.trainings().knows(dataset, id)).toList();
        if (unknown.isEmpty()) {
            return false;
        }
        String newest = unknown.get(unknown.size() - 1);
        // it may be our own, whose answer is still on its way
        if (ledger.trainings().adopted(training, newest, clock.instant()).modelId().equals(Optional.of(newest))) {
            LOG.warn("{}: model {} was trained from this dataset already; it is followed, and nothing is spent",
                dataset.name(), newest);
            ledger.datasets().foundModels(dataset, unknown.subList(0, unknown.size() - 1));
            ledger.datasets().untroubled(training.datasetId());
        }
        return true;
    }

    /**
     * Commits the intent to spend: true for the one caller who may send the request, once.
     *
     * @throws IOException if the inbox can't be looked at
     */
    public boolean intend(Training training, DatasetDetail listing) throws IOException {
        return intend(training, listing, false);
    }

    /**
     * The same for one that is asked for with hyperparameters.
     *
     * @throws IOException if the inbox can't be looked at
     */
    public boolean intendAdvanced(Training training, DatasetDetail listing) throws IOException {
        return intend(training, listing, true);
    }

    private boolean intend(Training training, DatasetDetail listing, boolean advanced) throws IOException {
        Dataset dataset = dataset(training);
        // reading the dataset may have taken minutes, and something may have come meanwhile
        if (quiet.unrest(dataset, training).isPresent() || !stillAllowed(dataset, training)) {
            return false;
        }
        Spending spending = terms.of(dataset);
        if (listing.imageCount() < spending.images()) {
            waitsFor(training, "Ideogram lists " + listing.imageCount() + " images of the " + spending.images()
                + " that it takes. Waiting until it lists them all.");
            return false;
        }
        Training asked = terms.agreed(dataset, ledger.trainings().get(training.id()));
        // a next version is wanted by what we brought, which a listing may lack
        int images = Math.max(listing.imageCount(), images(dataset));
        boolean ours = asked.hyperparameters().isPresent() == advanced
            && ledger.trainings().intend(asked, images, spending.price(), listing.customModelIds(), spending.daily());
        if (ours) {
            LOG.info("{}: training '{}' starts with {} images{}, for {}", dataset.name(), asked.modelName(), images,
                asked.hyperparameters().map(json -> ", " + Hyperparameters.of(json).words()).orElse(""), spending.cost());
        }
        return ours;
    }

    /** What people set in the folder, and what its pictures show, is looked at once more right before it is paid. */
    private boolean stillAllowed(Dataset dataset, Training training) throws IOException {
        Training now = ledger.trainings().get(training.id());
        if (now.state() != TrainingState.WAITING) {
            return false; // another one asks for it at this moment
        }
        if (!terms.areRead(dataset)) {
            waitsFor(training, "Waiting for dropfolder.yaml in its folder, which changed just now.");
            return false;
        }
        Optional<String> barrier = terms.barrier(dataset);
        barrier.ifPresent(what -> waitsFor(training, what));
        return barrier.isEmpty() && mayStart(dataset, now, terms.of(dataset));
    }

    /** The request was answered. With a model that another training has, nobody but a person can tell what was paid. */
    public Training started(Training training, TrainingStarted answer) {
        Dataset dataset = dataset(training);
        ledger.datasets().untroubled(dataset.id());
        if (ledger.trainings().isAnothers(training, answer.modelId())) {
            String why = "Ideogram answered with model " + answer.modelId() + ", which was there before: this training may have been "
                + "paid. Look at the account; if it was not, send it again with: retry \"" + dataset.name() + "\"";
            LOG.warn("{}: {}", dataset.name(), why);
            return ledger.trainings().leaveToAPerson(training, why);
        }
        Instant look = clock.instant().plus(terms.models().pollDelay());
        LOG.info("{}: training started, model {}", dataset.name(), answer.modelId());
        return ledger.trainings().started(training, answer.modelId(), answer.trainingStatus(), look);
    }

    private boolean ready(Dataset dataset, Spending spending) {
        return dataset.state() == DatasetState.READY && images(dataset) >= spending.images()
            && dataset.retryAt().map(at -> !at.isAfter(clock.instant())).orElse(true);
    }

    /** Those that we brought, and those that an adopted dataset had before. */
    int images(Dataset dataset) {
        return ledger.assets().tally(dataset.id()).of(AssetState.UPLOADED) + dataset.foundImages().orElse(0);
    }

    /**
     * What an approved training still waits for, in words.
     *
     * @throws IOException if the inbox can't be looked at
     */
    Optional<String> waitsFor(Dataset dataset, Training training) throws IOException {
        return quiet.unrest(dataset, training).or(() -> terms.barrier(dataset)).or(this::dailyLimit);
    }

    /** The training that is wanted next, or the newest if none is. */
    private Training waiting(Dataset dataset, Spending spending) {
        Optional<Training> newest = ledger.trainings().newestOf(dataset.id());
        if (newest.isPresent() && !wantsNext(dataset, newest.get(), spending)) {
            return terms.agreed(dataset, newest.get());
        }
        int run = newest.map(Training::run).orElse(0) + 1;
        return terms.agreed(dataset,
            ledger.trainings().waiting(dataset, run, terms.modelName(dataset, run), images(dataset), spending.price()));
    }

    /** Whether so many images came since the model was made that it is followed by a next version. */
    private boolean wantsNext(Dataset dataset, Training newest, Spending spending) {
        return newest.state() == TrainingState.COMPLETED
            && spending.retrain().map(more -> images(dataset) >= newest.images() + more).orElse(false);
    }

    private boolean mayStart(Dataset dataset, Training training, Spending spending) {
        Optional<String> ask = consent.needed(dataset, training, spending);
        ask.ifPresent(why -> asksFor(training, "Waiting for approval: " + why + " costs " + spending.cost()
            + ". Approve it with: train \"" + dataset.name() + "\"" + (spending.simulated() ? " --simulate" : "")));
        Optional<String> limit = ask.isPresent() ? Optional.empty() : dailyLimit();
        limit.ifPresent(what -> waitsFor(training, what));
        return ask.isEmpty() && limit.isEmpty();
    }

    private Optional<String> dailyLimit() {
        int daily = terms.servers().daily();
        return ledger.trainings().intendedToday() < daily ? Optional.empty() : Optional.of("Waiting for tomorrow: " + daily
                + " trainings were started in the last 24 hours, and dropfolder.training.daily allows no more.");
    }

    private void waitsFor(Training training, String what) {
        waits(training, what, ledger.trainings()::waitsFor);
    }

    private void asksFor(Training training, String what) {
        waits(training, what, ledger.orders()::ask);
    }

    /** Said when it begins to wait, and not each time that somebody looks. */
    private void waits(Training training, String what, BiConsumer<Training, String> note) {
        if (!training.trouble().equals(Optional.of(what))) {
            LOG.info("{}: {}", dataset(training).name(), what);
            note.accept(training, what);
        }
    }

    private Dataset dataset(Training training) {
        return ledger.datasets().get(training.datasetId());
    }
}
