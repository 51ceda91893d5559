package org.dropfolder.route;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultPollingConsumerPollStrategy;
import org.dropfolder.pipeline.Stillness;

/**
 * Looks at the inbox less often while nothing happens: the pause doubles after each look that found nothing to take,
 * up to the longest; while a file is watched that may soon stand still, it stays short.
 */
public final class InboxPace extends DefaultPollingConsumerPollStrategy {
    private final Duration shortest;
    private final Duration longest;
    private final Stillness stillness;
    private final Clock clock;
    private Duration pause;
    private Instant nextLook;

    /**
     * @param shortest the pause that the endpoint makes by itself
     * @param longest  counts where it is longer
     */
    public InboxPace(Duration shortest, Duration longest, Stillness stillness, Clock clock) {
        this.shortest = shortest;
        this.longest = shortest.compareTo(longest) > 0 ? shortest : longest;
        this.stillness = stillness;
        this.clock = clock;
        this.pause = shortest;
        this.nextLook = clock.instant();
    }

    @Override
    public synchronized boolean begin(Consumer consumer, Endpoint endpoint) {
        Instant now = clock.instant();
        // a clock that was set back must not keep the inbox waiting
        boolean setBack = now.isBefore(nextLook.minus(longest));
        boolean looks = setBack || !now.isBefore(nextLook);
        if (looks) {
            stillness.lookBegins();
        }
        return looks;
    }

    @Override
    public boolean rollback(Consumer consumer, Endpoint endpoint, int retryCounter, Exception cause) throws Exception {
        stillness.lookEnds();
        return super.rollback(consumer, endpoint, retryCounter, cause);
    }

    @Override
    public synchronized void commit(Consumer consumer, Endpoint endpoint, int polled) {
        stillness.lookEnds();
        boolean busy = polled > 0 || stillness.settling();
        Duration doubled = pause.multipliedBy(2);
        pause = busy ? shortest : doubled.compareTo(longest) > 0 ? longest : doubled;
        // the endpoint asks once in each shortest pause, now and then a little early
        nextLook = clock.instant().plus(pause).minus(shortest.dividedBy(2));
    }
}
