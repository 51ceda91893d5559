package org.dropfolder.ideogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InFlightTest {

    private static final String UPLOAD = "/datasets/d1/upload_assets";

    private final TestServer server = new TestServer();
    private final Caller caller = new Caller();

    @AfterEach
    void stop() throws IOException {
        caller.close();
        server.close();
    }

    @Test
    void countsARequestAsInFlightUntilItsAnswerWasRead() throws Exception {
        server.answer(200, "yes");

        ClassicHttpResponse read = caller.open(server.uri("/datasets"));
        ClassicHttpResponse closed = caller.open(server.uri("/datasets"));
        ClassicHttpResponse written = caller.open(server.uri("/datasets"));
        assertThat(caller.gate.inFlight()).isEqualTo(3);

        read.getEntity().getContent().readAllBytes();
        assertThat(caller.gate.inFlight()).isEqualTo(2);
        closed.close();
        assertThat(caller.gate.inFlight()).isEqualTo(1);
        written.getEntity().writeTo(OutputStream.nullOutputStream());
        assertThat(caller.gate.inFlight()).isZero();
    }

    @Test
    void countsAnAnswerWithoutABodyAsReadAtOnce() throws Exception {
        server.answer(204, "");

        caller.open(server.uri("/datasets"));

        assertThat(caller.gate.inFlight()).isZero();
    }

    @Test
    void hasNeverMoreRequestsInFlightThanSet() throws Exception {
        Busy busy = new Busy();
        List<Future<String>> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            calls.add(server.threads().submit(() -> caller.get(server.uri("/datasets"))));
        }

        await().until(() -> busy.now.get() == 8);
        await().during(Duration.ofMillis(200)).until(() -> busy.now.get() == 8 && caller.gate.inFlight() == 8);
        busy.done.countDown();

        for (Future<String> call : calls) {
            assertThat(call.get()).isEqualTo("yes");
        }
        assertThat(busy.most).hasValue(8);
        assertThat(caller.gate.inFlight()).isZero();
    }

    @Test
    void leavesTwoPlacesToOthersHoweverManyUploadsWait() throws Exception {
        Busy busy = new Busy();
        List<Future<String>> uploads = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            uploads.add(server.threads().submit(() -> caller.upload(server.uri(UPLOAD))));
        }
        await().until(() -> busy.now.get() == 6);
        await().during(Duration.ofMillis(200)).until(() -> busy.now.get() == 6);

        Future<String> read = server.threads().submit(() -> caller.get(server.uri("/models")));
        Future<String> train = server.threads().submit(
                () -> caller.post(server.uri("/v1/ideogram-v3/train-model"), "{\"dataset_id\": \"d1\", \"model_name\": \"my cats\"}"));
        await().until(() -> busy.now.get() == 8);
        busy.done.countDown();

        assertThat(read.get()).isEqualTo(train.get()).isEqualTo("yes");
        for (Future<String> upload : uploads) {
            assertThat(upload.get()).isEqualTo("yes");
        }
        assertThat(busy.most).hasValue(8);
    }

    /** A server that holds every request until it is done. */
    private final class Busy {

        private final AtomicInteger now = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private final CountDownLatch done = new CountDownLatch(1);

        Busy() {
            server.handle(exchange -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                awaitDone();
                now.decrementAndGet();
            }, 200, "yes");
        }

        private void awaitDone() throws IOException {
            try {
                done.await();
            } catch (InterruptedException stopped) {
                throw new IOException(stopped);
            }
        }
    }
}
