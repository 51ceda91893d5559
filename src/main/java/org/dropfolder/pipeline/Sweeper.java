package org.dropfolder.pipeline;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.dropfolder.image.FileNames;
import org.dropfolder.image.Reason;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.LedgerException;
import org.dropfolder.ledger.Training;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what is due and was not woken, because a message was lost or the server stopped. The first sweep of a process
 * takes up everything; later ones only what is overdue. Thread safe.
 */
public final class Sweeper {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    private static final Duration CUT_OFF = Duration.ofMinutes(1);
    private static final int MOVES_AT_ONCE = 1_000;
    /** Between two looks for a dataset that the ledger has forgotten, and that Ideogram perhaps does not have. */
    private static final Duration RECALL = Duration.ofMinutes(5);

    private final Ledger ledger;
    private final Mover mover;
    private final Places places;
    private final Pace pace;
    private final Clock clock;
    private volatile Instant begun;
    private volatile boolean pausesEnded;
    private final AtomicBoolean allBatchesWoken = new AtomicBoolean();
    private final AtomicBoolean allLooksWoken = new AtomicBoolean();
    private final AtomicBoolean allContainersWoken = new AtomicBoolean();
    private final Map<String, Instant> woken = new ConcurrentHashMap<>();
    private final Map<String, Instant> recalled = new ConcurrentHashMap<>();

    /**
     * What counts as overdue.
     *
     * @param batchWait    a batch goes after so much quiet
     * @param trainingWait a training starts after so much quiet
     * @param captionWait  a caption waits for its image for so long
     * @param pollDelay    between two looks at a training
     * @param images       that a training needs
     * @param retrain      that a next one needs in addition to the last; empty for never
     */
    public record Pace(Duration batchWait, Duration trainingWait, Duration captionWait, Duration pollDelay, int images,
                       Optional<Integer> retrain) { }

    public Sweeper(Ledger ledger, Mover mover, Places places, Pace pace, Clock clock) {
        this.ledger = ledger;
        this.mover = mover;
        this.places = places;
        this.pace = pace;
        this.clock = clock;
        this.begun = clock.instant();
    }

    /** A start is somebody's word that what was wrong is mended: no dataset pauses for an earlier failure. */
    public void endPauses() {
        if (!pausesEnded) {
            ledger.datasets().endPauses();
            pausesEnded = true;
        }
    }

    /** What stood in the way of all is gone: the next wake-ups are for all that waits, as those at the start were. */
    public void beginAnew() {
        begun = clock.instant();
        woken.clear();
        allLooksWoken.set(false);
        allContainersWoken.set(false);
    }

    /** Takes claims from those who fell silent: what was sent is in doubt, what was not waits again. */
    public void expireClaims() {
        int expired = ledger.batches().expire() + ledger.trainings().doubtExpired()
            + ledger.datasets().doubtExpiredCreations();
        if (expired > 0) {
            LOG.warn("{} steps were cut off; what was sent is in doubt, what was not is taken up again", expired);
        }
    }

    /**
     * Sets aside captions whose image did not come while there was a server to take it, and nothing stood in its way. They are moved like
     * everything that was cut off.
     */
    public void setLonelyCaptionsAside() {
        Instant overdue = clock.instant().minus(pace.captionWait());
        if (!begun.isBefore(overdue)) {
            return;
        }
        for (Asset caption : ledger.captions().lonely(overdue)) {
            setAside(caption);
        }
    }

    /** What is wrong with one must not keep the others waiting. */
    private void setAside(Asset caption) {
        try {
            ledger.assets().setAside(caption, whyLonely(caption).text(), places.of(caption.datasetId())).forEach(mover::placeOrLeave);
        } catch (LedgerException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warn("Could not set {} aside: {}. It is tried again.", FileNames.printable(caption.source()), e.getMessage());
        }
    }

