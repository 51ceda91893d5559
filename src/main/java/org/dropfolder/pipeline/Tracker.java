package org.dropfolder.pipeline;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.dropfolder.ideogram.CustomModel;
import org.dropfolder.ideogram.ModelDetail;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.Training;
import org.dropfolder.ledger.TrainingState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows a training until it has ended. Thread safe. */
public final class Tracker {
    private static final Logger LOG = LoggerFactory.getLogger(Tracker.class);
    /** How often a model is looked at from which nothing is expected soon. */
    private static final Duration SELDOM = Duration.ofHours(1);

    private final Ledger ledger;
    private final ModelSettings models;
    private final Clock clock;
    private final Set<String> unknownWords = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    public Tracker(Ledger ledger, ModelSettings models, Clock clock) {
        this.ledger = ledger;
        this.models = models;
        this.clock = clock;
    }

    /** The training of this id, as it is now. */
    public Training training(long id) {
        return ledger.trainings().get(id);
    }

    /** Whether there will be another look at it. */
    public boolean follows(Training training) {
        return !stopping && training.nextLook().isPresent();
    }

    /** No training is followed any more: the server stops, and the ledger knows the next look of each. */
    public void stop() {
        stopping = true;
    }

    /**
     * Milliseconds until its next look is due; 1 at least, so that whoever was woken sleeps, too, and looks that are due at once
     * are made side by side, not one after the other by who wakes them all.
     */
    public long millisUntilLook(Training training) {
        return training.nextLook().map(at -> Math.max(1, Duration.between(clock.instant(), at).toMillis())).orElse(1L);
    }

    /** Claims the look that is due: true for one of all who follow this training. */
    public boolean claim(Training training) {
        return !stopping && ledger.looks().claim(training, clock.instant().plus(models.pollDelay()));
    }

    /** What a look showed, written down. Where it is still under way as it was, the claim has said all: the next look is known. */
    public Training record(Training training, ModelDetail answer) {
        CustomModel model = answer.model();
        TrainingState state = state(training, model);
        if (state == TrainingState.RUNNING && isAsItWas(training, model)) {
            return training(training.id());
        }
        Training now = ledger.looks().showed(training, state, model.statusWord(), model.customModelUri(),
            nextLook(training, state, model));
        if (!training.status().equals(now.status()) || training.state() != now.state()) {
            LOG.info("{}: {} after {}", dataset(now).name(), model.statusWord(),
                Words.duration(Duration.between(now.startedAt().orElse(now.createdAt()), clock.instant())));
        }
        return now;
    }

    /** Whether its end is known and was not told yet. A model without its URI is of no use to anybody yet. */
    public boolean toBeTold(Training training) {
        return training.endedAt().isPresent() && training.announcedAt().isEmpty()
            && (training.state() != TrainingState.COMPLETED || training.uri().isPresent());
    }

    private static boolean isAsItWas(Training training, CustomModel model) {
        return training.state() == TrainingState.RUNNING && training.status().equals(Optional.of(model.statusWord()))
            && (model.customModelUri().isEmpty() || model.customModelUri().equals(training.uri()));
    }

    private TrainingState state(Training training, CustomModel model) {
        return switch (model.status()) {
            case COMPLETED -> TrainingState.COMPLETED;
            case ERRORED -> TrainingState.FAILED;
            case ARCHIVED -> TrainingState.ARCHIVED;
            case UNKNOWN -> {
                if (unknownWords.add(model.statusWord())) {
                    LOG.warn("Ideogram says '{}' of a model, a word that is not known here; it is followed further",
                        model.statusWord());
                }
                yield underWay(training);
            }
            default -> underWay(training);
        };
    }

    private TrainingState underWay(Training training) {
        boolean late = clock.instant().isAfter(training.startedAt().orElse(training.createdAt()).plus(models.pollTimeout()));
        return late ? TrainingState.STALLED : TrainingState.RUNNING;
    }

    /** A completed model is looked at until its URI is there: soon for the first hour, then hourly. */
    private Optional<Instant> nextLook(Training training, TrainingState state, CustomModel model) {
        Instant now = clock.instant();
        return switch (state) {
            case RUNNING -> Optional.of(now.plus(models.pollDelay()));
            case STALLED -> Optional.of(now.plus(SELDOM));
            case COMPLETED -> model.ready() ? Optional.empty() : Optional.of(now.plus(
                training.endedAt().map(ended -> ended.plus(SELDOM).isBefore(now)).orElse(false) ? SELDOM : models.pollDelay()));
            default -> Optional.empty();
        };
    }

    private Dataset dataset(Training training) {
        return ledger.datasets().get(training.datasetId());
    }
}
