package org.dropfolder.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.support.LifecycleStrategySupport;
import org.dropfolder.status.Pulse;

/**
 * {@code GET /api/events}: tells all who look that something changed, and how far large uploads are, once a second at most. It stands beside Camel's own
 * endpoints, since those send an answer as a whole. One thread looks, whatever number of people do; who reads too slowly is let go,
 * and comes again by itself. Camel finds it among the beans by its type, and tells it of its start and its end. Thread safe.
 */
public final class EventStream extends LifecycleStrategySupport {
    private static final String PATH = "/api/events";
    private static final String TYPE = "text/event-stream; charset=utf-8";
    /** More are asked to look by themselves now and then. */
    private static final int VIEWERS = 200;
    private static final Duration BEAT = Duration.ofSeconds(1);
    /** A connection on which nothing was sent for so long gets a sign that it lives. */
    private static final Duration SILENCE = Duration.ofSeconds(15);
    private static final int UNAVAILABLE = 503;

    private final ObjectMapper json = new ObjectMapper();
    private final Set<Viewer> viewers = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "events");
        thread.setDaemon(true);
        return thread;
    });
    private final Pulse pulse;
    private final Clock clock;
    private Instant lastWord;

    public EventStream(Pulse pulse, Clock clock) {
        this.pulse = pulse;
        this.clock = clock;
        this.lastWord = clock.instant();
    }

    /** Somebody who looks; written to by the thread that its connection belongs to. */
    private record Viewer(Context context, HttpServerResponse response) {
        void write(String words) {
            context.runOnContext(now -> {
                if (response.closed() || response.ended()) {
                    return;
                }
                if (response.writeQueueFull()) {
                    response.reset();
                } else {
                    response.write(words);
                }
            });
        }

        void end() {
            context.runOnContext(now -> {
                if (!response.closed() && !response.ended()) {
                    response.end();
                }
            });
        }
    }

    @Override
    public void onContextStarted(CamelContext camel) {
        camel.getRegistry().findByType(VertxPlatformHttpRouter.class).stream()
            .findFirst().ifPresent(router -> {
                router.get(PATH).handler(this::open);
                router.head(PATH).handler(request -> request.response().putHeader("Content-Type", TYPE).end());
                heart.scheduleWithFixedDelay(this::beat, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
            });
    }

    @Override
    public void onContextStopping(CamelContext camel) {
        heart.shutdownNow();
        viewers.forEach(Viewer::end);
    }

    private void open(RoutingContext request) {
        HttpServerResponse response = request.response();
        response.putHeader("Cache-Control", "no-store").putHeader("X-Content-Type-Options", "nosniff");
        if (heart.isShutdown() || viewers.size() >= VIEWERS) {
            response.setStatusCode(UNAVAILABLE).putHeader("Retry-After", "30").end("Too many look on at once.");
            return;
        }
        Viewer viewer = new Viewer(request.vertx().getOrCreateContext(), response);
        request.addEndHandler(ended -> viewers.remove(viewer));
        viewers.add(viewer);
        // proxies are asked not to gather what is to come at once
        response.setChunked(true).putHeader("Content-Type", TYPE).putHeader("X-Accel-Buffering", "no");
        viewer.write("retry: 2000\nevent: hello\ndata: {}\n\n");
    }

    private void beat() {
        if (viewers.isEmpty()) {
            return;
        }
        pulse.next().ifPresent(beat -> tell("event: change\ndata: " + line(beat) + "\n\n"));
        pulse.uploads().ifPresent(uploads -> tell("event: uploads\ndata: " + line(uploads) + "\n\n"));
        if (clock.instant().isAfter(lastWord.plus(SILENCE))) {
            tell(": still here\n\n");
        }
    }

    private void tell(String words) {
        lastWord = clock.instant();
        viewers.forEach(viewer -> viewer.write(words));
    }

    private String line(Object told) {
        try {
            return json.writeValueAsString(told);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A record of names and numbers can be written as JSON.", e);
        }
    }
}