    /** An image of its name may have come, and not be one that waits: the newest tells. */
    private Reason whyLonely(Asset caption) {
        Reason none = Reason.captionWithoutImage(caption.name(), Words.duration(pace.captionWait()));
        List<Asset> images = ledger.captions().imagesOf(caption.datasetId(), caption.stem());
        if (images.isEmpty()) {
            return none;
        }
        Asset newest = images.get(images.size() - 1);
        return switch (newest.state()) {
            case DUPLICATE -> Reason.captionOfCopy(caption.name(), ledger.assets().firstCopy(newest).map(Asset::name).orElse(newest.name()));
            case REJECTED -> Reason.captionOfUnused(caption.name());
            case UPLOADED, BATCHED -> Reason.captionTooLate(caption.name());
            case ARRIVING, ACCEPTED -> none;
        };
    }

    /** Finishes moves that were cut off. */
    public void finishMoves() {
        Instant overdue = clock.instant().minus(CUT_OFF);
        Instant before = overdue.isAfter(begun) ? overdue : begun;
        ledger.assets().unmoved(before, MOVES_AT_ONCE).forEach(mover::placeOrLeave);
    }

    /**
     * Wake-ups for datasets whose images wait though nothing came for a while; at the start, for all that an earlier
     * process left waiting. They go where every accepted image goes, so that what still arrives is waited for.
     */
    public List<Accepted> batchesDue() {
        Instant now = clock.instant();
        Instant overdue = now.minus(pace.batchWait().multipliedBy(2));
        Instant later = overdue.isAfter(begun) ? overdue : begun;
        // a copy that was set beside its first one just now wakes nobody, and must not hide what waits from before
        return ledger.assets().overdueDatasets(allBatchesWoken.getAndSet(true) ? later : now.plusMillis(1)).stream()
            .filter(this::notGathered).map(dataset -> new Accepted(dataset, 0)).toList();
    }

    /** Each wake-up begins the wait for quiet anew: one that comes sooner than that wait ends would put it off for ever. */
    private boolean notGathered(String dataset) {
        return notWithin(pace.batchWait().multipliedBy(2), woken, dataset);
    }

    private boolean notWithin(Duration pause, Map<String, Instant> times, String dataset) {
        Instant now = clock.instant();
        Instant before = now.minus(pause);
        return times.merge(dataset, now, (last, next) -> last.isAfter(before) ? last : next).equals(now);
    }

    /**
     * Ids of containers that are to be taken apart. One that was taken up in vain rests for longer each time, but for
     * the start.
     */
    public List<Long> containersDue() {
        return ledger.containers().due(allContainersWoken.getAndSet(true) ? Pauses::after : failures -> Duration.ZERO);
    }

    /** Names of datasets that a new or older ledger knows from their files alone, to be found at Ideogram with their models. */
    public List<String> datasetsForgotten() {
        return ledger.datasets().forgotten().stream().filter(dataset -> notWithin(RECALL, recalled, dataset)).toList();
    }

    /** Names of datasets that have been quiet for long enough to be trained, and were not. */
    public List<String> trainingsDue() {
        return ledger.trainings().candidates(pace.images(), pace.retrain(), clock.instant().minus(pace.trainingWait()));
    }

    /** Names of datasets of which something is in doubt, and is to be looked for now. */
    public List<String> doubtsDue() {
        return ledger.doubts().due();
    }

    /** Ids of trainings whose look is overdue by two delays; at the start of all that are followed. */
    public List<Long> looksDue() {
        Instant overdue = clock.instant().minus(pace.pollDelay().multipliedBy(2));
        return ids(allLooksWoken.getAndSet(true) ? ledger.looks().overdue(overdue) : ledger.looks().followed());
    }

    /** Ids of trainings whose end was not told. */
    public List<Long> announcementsDue() {
        return ids(ledger.trainings().unannounced());
    }

    private static List<Long> ids(List<Training> trainings) {
        return trainings.stream().map(Training::id).toList();
    }
}
