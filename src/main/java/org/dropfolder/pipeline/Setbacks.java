package org.dropfolder.pipeline;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.dropfolder.ideogram.Causes;
import org.dropfolder.ideogram.ContentChangedException;
import org.dropfolder.ideogram.Failure;
import org.dropfolder.ledger.Batch;
import org.dropfolder.ledger.Claimed;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.LedgerException;
import org.dropfolder.ledger.Training;
import org.dropfolder.ledger.TrainingState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down how a step failed, so that it is neither lost nor done twice: what surely did not happen waits for
 * another try, what may have happened is in doubt and waits there. Thread safe.
 */
public final class Setbacks {
    private static final Logger LOG = LoggerFactory.getLogger(Setbacks.class);
    private static final int NOT_FOUND = 404;
    private static final List<Class<? extends Exception>> FORESEEN = List.of(IOException.class, InvalidPathException.class,
        LedgerException.class, LostClaimException.class, UnreadableAnswerException.class);
    /** How soon a listing shows what a POST did, nobody tells. [open] */
    private static final Duration UNLISTED = Duration.ofMinutes(10);

    private final Ledger ledger;
    private final Watchman watchman;
    private final Clock clock;

    public Setbacks(Ledger ledger, Watchman watchman, Clock clock) {
        this.ledger = ledger;
        this.watchman = watchman;
        this.clock = clock;
    }

    /**
     * A step that changes nothing at Ideogram failed: its dataset waits. A training whose model could not be looked at
     * is looked at again when the sweep finds it late. What failed for a {@link Trouble} is no dataset's fault: none pauses,
     * and all are woken when that ends.
     *
     * @param dataset  whose step it was; null for a look at a model, and where it was no dataset's
     * @param training whose model was looked at; null if none was
     */
    public void postpone(Dataset dataset, Training training, Exception exception) {
        Failure failure = Failure.of(exception);
        boolean troubled = watchman.behind(exception).isPresent();
        String what = sentence(failure, exception);
        StringBuilder nextTry = new StringBuilder();
        unlessUnusable(() -> {
            if (dataset != null && !troubled) {
                nextTry.append(" Next try in ").append(Words.duration(pause(dataset, failure, what))).append('.');
            } else if (dataset == null && training != null) {
                giveUpWhatIsGone(training, failure);
            }
        });
        tell(dataset, what + nextTry, exception, troubled);
    }

    /**
     * A request that changes something failed, and is not repeated at once. Only the step that had its intent comes
     * here, so what is settled is never another's. A training that was refused pauses alone: its dataset goes on
     * taking images.
     *
     * @param dataset  whose step it was
     * @param claimed  the batch that was under way; null if none was
     * @param training the training that was under way; null if none was
     * @return the dataset's name, if something of it is in doubt now; else nothing
     */
    public List<String> settle(Dataset dataset, Claimed claimed, Training training, Exception exception) {
        Failure failure = Failure.of(exception);
        boolean happened = failure.kind() == Failure.Kind.MAY_HAVE_HAPPENED;
        boolean troubled = watchman.behind(exception).isPresent();
        String what = sentence(failure, exception);
        unlessUnusable(() -> {
            if (training != null) {
                settle(training, happened, what, troubled ? Optional.empty() : Optional.of(failure));
            } else if (claimed != null) {
                ContentChangedException.in(exception)
                    .ifPresent(changed -> ledger.assets().suspect(claimed.batch(), changed.entry()));
                settle(claimed.batch(), happened, what);
            } else {
                settle(dataset, happened, what);
            }
            if (training == null && !troubled) {
                pause(dataset, failure, what);
            }
        });
        tell(dataset, what, exception, troubled);
        return happened ? List.of(dataset.name()) : List.of();
    }

