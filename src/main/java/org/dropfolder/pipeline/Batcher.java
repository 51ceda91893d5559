package org.dropfolder.pipeline;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides when a batch goes: once it is full by count or bytes, or has been dripping for too long. Thread safe. */
public final class Batcher {
    private static final Logger LOG = LoggerFactory.getLogger(Batcher.class);
    /** A drip that never pauses for the wait is cut off at so many times that. */
    private static final int DRIP = 12;
    /** Whoever gathers counts from a moment later. */
    private static final Duration LATER = Duration.ofMillis(5);

    private final BatchLimits limits;
    private final Consumer<Duration> wakes;
    private final Clock clock;

    /** @param wakes makes whoever gathers look after so long for what is quiet; he looks now and then by himself */
    public Batcher(BatchLimits limits, Consumer<Duration> wakes, Clock clock) {
        this.limits = limits;
        this.wakes = wakes;
        this.clock = clock;
    }

    /** Adds what was accepted to what came before it; {@code sofar} is null for the first. */
    public Gathering gather(Gathering sofar, Accepted next) {
        wakes.accept(limits.quiet().plus(LATER));
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
