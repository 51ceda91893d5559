package org.dropfolder.pipeline;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.dropfolder.ideogram.CustomModel;
import org.dropfolder.ideogram.DatasetDetail;
import org.dropfolder.ideogram.DatasetFile;
import org.dropfolder.ideogram.ModelList;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.Batch;
import org.dropfolder.ledger.Claimed;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Doubt;
import org.dropfolder.ledger.Fates;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.Training;
import org.dropfolder.ledger.TrainingState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles what may have happened, by what Ideogram lists: what is found happened; what is not found for long enough did
 * not, and is done again. Nothing is believed missing before three looks over the time that {@link Patience} gives,
 * since nobody tells how soon a listing shows what a POST did. [open] Thread safe.
 */
public final class Arbiter {
    private static final Logger LOG = LoggerFactory.getLogger(Arbiter.class);
    static final int LOOKS = 3;
    /** Each may have been paid: from then on only a person decides. */
    static final int SENT_AT_MOST = 3;
    /** Between two looks for a training about which only a person may decide that there is none. */
    private static final Duration SELDOM = Duration.ofMinutes(5);

    private final Ledger ledger;
    private final Places places;
    private final Patience patience;
    private final Duration pollDelay;
    private final Clock clock;
    private volatile boolean stopping;

    /** @param pollDelay until the first look at a model that was found */
    public Arbiter(Ledger ledger, Places places, Patience patience, Duration pollDelay, Clock clock) {
        this.ledger = ledger;
        this.places = places;
        this.patience = patience;
        this.pollDelay = pollDelay;
        this.clock = clock;
    }

    /** Milliseconds until something of the dataset is to be looked for; 0 where nothing is. */
    public long millisUntilLook(String name) {
        return doubts(name).stream().flatMap(doubt -> doubt.nextLook().stream()).min(Comparator.naturalOrder())
            .map(at -> Math.max(0, Duration.between(clock.instant(), at).toMillis())).orElse(0L);
    }

    /** Nothing is looked for any more: the server stops, and the ledger knows the next look of each doubt. */
    public void stop() {
        stopping = true;
    }

    /** Claims the looks that are due: true for the one caller who may look now. */
    public boolean claimLook(String name) {
        if (stopping) {
            return false;
        }
        boolean ours = false;
        for (Doubt doubt : doubts(name)) {
            ours |= ledger.doubts().claimLook(doubt, clock.instant().plus(untilNext(doubt)));
        }
        return ours;
    }

    /** Whether something of the dataset is still looked for. */
    public boolean looksOn(String name) {
        return doubts(name).stream().anyMatch(doubt -> doubt.nextLook().isPresent());
    }

    /** The account's datasets were read: counts the look, if the dataset's creation is in doubt and was not among them. */
    public void settleCreation(Dataset dataset, Registrar.Finding finding) {
        if (finding != Registrar.Finding.UNLISTED) {
            return;
        }
        looked(dataset, Doubt.What.CREATION).filter(doubt -> !tooEarly(doubt, Optional.of(patience.upload()))).ifPresent(doubt -> {
            String why = "dataset " + dataset.remoteName() + " was not listed by Ideogram for "
                + Words.duration(patience.upload()) + ": it is created anew";
            LOG.warn("{}: {}", dataset.name(), why);
            ledger.datasets().untroubled(dataset.id());
            ledger.datasets().creationNotFound(dataset, why);
        });
    }

    /**
     * The account's models were read: whether a training of this dataset that was in doubt is among them. Somebody else may
     * have trained it meanwhile: of several, one of the name that we gave is ours.
     */
    public boolean findsTrainingAmong(Dataset dataset, ModelList models) {
        String ours = inDoubt(dataset).map(Training::modelName).orElse("");
        return findsTraining(dataset, models.ofDataset(dataset.knownId(), ours).stream()
            .sorted(Comparator.comparing(model -> model.name().equals(ours))).map(CustomModel::modelId).toList());
    }

    /** The same for the dataset's own list of its models. */
    public boolean findsTraining(Dataset dataset, DatasetDetail listing) {
        return findsTraining(dataset, listing.customModelIds());
    }

    /** Both were read: counts the look, if a training of the dataset is still in doubt. */
    public void missesTraining(Dataset dataset) {
        looked(dataset, Doubt.What.TRAINING).filter(doubt -> !tooEarly(doubt, patience.training()))
            .flatMap(doubt -> inDoubt(dataset)).ifPresent(training -> {
                String why = "no model of it was listed by Ideogram for " + Words.duration(patience.training().orElseThrow());
                if (ledger.trainings().requests(training) >= SENT_AT_MOST) {
                    leaveToAPerson(dataset, training, why);
                    return;
                }
                LOG.warn("{}: training '{}' is started anew, since {}", dataset.name(), training.modelName(), why);
                ledger.datasets().untroubled(dataset.id());
                ledger.trainings().notFound(training, why);
            });
    }

    /** What was sent so often and never shows is not told by lists: one more payment is a person's to risk. */
    private void leaveToAPerson(Dataset dataset, Training training, String why) {
        String what = "The training '" + training.modelName() + "' was sent " + SENT_AT_MOST + " times, and " + why
            + ". Look at the account, for each may have been paid; if there is no model, send it again with: retry \""
            + dataset.name() + "\"";
        LOG.warn("{}: {}", dataset.name(), what);
        ledger.trainings().leaveToAPerson(training, what);
    }

    /**
     * The dataset was read: settles a batch that is in doubt, if that can be settled.
     *
     * @return what is to be moved now
     */
    public List<Asset> settleBatch(Dataset dataset, DatasetDetail listing) {
        return looked(dataset, Doubt.What.BATCH).flatMap(doubt -> ledger.batches().inDoubt(dataset.id())
            .map(claimed -> settleBatch(doubt, dataset, claimed, listing))).orElse(List.of());
    }

