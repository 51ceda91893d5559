package org.dropfolder.ideogram;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The one gate that every request to the API passes: so many at once and never more, uploads always leaving two
 * places to others, and nobody at all while the API has asked for a pause. Safe for use by many threads.
 */
public final class Gate {

    private static final int LEFT_BY_UPLOADS = 2;

    private final int places;
    private final Semaphore free;
    private final Semaphore freeForUploads;
    private final Clock clock;
    private final AtomicReference<Instant> closedUntil = new AtomicReference<>(Instant.EPOCH);

    /** A place at the gate; closing it, once or more often, gives the place back. */
    public interface Pass extends AutoCloseable {

        @Override
        void close();
    }

    /**
     * @param inFlight requests under way at once, at most; 1 or more. One upload is let in even where that
     *                 leaves fewer than two places.
     */
    public Gate(int inFlight, Clock clock) {
        if (inFlight < 1) {
            throw new IllegalArgumentException("At least one request must be let through at once, not " + inFlight);
        }
        this.places = inFlight;
        this.free = new Semaphore(inFlight, true);
        this.freeForUploads = new Semaphore(Math.max(1, inFlight - LEFT_BY_UPLOADS), true);
        this.clock = clock;
    }

    /**
     * Waits, first come, first served, for a place.
     *
     * @throws ApiException     with status 429 and the time that remains, at once, while the API has asked for a
     *                          pause: a thread that slept it out would be missing elsewhere
     * @throws NotSentException if interrupted while waiting; the thread stays interrupted
     */
    public Pass enter(boolean upload) throws IOException {
        refuseWhileClosed();
        if (upload) {
            take(freeForUploads);
        }
        try {
            take(free);
        } catch (IOException interrupted) {
            giveBack(upload, freeForUploads);
            throw interrupted;
        }
        Pass pass = new Place(upload);
        try {
            refuseWhileClosed();
        } catch (ApiException closedMeanwhile) {
            pass.close();
            throw closedMeanwhile;
        }
        return pass;
    }

    /** Refuses everybody from now on for this long; a longer pause that was asked for before stays. */
    public void closeFor(Duration pause) {
        Instant until = clock.instant().plus(pause);
        closedUntil.accumulateAndGet(until, (one, other) -> one.isAfter(other) ? one : other);
    }

    /** When requests are let through again; in the past where they are now. */
    public Instant closedUntil() {
        return closedUntil.get();
    }

    /** How many requests are under way. */
    public int inFlight() {
        return places - free.availablePermits();
    }

    /** How many requests may be under way at once. */
    public int places() {
        return places;
    }

    Clock clock() {
        return clock;
    }

    private void refuseWhileClosed() throws ApiException {
        Duration remaining = Duration.between(clock.instant(), closedUntil.get());
        if (remaining.compareTo(Duration.ZERO) > 0) {
            throw new ApiException(429, Optional.of(remaining), "it has asked for a pause, and nothing was sent");
        }
    }

    private static void take(Semaphore semaphore) throws NotSentException {
        try {
            semaphore.acquire();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new NotSentException("The request was stopped while it waited for its turn", interrupted);
        }
    }

    private static void giveBack(boolean taken, Semaphore semaphore) {
        if (taken) {
            semaphore.release();
        }
    }

    private final class Place implements Pass {

        private final boolean upload;
        private final AtomicBoolean held = new AtomicBoolean(true);

        Place(boolean upload) {
            this.upload = upload;
        }

        @Override
        public void close() {
            if (held.compareAndSet(true, false)) {
                free.release();
                giveBack(upload, freeForUploads);
            }
        }
    }
}
