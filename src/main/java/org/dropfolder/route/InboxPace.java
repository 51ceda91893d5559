package org.dropfolder.route;

import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultPollingConsumerPollStrategy;
import org.dropfolder.pipeline.Lookout;

/** Whether the endpoint that looks at the inbox does so, each time that it could: as the lookout says. */
public final class InboxPace extends DefaultPollingConsumerPollStrategy {
    private final Lookout lookout;
    private final Runnable ended;

    /** @param ended is told of each look that went through, before the next is thought of */
    public InboxPace(Lookout lookout, Runnable ended) {
        this.lookout = lookout;
        this.ended = ended;
    }

    @Override
    public boolean begin(Consumer consumer, Endpoint endpoint) {
        return lookout.begins();
    }

    @Override
    public boolean rollback(Consumer consumer, Endpoint endpoint, int retryCounter, Exception cause) throws Exception {
        lookout.failed();
        return super.rollback(consumer, endpoint, retryCounter, cause);
    }

    @Override
    public void commit(Consumer consumer, Endpoint endpoint, int polled) {
        ended.run();
        lookout.ended(polled);
    }
}
