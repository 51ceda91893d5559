package org.dropfolder.pipeline;

import java.time.Duration;
import java.util.Optional;
import org.dropfolder.ideogram.Causes;
import org.dropfolder.ideogram.Failure;

/**
 * Decides whether a failed request is sent again at once. A read is, as long as its failure may pass; a request that
 * changes something only where it surely did not happen. What is not sent again here is taken up later, from the
 * ledger. Thread safe.
 */
public final class Redelivery {
    /** With pauses of one, two and four seconds: a stop waits for them, and leaves nothing in doubt that surely did not happen. */
    private static final int TRIES = 4;
    /** Longer pauses are left to the ledger, so that neither a stop nor a claim has to live through them. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    /** @param tries how often it was sent already; null for once */
    public boolean ofRead(Exception exception, Integer tries) {
        Failure failure = Failure.of(exception);
        return failure.repeatsRead() && soon(failure, tries);
    }

    /** @param tries how often it was sent already; null for once */
    public boolean ofEffect(Exception exception, Integer tries) {
        Failure failure = Failure.of(exception);
        // who lost the claim while it waited for its turn has nothing more to send
        return failure.repeatsEffect() && soon(failure, tries) && Causes.of(exception, LostClaimException.class).isEmpty();
    }

    /** How long Ideogram wants us to wait. */
    public Optional<Duration> pause(Exception exception) {
        return Failure.of(exception).retryAfter();
    }

    private static boolean soon(Failure failure, Integer tries) {
        return (tries == null || tries < TRIES)
            && failure.retryAfter().map(wait -> wait.compareTo(LONGEST) <= 0).orElse(true);
    }
}
