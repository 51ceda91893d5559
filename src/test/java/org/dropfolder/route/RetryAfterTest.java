package org.dropfolder.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.dropfolder.ideogram.ApiException;
import org.dropfolder.pipeline.Redelivery;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
    private final RetryAfter retryAfter = new RetryAfter(new Redelivery());
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    @Test
    void makesARedeliveryWaitAsLongAsIdeogramAsked() {
        failed(new ApiException(429, Optional.of(Duration.ofSeconds(7)), "slow down"));

        assertThat(delay()).isEqualTo(7000L);
    }

    @Test
    void findsTheWishBehindOtherExceptions() {
        failed(new IllegalStateException(new ApiException(503, Optional.of(Duration.ZERO), "")));

        assertThat(delay()).isEqualTo(0L);
    }

    @Test
    void leavesThePauseToThePolicyWhereIdeogramAskedForNone() {
        failed(new ApiException(429, Optional.empty(), ""));

        assertThat(delay()).isNull();
    }

    @Test
    void forgetsTheWishOfAnEarlierFailure() {
        failed(new ApiException(429, Optional.of(Duration.ofSeconds(7)), ""));
        failed(new ApiException(500, Optional.empty(), ""));

        assertThat(delay()).isNull();
    }

    private void failed(Exception exception) {
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, exception);
        retryAfter.process(exchange);
    }

    private Object delay() {
        return exchange.getMessage().getHeader(Exchange.REDELIVERY_DELAY);
    }
}
