package org.dropfolder.route;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.dropfolder.pipeline.Redelivery;

/**
 * Makes a redelivery wait as long as Ideogram asked. It must run when the exception occurs: when the redelivery begins,
 * its delay is fixed already.
 */
public final class RetryAfter implements Processor {
    private final Redelivery redelivery;

    public RetryAfter(Redelivery redelivery) {
        this.redelivery = redelivery;
    }

    @Override
    public void process(Exchange exchange) {
        Exception exception = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        exchange.getMessage().removeHeader(Exchange.REDELIVERY_DELAY);
        if (exception != null) {
            redelivery.pause(exception).ifPresent(
                pause -> exchange.getMessage().setHeader(Exchange.REDELIVERY_DELAY, pause.toMillis()));
        }
    }
}
