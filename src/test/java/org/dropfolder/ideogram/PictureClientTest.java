package org.dropfolder.ideogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A picture comes from another's house, which is not believed. */
class PictureClientTest {
    private static final URI HERE = URI.create("http://127.0.0.1:9");
    private static final URI REAL = URI.create("https://api.ideogram.ai");
    private final Map<String, String> seen = new ConcurrentHashMap<>();
    private HttpServer host;

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void serve() throws IOException {
        host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        host.setExecutor(Executors.newCachedThreadPool());
        host.start();
    }

    @AfterEach
    void stop() {
        host.stop(0);
    }

    @Test
    void bringsThePictureWithoutAKey() throws Exception {
        serve("/a.png", exchange -> send(exchange, 200, 3000));

        assertThat(fetch(HERE, Duration.ofSeconds(5), "/a.png")).isEqualTo(3000);
        assertThat(seen.keySet()).noneMatch(header -> header.equalsIgnoreCase("Api-Key"));
    }

    @Test
    void goesToNoAddressThatIsPrivateOrNotEncrypted() {
        serve("/a.png", exchange -> send(exchange, 200, 3000));
        String port = ":" + host.getAddress().getPort();

        assertThatThrownBy(() -> fetch(REAL, "http://127.0.0.1" + port + "/a.png")).isInstanceOf(PictureException.class).hasMessageContaining("https");
        for (String url : new String[] {"https://127.0.0.1" + port, "https://localhost" + port, "https://[::1]" + port,
            "https://169.254.169.254/latest", "https://10.0.0.1/", "https://2130706433" + port}) {
            assertThatThrownBy(() -> fetch(REAL, url)).as(url).isInstanceOf(PictureException.class)
                    .hasMessage("its host is in a private network").matches(thrown -> !((PictureException) thrown).passing());
        }
        assertThat(seen).isEmpty();
    }

    @Test
    void followsNothing() {
        serve("/a.png", exchange -> {
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:" + host.getAddress().getPort() + "/b.png");
            send(exchange, 302, 0);
        });
        serve("/b.png", exchange -> seen.put("followed", "yes"));

        assertThatThrownBy(() -> fetch(HERE, Duration.ofSeconds(5), "/a.png")).isInstanceOf(PictureException.class).hasMessageContaining("302");
        assertThat(seen).doesNotContainKey("followed");
    }

    @Test
    void readsNoMoreThanALargePictureHas() {
        serve("/a.png", exchange -> send(exchange, 200, (int) PictureClient.LARGEST + 1));

        assertThatThrownBy(() -> fetch(HERE, Duration.ofSeconds(20), "/a.png")).isInstanceOf(PictureException.class).hasMessageContaining("more than 25 MB");
    }

    @Test
    void waitsForNoneThatComesByteByByte() {
        serve("/a.png", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 1000; i++) {
                exchange.getResponseBody().write(1);
                exchange.getResponseBody().flush();
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
            exchange.close();
        });

        assertThatThrownBy(() -> fetch(HERE, Duration.ofMillis(500), "/a.png")).isInstanceOf(PictureException.class)
                .hasMessageContaining("did not come whole").matches(thrown -> ((PictureException) thrown).passing());
    }

    private void serve(String path, Answer answer) {
        host.createContext(path, exchange -> {
            exchange.getRequestHeaders().forEach((name, values) -> seen.put(name, values.get(0)));
            answer.to(exchange);
        });
    }

    private static void send(HttpExchange exchange, int status, int bytes) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, bytes == 0 ? -1 : bytes);
            exchange.getResponseBody().write(new byte[bytes]);
        }
    }

    private long fetch(URI api, Duration longest, String path) throws Exception {
        return fetch(api, longest, URI.create("http://127.0.0.1:" + host.getAddress().getPort() + path));
    }

    private static long fetch(URI api, String url) throws Exception {
        return fetch(api, Duration.ofSeconds(5), URI.create(url));
    }

    private static long fetch(URI api, Duration longest, URI url) throws Exception {
        HttpClientBuilder builder = HttpClientBuilder.create();
        try (PictureClient pictures = new PictureClient(api, longest, Requests.UNDISTURBED)) {
            pictures.configure(builder);
            try (CloseableHttpClient client = builder.build()) {
                return client.execute(new HttpGet(url), response -> {
                    try (InputStream bytes = response.getEntity().getContent()) {
                        return bytes.transferTo(OutputStream.nullOutputStream());
                    }
                });
            }
        }
    }
}
