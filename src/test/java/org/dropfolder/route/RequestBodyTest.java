package org.dropfolder.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who sends a file byte by byte, by a real connection. */
@Timeout(60)
class RequestBodyTest {
    private final Vertx vertx = Vertx.vertx();
    private final CompletableFuture<HttpServerRequest> arrived = new CompletableFuture<>();
    private final ScheduledExecutorService dripping = Executors.newSingleThreadScheduledExecutor();
    private HttpServer server;
    private Socket sender;

    @BeforeEach
    void send() throws Exception {
        server = vertx.createHttpServer().requestHandler(request -> {
            request.pause();
            arrived.complete(request);
        }).listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get();
        sender = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
        write("PUT / HTTP/1.1\r\nHost: here\r\nContent-Length: 100000\r\n\r\n");
    }

    @AfterEach
    void stop() throws Exception {
        dripping.shutdownNow();
        sender.close();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void whoSendsNothingIsNotWaitedForForEver() throws Exception {
        // what comes must come within it, however busy the machine is
        RequestBody body = body(Duration.ofSeconds(2));
        write("some");

        assertThat(body.readNBytes(4)).hasSize(4);
        assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(body::read);
    }

    @Test
    void aByteNowAndThenKeepsNoPlace() throws Exception {
        RequestBody body = body(Duration.ofMillis(500));
        dripping.scheduleWithFixedDelay(this::drip, 0, 50, TimeUnit.MILLISECONDS);

        assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(body::readAllBytes);
    }

    @Test
    void whatIsNeverQuickButComesIsRead() throws Exception {
        RequestBody body = body(Duration.ofSeconds(10));
        write("x".repeat(100_000));

        assertThat(body.readAllBytes()).hasSize(100_000);
    }

    @Test
    void aConnectionThatBreaksOffIsNoEnd() throws Exception {
        RequestBody body = body(Duration.ofSeconds(10));
        write("some");
        sender.close();

        assertThatExceptionOfType(EOFException.class).isThrownBy(body::readAllBytes);
    }

    @Test
    void aConnectionThatHadBrokenOffBeforeAnybodyReadIsNoEndEither() throws Exception {
        RequestBody body = body(Duration.ofSeconds(30));
        write("some");
        sender.close();
        await().until(() -> arrived.get().response().closed());

        assertThatExceptionOfType(EOFException.class).isThrownBy(body::readAllBytes);
    }

    private RequestBody body(Duration patience) throws Exception {
        return new RequestBody(arrived.get(), patience);
    }

    private void drip() {
        try {
            write("x");
        } catch (IOException closed) {
            dripping.shutdown();
        }
    }

    private void write(String text) throws IOException {
        OutputStream out = sender.getOutputStream();
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}
