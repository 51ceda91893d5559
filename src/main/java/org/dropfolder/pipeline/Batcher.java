package org.dropfolder.pipeline;

import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides when a batch goes: once it is full by count or bytes, or has been dripping for too long. Thread safe. */
public final class Batcher {
    private static final Logger LOG = LoggerFactory.getLogger(Batcher.class);
    /** A drip that never pauses for the wait is cut off at so many times that. */
    private static final int DRIP = 12;

    private final BatchLimits limits;
    private final Clock clock;

    public Batcher(BatchLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** Adds what was accepted to what came before it; {@code sofar} is null for the first. */
    public Gathering gather(Gathering sofar, Accepted next) {
        int image = next.bytes() > 0 ? 1 : 0;
        if (sofar == null) {
            LOG.info("{}: images are here; they go once nothing new came for {}", next.dataset(),
                Words.duration(limits.quiet()));
            return new Gathering(next.dataset(), image, next.bytes(), clock.instant());
        }
        return new Gathering(sofar.dataset(), sofar.images() + image, sofar.bytes() + next.bytes(), sofar.since());
    }

    /** Whether the batch goes now, however much still comes. */
    public boolean full(Gathering gathering) {
        return gathering.images() >= limits.images() || gathering.bytes() >= limits.bytes()
            || !clock.instant().isBefore(gathering.since().plus(limits.quiet().multipliedBy(DRIP)));
    }
}
