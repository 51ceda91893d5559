package org.dropfolder.route;

import java.util.Locale;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.dropfolder.pipeline.Trouble;
import org.dropfolder.pipeline.Watchman;

/**
 * Whether one of the things that all depends on can be used, for Camel's health: not ready while it can't be. It is no
 * reason to start the server again, so liveness does not ask it.
 */
public final class TroubleCheck extends AbstractHealthCheck {
    private final Watchman watchman;
    private final Trouble.Of of;

    public TroubleCheck(Watchman watchman, Trouble.Of of) {
        super("dropfolder", of.name().toLowerCase(Locale.ROOT));
        this.watchman = watchman;
        this.of = of;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        builder.up();
        watchman.troubleOf(of).ifPresent(trouble -> builder.down().message(trouble.words()));
    }
}
