package org.dropfolder.route;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.slf4j.MDC;

/**
 * Lets each line of the log that a step of a route writes bear what the step is about, without the beans knowing of it. Camel finds
 * it among the beans by its type. Thread safe.
 */
public final class LogFields implements InterceptStrategy {
    private final Function<Object[], Map<String, String>> subjects;

    /** @param subjects from what a step works on to the fields of its lines */
    public LogFields(Function<Object[], Map<String, String>> subjects) {
        this.subjects = subjects;
    }

    @Override
    public Processor wrapProcessorInInterceptors(CamelContext camel, NamedNode step, Processor target, Processor next) {
        return new DelegateAsyncProcessor(target) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                Map<String, String> before = MDC.getCopyOfContextMap();
                about(exchange).forEach(MDC::put);
                try {
                    return super.process(exchange, callback);
                } finally {
                    MDC.setContextMap(before == null ? Map.of() : before);
                }
            }
        };
    }

    private Map<String, String> about(Exchange exchange) {
        return subjects.apply(Stream.of(exchange.getVariable("dataset"), exchange.getVariable("batch"),
            exchange.getVariable("training"), exchange.getMessage().getBody()).toArray());
    }
}