    /** @param modelIds the newest last */
    private boolean findsTraining(Dataset dataset, List<String> modelIds) {
        Optional<Training> training = looked(dataset, Doubt.What.TRAINING).flatMap(doubt -> inDoubt(dataset));
        List<String> unknown = training.isEmpty() ? List.of() : modelIds.stream()
            .filter(id -> !training.get().modelsKnownThen().contains(id) && !ledger.trainings().knows(dataset, id)).toList();
        if (unknown.isEmpty()) {
            return false;
        }
        String newest = unknown.get(unknown.size() - 1);
        LOG.info("{}: training '{}' was started: Ideogram lists model {}", dataset.name(), training.get().modelName(), newest);
        ledger.trainings().started(training.get(), newest, Optional.empty(), clock.instant().plus(pollDelay));
        ledger.datasets().foundModels(dataset, unknown.subList(0, unknown.size() - 1));
        ledger.datasets().untroubled(dataset.id());
        return true;
    }

    private Optional<Training> inDoubt(Dataset dataset) {
        return ledger.trainings().newestOf(dataset.id()).filter(training -> training.state() == TrainingState.IN_DOUBT);
    }

    /**
     * What is listed by name and size is there. What is missing goes again, unless the dataset grew by more than what
     * was found: then images of the batch may be there under names that nobody knows.
     */
    private List<Asset> settleBatch(Doubt doubt, Dataset dataset, Claimed claimed, DatasetDetail listing) {
        Batch batch = claimed.batch();
        Set<Long> missing = missing(claimed, listing);
        if (missing.isEmpty()) {
            LOG.info("{}: batch {} was uploaded: Ideogram lists its {}", dataset.name(), batch.id(), Words.images(batch.images()));
            ledger.datasets().untroubled(dataset.id());
            return found(dataset, claimed, Fates.ALL_THERE);
        }
        if (tooEarly(doubt, Optional.of(patience.upload()))) {
            return List.of();
        }
        int found = batch.images() - missing.size();
        if (listing.imageCount() - batch.countBefore() > found) {
            leaveToAPerson(dataset, batch, listing);
            return List.of();
        }
        LOG.warn("{}: batch {} did not arrive as a whole: Ideogram lists {} of its {}; the others go again", dataset.name(),
            batch.id(), found, Words.images(batch.images()));
        ledger.datasets().untroubled(dataset.id());
        return found(dataset, claimed, new Fates(Map.of(), missing));
    }

    private List<Asset> found(Dataset dataset, Claimed claimed, Fates fates) {
        return ledger.batches().found(claimed.batch(), fates, places.of(dataset, claimed.images(), fates));
    }

    private void leaveToAPerson(Dataset dataset, Batch batch, DatasetDetail listing) {
        String why = "batch " + batch.id() + " may be in the dataset: it had " + batch.countBefore() + " images before and has "
            + listing.imageCount() + " now, but not all of the batch's names are listed. Look at the dataset '"
            + dataset.remoteName() + "' at Ideogram; if the images are missing there, send them again with: retry \""
            + dataset.name() + "\"";
        LOG.warn("{}: {}", dataset.name(), why);
        ledger.batches().leaveToAPerson(batch, why);
    }

    /** Where no names are listed, the count alone tells, if it tells exactly. */
    private static Set<Long> missing(Claimed claimed, DatasetDetail listing) {
        int grown = listing.imageCount() - claimed.batch().countBefore();
        List<DatasetFile> named = listing.files().stream().filter(file -> file.name().isPresent()).toList();
        boolean allCame = named.isEmpty() ? grown == claimed.images().size() : grown >= claimed.images().size();
        return claimed.images().stream()
            .filter(image -> named.isEmpty() ? !allCame : named.stream().noneMatch(file -> isListed(image, file, allCame)))
            .map(Asset::id).collect(Collectors.toSet());
    }

    /** A size that differs is no matter where the dataset grew by enough: it may have been encoded anew. [open] */
    private static boolean isListed(Asset image, DatasetFile file, boolean allCame) {
        return file.name().equals(image.sentName())
            && (allCame || file.size().isEmpty() || file.size().getAsLong() == image.size());
    }

    /** Whether a look that did not find it says nothing yet; it counts as one of those that must deny it. */
    private boolean tooEarly(Doubt doubt, Optional<Duration> howLong) {
        boolean enough = howLong.isPresent() && doubt.looks() + 1 >= LOOKS
            && !clock.instant().isBefore(doubt.since().plus(howLong.get()));
        if (!enough) {
            ledger.doubts().notFound(doubt);
        }
        return !enough;
    }

    /**
     * The doubt for which a look was claimed: one that arose while others were read has its first look yet to come, and
     * is not judged by what was read before.
     */
    private Optional<Doubt> looked(Dataset dataset, Doubt.What what) {
        return ledger.doubts().of(dataset.id()).stream().filter(doubt -> doubt.what() == what)
            .filter(doubt -> doubt.nextLook().map(at -> at.isAfter(doubt.since())).orElse(false)).findFirst();
    }

    private List<Doubt> doubts(String name) {
        return ledger.datasets().named(name).map(dataset -> ledger.doubts().of(dataset.id())).orElse(List.of());
    }

    private Duration untilNext(Doubt doubt) {
        return doubt.what() == Doubt.What.TRAINING
            ? patience.training().map(howLong -> howLong.dividedBy(LOOKS)).orElse(SELDOM)
            : patience.upload().dividedBy(LOOKS);
    }
}
