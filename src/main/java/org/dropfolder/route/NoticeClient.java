package org.dropfolder.route;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.dropfolder.pipeline.RefusedNoticeException;

/**
 * How notices are posted: no redirect is followed, nothing is sent again out of sight, and an answer is its status alone.
 * Whoever answers slowly, byte by byte or without an end is cut off. Thread safe.
 */
public final class NoticeClient implements HttpClientConfigurer, AutoCloseable {
    private static final int CONNECTIONS = 8;
    /** What people's own steps send has no such header. */
    private static final String OF_A_NOTICE = "webhook-id";

    private final Duration longest;
    private final PoolingHttpClientConnectionManager connections;
    private final ScheduledThreadPoolExecutor deadlines;

    /** @param longest from the connection on until an answer's status is there; a connection may take as long */
    public NoticeClient(Duration longest) {
        this.longest = longest;
        this.connections = PoolingHttpClientConnectionManagerBuilder.create()
            .setMaxConnTotal(CONNECTIONS).setMaxConnPerRoute(CONNECTIONS)
            .setDefaultConnectionConfig(ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(longest)).setSocketTimeout(Timeout.of(longest)).build())
            .build();
        this.deadlines = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "notice-deadline");
            thread.setDaemon(true);
            return thread;
        });
        deadlines.setRemoveOnCancelPolicy(true);
    }

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        builder.disableAutomaticRetries().disableRedirectHandling().disableCookieManagement().disableAuthCaching()
            .setUserAgent("Dropfolder")
            // notices are rare: a connection that was kept is closed by the other side before the next, which then is lost
            .setConnectionReuseStrategy((request, response, context) -> false)
            .setDefaultRequestConfig(RequestConfig.custom().setConnectionRequestTimeout(Timeout.of(longest))
                .setResponseTimeout(Timeout.of(longest)).setAuthenticationEnabled(false).build())
            .setConnectionManager(connections).setConnectionManagerShared(true)
            .addExecInterceptorFirst("notice", this::post);
    }

    /** Breaks off what is under way, and lets nothing more out. */
    @Override
    public void close() {
        deadlines.shutdownNow();
        connections.close(CloseMode.IMMEDIATE);
    }

    private ClassicHttpResponse post(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain) throws IOException, HttpException {
        ScheduledFuture<?> deadline = deadlines.schedule(scope.execRuntime::discardEndpoint, longest.toMillis(), TimeUnit.MILLISECONDS);
        try {
            ClassicHttpResponse response = chain.proceed(request, scope);
            // what else it says is nobody's: without its connection it can't be read, nor go on for ever
            scope.execRuntime.discardEndpoint();
            response.setEntity(null);
            if (response.getCode() / 100 != 2) {
                throw new RefusedNoticeException(response.getCode(), request.containsHeader(OF_A_NOTICE),
                    Optional.ofNullable(response.getFirstHeader(HttpHeaders.RETRY_AFTER)).map(Header::getValue));
            }
            return response;
        } finally {
            deadline.cancel(false);
        }
    }
}
