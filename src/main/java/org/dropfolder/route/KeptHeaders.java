package org.dropfolder.route;

import java.util.Set;
import org.apache.camel.http.base.HttpHeaderFilterStrategy;

/** Lets an answer say how long it may be kept, which Camel takes for a matter of the connection, and drops. */
public final class KeptHeaders extends HttpHeaderFilterStrategy {
    public KeptHeaders() {
        getOutFilter().removeAll(Set.of("cache-control"));
    }
}
