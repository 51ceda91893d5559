package org.dropfolder.ideogram;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.impl.io.MonitoringResponseOutOfOrderStrategy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** How an HttpClient is set for an API none of whose POSTs may be sent twice. */
final class Transport {

    private static final String USER_AGENT = "Dropfolder";
    private static final Timeout CONNECT = Timeout.ofSeconds(10);
    private static final TimeValue IDLE = TimeValue.ofSeconds(5);
    private static final long EARLY_ANSWER_STEP = 256 * 1024;

    private Transport() {
    }

    /**
     * Whether a connection that was kept alive is still open, one learns only by using it, and a POST on a dead one
     * ends in doubt. So each is looked at before every reuse, and none is reused after five idle seconds, which is
     * less than servers are known to wait before they close.
     *
     * <p>While a body is sent, an answer that comes early is noticed: a server that refuses a large upload (413, 401)
     * says so and closes, and without a look the answer would be lost in a broken connection.
     */
    static PoolingHttpClientConnectionManager connections(int most, Duration timeout) {
        return connections(most, timeout, SystemDefaultDnsResolver.INSTANCE);
    }

    /** The same, to the addresses that {@code names} tells. */
    static PoolingHttpClientConnectionManager connections(int most, Duration timeout, DnsResolver names) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(names)
                .setMaxConnTotal(most)
                .setMaxConnPerRoute(most)
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .responseOutOfOrderStrategy(new MonitoringResponseOutOfOrderStrategy(EARLY_ANSWER_STEP))
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT)
                        .setSocketTimeout(Timeout.of(timeout))
                        .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                        .build())
                .build();
    }

    /** Takes away what sends a request again: retries, redirects, logins. The API knows no cookies. */
    static void configure(HttpClientBuilder builder, Duration timeout) {
        builder.disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .setUserAgent(USER_AGENT)
                .setKeepAliveStrategy((response, context) -> IDLE)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.of(timeout))
                        .setResponseTimeout(Timeout.of(timeout))
                        .setAuthenticationEnabled(false)
                        .build());
    }

    /** One thread that looks at requests under way; it keeps no program alive, and ends when there are none. */
    static ScheduledThreadPoolExecutor watch() {
        ScheduledThreadPoolExecutor watch = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "ideogram-watch");
            thread.setDaemon(true);
            return thread;
        });
        watch.setRemoveOnCancelPolicy(true);
        watch.setKeepAliveTime(10, TimeUnit.SECONDS);
        watch.allowCoreThreadTimeOut(true);
        return watch;
    }
}
