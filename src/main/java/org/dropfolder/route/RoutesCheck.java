package org.dropfolder.route;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Whether all routes run, for Camel's health: what should run and does not is neither live nor ready, since a new start may mend it.
 * While the server starts or stops it is live and not ready.
 */
public final class RoutesCheck extends AbstractHealthCheck {
    private final Supplier<CamelContext> running;

    /** @param running asked at each look: Camel hands it to no check */
    public RoutesCheck(Supplier<CamelContext> running) {
        super("dropfolder", "routes");
        this.running = running;
    }

    @Override
    public boolean isLiveness() {
        return true;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        CamelContext camel = running.get();
        List<String> silent = camel.getStatus().isStarted() ? silent(camel) : List.of();
        builder.up();
        if (!silent.isEmpty()) {
            builder.down().message("Not running: " + String.join(", ", silent) + ". The log says why; start the server again.");
        } else if (!camel.getStatus().isStarted() && options.get(CHECK_KIND) != Kind.LIVENESS) {
            builder.down().message("The server is starting or stopping.");
        }
    }

    /** A route's name is ours, and tells nobody's. */
    private static List<String> silent(CamelContext camel) {
        return camel.getRoutes().stream().filter(route -> isMeantToRun(route))
            .map(Route::getRouteId).filter(id -> camel.getRouteController().getRouteStatus(id) != ServiceStatus.Started).sorted().toList();
    }

    private static boolean isMeantToRun(Route route) {
        return !Boolean.FALSE.equals(route.isAutoStartup());
    }
}