    /** What can't be written down now needs not be: the claim of what is under way runs out, and the sweep finds it. */
    private void unlessUnusable(Runnable writing) {
        try {
            writing.run();
        } catch (LedgerException unusable) {
            if (watchman.behind(unusable).isEmpty()) {
                LOG.warn("{}", unusable.getMessage());
            }
        }
    }

    /** A model that Ideogram does not know is gone, but not before it had time to be listed. */
    private void giveUpWhatIsGone(Training training, Failure failure) {
        Instant listed = training.startedAt().orElse(training.createdAt()).plus(UNLISTED);
        if (failure.status().orElse(0) == NOT_FOUND && clock.instant().isAfter(listed)) {
            ledger.looks().showed(training, TrainingState.GONE, training.status().orElse(""), Optional.empty(),
                Optional.empty());
        }
    }

    /** @param own the training's own failure, for which it pauses; none where it failed for a trouble */
    private void settle(Training training, boolean happened, String what, Optional<Failure> own) {
        if (happened) {
            ledger.trainings().inDoubt(training, what);
        } else {
            ledger.trainings().notStarted(training, what,
                own.map(failure -> clock.instant().plus(pause(training.failures(), failure))));
        }
    }

    /** A batch that was claimed and never sent can't be in doubt. */
    private void settle(Batch batch, boolean happened, String what) {
        if (!happened) {
            ledger.batches().released(batch, what);
        } else if (!ledger.batches().inDoubt(batch, what)) {
            ledger.batches().neverSent(batch, what);
        }
    }

    private void settle(Dataset dataset, boolean happened, String what) {
        if (happened) {
            ledger.datasets().creationInDoubt(dataset, what);
        } else {
            ledger.datasets().notCreated(dataset);
        }
    }

    private Duration pause(Dataset dataset, Failure failure, String what) {
        Duration pause = pause(ledger.datasets().get(dataset.id()).failures(), failure);
        ledger.datasets().troubled(dataset.id(), what, clock.instant().plus(pause));
        return pause;
    }

    /** Ideogram's own wish counts if it is longer. */
    private static Duration pause(int failures, Failure failure) {
        Duration ours = Pauses.after(failures);
        return failure.retryAfter().filter(wished -> wished.compareTo(ours) > 0).orElse(ours);
    }

    /** What is wrong on this machine is no failure of the API, and is mended elsewhere. */
    private static String sentence(Failure failure, Exception exception) {
        if (Causes.of(exception, InvalidPathException.class).isPresent()) {
            return "Could not spell a file's name, so the file stays in the inbox: the server was started without a "
                + "UTF-8 locale. Start it with LC_ALL=C.UTF-8 in its environment.";
        }
        Optional<LedgerException> ledger = Causes.of(exception, LedgerException.class);
        if (ledger.isPresent()) {
            return ledger.get().getMessage();
        }
        Optional<IOException> here = Causes.of(exception, IOException.class);
        if (here.isPresent() && !Failure.isOfACall(exception)) {
            return Words.failure("read or move a file (" + here.get().getClass().getSimpleName() + ")", here.get(),
                "Look whether it may be read, and whether the data folder is full or can't be written.") + " It is tried again.";
        }
        Optional<UnreadableAnswerException> unclear = Causes.of(exception, UnreadableAnswerException.class);
        return unclear.map(what -> what.getMessage() + " It is looked for before anything is repeated.").orElseGet(failure::sentence);
    }

    /** A stack trace is for what nobody foresaw; what a person can mend needs a sentence, and a trouble had its own. */
    private static void tell(Dataset dataset, String what, Exception exception, boolean troubled) {
        String whose = dataset == null ? "" : dataset.name() + ": ";
        if (troubled) {
            LOG.debug("{}{}", whose, what);
            return;
        }
        boolean foreseen = FORESEEN.stream().anyMatch(type -> Causes.of(exception, type).isPresent());
        if (foreseen) {
            LOG.warn("{}{}", whose, what);
        } else {
            LOG.error("{}{}", whose, what, exception);
        }
    }
}
