package org.dropfolder.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * What every request passes before any route, of Camel's or of ours, sees it. It turns away whom {@link Admission} refuses and what
 * is too large, and gives whatever fails or is not there an answer in words. Camel finds it among the beans by its type. Thread
 * safe.
 */
public final class Door extends LifecycleStrategySupport {
    private static final String BEARER = "Bearer ";
    private static final String EVENTS = "/api/events";
    /** Of what is no file: nothing is read of it. */
    private static final long LONGEST_BODY = 64 << 10;
    /** Who is answered early may still be sending, and would not see the answer if the connection ended at once. */
    private static final long PATIENCE_MS = 5_000;
    private static final int TOO_LARGE = 413;
    private static final Map<Integer, String> WORDS = Map.of(400, "This request can't be understood.",
        404, "There is nothing here.", 405, "This can't be done here.", 406, "This is told in another form only.",
        413, "This is larger than what is taken here.", 415, "This is not taken in this form.",
        500, "The server could not do it. Its log says why.", 501, "This can't be done here.", 503, "The server is starting or stopping.");

    private final ObjectMapper json = new ObjectMapper();
    private final Admission admission;
    private final Token token;
    /** Routes are added one after the other, by the thread that starts them. */
    private boolean isBuiltIn;

    public Door(Admission admission, Token token) {
        this.admission = admission;
        this.token = token;
    }

    /**
     * Before the first route listens: until then nothing but the health is there.
     *
     * @throws IllegalStateException where a route would listen without it
     */
    @Override
    public void onRoutesAdd(Collection<Route> routes) {
        if (isBuiltIn || routes.stream().noneMatch(route -> route.getEndpoint() instanceof PlatformHttpEndpoint)) {
            return;
        }
        CamelContext camel = routes.iterator().next().getCamelContext();
        VertxPlatformHttpRouter router = camel.getRegistry().findByType(VertxPlatformHttpRouter.class).stream().findFirst()
            .orElseThrow(() -> new IllegalStateException("The HTTP server has no router yet: nobody would guard its routes."));
        Router top = (Router) router.getServer().getServer().requestHandler();
        top.route().order(Integer.MIN_VALUE).handler(this::pass);
        WORDS.forEach((status, words) -> top.errorHandler(status, context -> say(context, status, words)));
        isBuiltIn = true;
    }

    private void pass(RoutingContext context) {
        Visit visit = Visit.of(context);
        context.response().putHeader("X-Content-Type-Options", "nosniff");
        context.addEndHandler(ended -> letGo(context));
        Optional<Admission.Refusal> refusal = admission.refusal(visit, bearer(context.request()), pass(context.request()));
        if (refusal.isPresent()) {
            refuse(context, refusal.get());
        } else if (!HttpMethod.PUT.name().equals(visit.method()) && hasLargeBody(context.request())) {
            say(context, TOO_LARGE, WORDS.get(TOO_LARGE));
        } else if (isToBeAskedOtherwise(visit, context)) {
            context.reroute(HttpMethod.GET, context.request().path() + query(visit, context));
        } else {
            context.next();
        }
    }

    /** Whoever may be told what is there may be told how it is without it; and what health is asked for beside itself has names. */
    private static boolean isToBeAskedOtherwise(Visit visit, RoutingContext context) {
        return visit.method().equals(HttpMethod.HEAD.name()) && !visit.path().equals(EVENTS)
            || visit.reads() && Admission.isForWatchers(visit.path()) && context.request().query() != null;
    }

    private static String query(Visit visit, RoutingContext context) {
        String query = context.request().query();
        return query == null || Admission.isForWatchers(visit.path()) ? "" : "?" + query;
    }

    private static Optional<String> bearer(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader("Authorization"))
            .filter(given -> given.regionMatches(true, 0, BEARER, 0, BEARER.length())).map(given -> given.substring(BEARER.length()));
    }

    private Optional<String> pass(HttpServerRequest request) {
        return Optional.ofNullable(request.getCookie(token.passName())).map(Cookie::getValue);
    }

    private static boolean hasLargeBody(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return request.headers().contains("Transfer-Encoding")
            || length != null && !(length.matches("\\d{1,9}") && Long.parseLong(length) <= LONGEST_BODY);
    }

    private void refuse(RoutingContext context, Admission.Refusal refusal) {
        if (refusal == Admission.Refusal.NO_TOKEN) {
            context.response().putHeader("WWW-Authenticate", "Bearer");
        }
        say(context, refusal.status(), refusal.words());
    }

    private void say(RoutingContext context, int status, String words) {
        HttpServerResponse response = context.response();
        if (response.headWritten()) {
            // an answer that broke off must not look whole
            response.reset();
            return;
        }
        try {
            response.setStatusCode(status).putHeader("Content-Type", "application/json").putHeader("Cache-Control", "no-store")
                .end(json.writeValueAsString(new Said(false, words)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Words can be written as JSON.", e);
        }
    }

    /** What is still being sent after the answer is thrown away for a moment, then the connection ends. */
    private static void letGo(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!request.isEnded()) {
            request.resume();
            context.vertx().setTimer(PATIENCE_MS, late -> {
                if (!request.isEnded()) {
                    request.connection().close();
                }
            });
        }
    }
}
