package org.dropfolder.ideogram;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.dropfolder.contract.Watched;
import org.dropfolder.simulator.Interaction;

/** A well-behaved server on loopback that gives everybody the same answer. */
final class TestServer implements AutoCloseable {

    /** What is done with a request before it is answered. */
    @FunctionalInterface
    interface Step {
        void take(HttpExchange exchange) throws IOException;
    }

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicReference<Headers> received = new AtomicReference<>();
    private final Consumer<Interaction> observer = Watched.observer();
    private final HttpServer server;

    TestServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.createContext("/", HttpExchange::close);
        server.setExecutor(threads);
        server.start();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    int requests() {
        return requests.get();
    }

    /** The headers of the last request. */
    Headers received() {
        return received.get();
    }

    ExecutorService threads() {
        return threads;
    }

    void answer(int status, String body, String... header) {
        handle(exchange -> exchange.getRequestBody().readAllBytes(), status, body, header);
    }

    void handle(Step step, int status, String body, String... header) {
        server.removeContext("/");
        server.createContext("/", exchange -> {
            try (exchange) {
                requests.incrementAndGet();
                received.set(exchange.getRequestHeaders());
                watch(exchange);
                step.take(exchange);
                if (header.length == 2) {
                    exchange.getResponseHeaders().set(header[0], header[1]);
                }
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
    }

    /** Holds the request against the contract; its body can still be read afterwards. */
    private void watch(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        exchange.setStreams(new ByteArrayInputStream(body), null);
        observer.accept(new Interaction(exchange.getRequestMethod(), exchange.getRequestURI(),
                Map.copyOf(exchange.getRequestHeaders()), body, Optional.empty()));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
