package org.dropfolder.ideogram;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.io.Closer;

/**
 * What an HttpClient needs to be a client of the Ideogram API: it adds the key, passes the gate, and turns whatever
 * is not success into an exception that {@link Failure} knows, so that nothing is repeated out of sight.
 *
 * <p>What a request ends with: an answer of 2xx, or an {@link ApiException}, a {@link NotSentException} or an
 * {@link AnswerLostException}; the last one also while the answer's body is read.
 *
 * <p>Safe for use by many threads, and by many HttpClients, which then share gate and connections.
 */
public final class ApiClient implements ExecChainHandler, AutoCloseable {

    private static final String KEY_HEADER = "Api-Key";
    /** What carries images, and takes its time. */
    private static final List<String> UPLOADS = List.of("/upload_assets", "/describe");
    /** The read that shows whether a key is taken. */
    private static final String LIST = "/datasets";
    private static final String ATTEMPT = ApiClient.class.getName() + ".attempt";
    private static final int ERROR_BODY = 8 * 1024;

    private final ApiKey key;
    private final Gate gate;
    private final Duration timeout;
    private final Requests requests;
    private final Calls calls;
    private final PoolingHttpClientConnectionManager connections;
    private final ScheduledThreadPoolExecutor watch = Transport.watch();

    /**
     * @param key     asked before each request, and told which were refused
     * @param timeout how long may pass without a byte going out or coming in, connecting aside
     */
    public ApiClient(ApiKey key, Gate gate, Duration timeout) {
        this(key, gate, timeout, Requests.UNDISTURBED, Calls.UNCOUNTED);
    }

    /** The same; {@code requests} is told of every request, {@code calls} of how each ended. */
    public ApiClient(ApiKey key, Gate gate, Duration timeout, Requests requests, Calls calls) {
        this.requests = requests;
        this.calls = calls;
        this.key = key;
        this.gate = gate;
        this.timeout = timeout;
        this.connections = Transport.connections(gate.places(), timeout);
    }

    /**
     * Makes a client of the API of what the builder builds. Comes last: it sets the connections, the timeouts and
     * the user agent, and takes away every habit of sending a request twice.
     */
    public void configure(HttpClientBuilder builder) {
        Transport.configure(builder, timeout);
        builder.setConnectionManager(connections)
                .setConnectionManagerShared(true)
                .addExecInterceptorFirst("ideogram", this)
                .addExecInterceptorLast("ideogram-connected", ApiClient::connected);
    }

    /** Breaks off what is under way, which fails as if the connection had broken, and lets nothing more out. */
    @Override
    public void close() {
        connections.close(CloseMode.IMMEDIATE);
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException {
        Gate.Pass pass = gate.enter(UPLOADS.stream().anyMatch(request.getRequestUri()::endsWith));
        boolean handedOn = false;
        try {
            boolean harmless = request.getMethod().equals("GET") && request.getPath().endsWith(LIST);
            String secret = key(harmless);
            request.setHeader(new SecretHeader(secret));
            Ending ending = new Ending(calls, Calls.Call.of(request.getMethod(), request.getPath()));
            ClassicHttpResponse response = send(request, scope, chain, ending);
            if (response.getCode() / 100 != 2) {
                ending.is(Calls.Outcome.of(response.getCode()));
                throw refusal(response, scope, secret);
            }
            if (harmless) {
                key.taken(secret);
            }
            handedOn = handOn(response, pass, ending);
            return response;
        } finally {
            if (!handedOn) {
                pass.close();
            }
        }
    }

    private String key(boolean harmless) throws IOException {
        try {
            return key.forRequest(harmless);
        } catch (RuntimeException failed) {
            throw new NotSentException("The key could not be read (" + Attempt.reason(failed) + ")", failed);
        }
    }

    private ClassicHttpResponse send(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain, Ending ending)
            throws IOException {
        Attempt attempt = new Attempt();
        attempt.watch(request);
        scope.clientContext.setAttribute(ATTEMPT, attempt);
        ScheduledFuture<?> watching = watch(attempt, scope);
        String what = request.getMethod() + " " + request.getPath();
        try {
            requests.before(what);
            return chain.proceed(request, scope);
        } catch (IOException | HttpException | RuntimeException failure) {
            IOException failed = attempt.failed(failure, scope.route.getTargetHost());
            ending.is(failed instanceof NotSentException ? Calls.Outcome.UNSENT : Calls.Outcome.LOST);
            throw failed;
        } finally {
            watching.cancel(false);
            // whoever watches the body learns that nothing more goes out
            Closer.closeQuietly(request.getEntity());
            requests.after(what);
        }
    }

    /** The timeout of a socket is for reading only: without this, writing to someone who reads nothing never ends. */
    private ScheduledFuture<?> watch(Attempt attempt, ExecChain.Scope scope) {
        long look = Math.max(1, timeout.toMillis() / 4);
        return watch.scheduleWithFixedDelay(() -> {
            if (attempt.stalledFor(timeout)) {
                scope.execRuntime.discardEndpoint();
            }
        }, look, look, TimeUnit.MILLISECONDS);
    }

    private static ClassicHttpResponse connected(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        ((Attempt) scope.clientContext.getAttribute(ATTEMPT)).connected(request);
        return chain.proceed(request, scope);
    }

    private static boolean handOn(ClassicHttpResponse response, Gate.Pass pass, Ending ending) {
        HttpEntity body = response.getEntity();
        if (body == null) {
            ending.is(Calls.Outcome.DONE);
        } else {
            response.setEntity(new PassedEntity(body, pass, ending));
        }
        return body != null;
    }

    private ApiException refusal(ClassicHttpResponse response, ExecChain.Scope scope, String secret) {
        int status = response.getCode();
        Optional<Duration> retryAfter = retryAfter(response);
        if (status == 429 || status == 503) {
            retryAfter.ifPresent(gate::closeFor);
        }
        if (status == 401) {
            key.refused(secret);
        }
        String body = errorBody(response, scope);
        return new ApiException(status, retryAfter, Excerpt.ofErrorBody(body, secret));
    }

    private Optional<Duration> retryAfter(ClassicHttpResponse response) {
        Header header = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
        Instant now = gate.clock().instant();
        return Optional.ofNullable(header).map(Header::getValue).flatMap(value -> RetryAfter.parse(value, now));
    }

    /** The beginning of the body. The rest is not read: closing would read it to its end, if it has one. */
    private static String errorBody(ClassicHttpResponse response, ExecChain.Scope scope) {
        byte[] beginning = new byte[ERROR_BODY];
        int read = 0;
        try (response) {
            HttpEntity body = response.getEntity();
            read = body == null ? 0 : body.getContent().readNBytes(beginning, 0, ERROR_BODY);
            if (read == ERROR_BODY) {
                scope.execRuntime.discardEndpoint();
            }
        } catch (IOException broken) {
            // the status has been understood; what explains it is welcome, not needed
            scope.execRuntime.discardEndpoint();
        }
        return new String(beginning, 0, read, StandardCharsets.UTF_8);
    }

    /** Sent like any header, but not shown: a log that prints headers prints this text. */
    private static final class SecretHeader extends BasicHeader {

        private static final long serialVersionUID = 1;

        SecretHeader(String value) {
            super(KEY_HEADER, value, true);
        }

        @Override
        public String toString() {
            return KEY_HEADER + ": ***";
        }
    }
}
