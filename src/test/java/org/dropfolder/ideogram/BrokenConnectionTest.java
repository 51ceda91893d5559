package org.dropfolder.ideogram;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.CRC32;
import org.apache.hc.core5.http.HttpEntity;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is known of a request whose connection, or whose server, fails at each point of its way. In threads of
 * their own, since a thread that writes to a socket can't be interrupted.
 */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BrokenConnectionTest {

    private static final String TRAIN = "/v1/ideogram-v3/train-model";
    private static final String UPLOAD = "/datasets/d1/upload_assets";
    private static final String SUCCESS = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @Test
    void didNotHappenWhereNobodyListens() throws Exception {
        RawServer gone = new RawServer(connection -> { });
        gone.close();
        try (Caller caller = new Caller()) {
            Failure failure = failure(() -> caller.post(gone.uri(TRAIN), "{}"));

            assertThat(failure.repeatsEffect()).isTrue();
            assertThat(failure.sentence()).startsWith("No connection to 127.0.0.1:" + gone.port() + " (refused). ");
            assertThat(failure(() -> caller.get(gone.uri("/datasets"))).repeatsRead()).isTrue();
            assertThat(caller.gate.inFlight()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 400 Bad Request\r\n\r\n"})
    void didNotHappenWithoutATlsHandshake(String answer) throws Exception {
        try (Caller caller = new Caller();
                RawServer server = new RawServer(connection -> RawServer.say(connection, answer))) {
            URI uri = URI.create("https://127.0.0.1:" + server.port() + "/datasets");

            assertThat(failure(() -> caller.get(uri)).kind()).isEqualTo(Failure.Kind.DID_NOT_HAPPEN);
            assertThat(failure(() -> caller.post(uri, "{}")).repeatsEffect()).isTrue();
        }
    }

    @Test
    void didNotHappenWhereTheBodyWasCutOff() throws Exception {
        try (Caller caller = new Caller(); RawServer server = new RawServer(connection -> {
            RawServer.head(connection);
            connection.getInputStream().readNBytes(100_000);
            RawServer.reset(connection);
        })) {
            Failure failure = failure(() -> caller.post(server.uri(UPLOAD), upload(200 << 20)));

            assertThat(failure.repeatsEffect()).isTrue();
            assertThat(failure.sentence()).startsWith("The request was not sent whole (");
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void didNotHappenWhereTheServerStopsReading() throws Exception {
        CompletableFuture<Void> over = new CompletableFuture<>();
        try (Caller caller = Caller.impatient(); RawServer server = new RawServer(connection -> {
            RawServer.head(connection);
            over.join();
        })) {
            Failure failure = failure(() -> caller.post(server.uri(UPLOAD), upload(200 << 20)));

            assertThat(failure.repeatsEffect()).isTrue();
            assertThat(failure.sentence()).startsWith("The request was not sent whole (it stood still). ");
            assertThat(caller.gate.inFlight()).isZero();
            over.complete(null);
        }
    }

    @Test
    void didNotHappenWhereAFileChangedWhileItWasSent() throws Exception {
        ZipPart changed = new ZipPart("a.jpg", 1000, 0, () -> ZipFiles.zeros(999));
        try (Caller caller = new Caller(); RawServer server = new RawServer(RawServer::request)) {
            Throwable thrown = catchThrowable(() -> caller.post(
                    server.uri(UPLOAD), ZipUpload.entity("files", List.of(changed), bytes -> { })));

            assertThat(Failure.of(thrown).kind()).isEqualTo(Failure.Kind.DID_NOT_HAPPEN);
            assertThat(Failure.of(thrown).passing()).isFalse();
            assertThat(ContentChangedException.in(thrown)).map(ContentChangedException::entry).contains("a.jpg");
        }
    }

    @Test
    void hearsAnEarlyRefusalOfALargeUploadAndSendsNoMoreOfIt() throws Exception {
        CompletableFuture<Long> read = new CompletableFuture<>();
        try (Caller caller = new Caller(); RawServer server = new RawServer(connection -> {
            RawServer.head(connection);
            RawServer.say(connection, "HTTP/1.1 413 Too Large\r\nContent-Length: 7\r\n\r\ntoo big");
            read.complete(RawServer.drain(connection));
        })) {
            Failure failure = failure(() -> caller.post(server.uri(UPLOAD), upload(200 << 20)));

            assertThat(failure.status()).hasValue(413);
            assertThat(failure.sentence()).isEqualTo("Ideogram answered 413: too big. Lower dropfolder.batch.size.");
            assertThat(read.join()).isLessThan(100 << 20);
        }
    }

    @Test
    void mayHaveHappenedWhereTheServerHungUp() throws Exception {
        try (Caller caller = new Caller(); RawServer server = new RawServer(RawServer::request)) {
            assertInDoubt(failure(() -> caller.post(server.uri(TRAIN), "{}")));
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void mayHaveHappenedWhereTheConnectionWasResetAfterTheRequest() throws Exception {
        try (Caller caller = new Caller(); RawServer server = new RawServer(connection -> {
            RawServer.request(connection);
            RawServer.reset(connection);
        })) {
            assertInDoubt(failure(() -> caller.post(server.uri(TRAIN), "{}")));
            assertInDoubt(failure(() -> caller.post(server.uri(UPLOAD), upload(1 << 20))));
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"mod",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"mod\r\n"})
    void mayHaveHappenedWhereNoByteCameForTooLong(String beginning) throws Exception {
        CompletableFuture<Void> over = new CompletableFuture<>();
        try (Caller caller = Caller.impatient(); RawServer server = new RawServer(connection -> {
            RawServer.request(connection);
            RawServer.say(connection, beginning);
            over.join();
        })) {
            Failure failure = failure(() -> caller.post(server.uri(TRAIN), "{}"));

            assertInDoubt(failure);
            assertThat(failure.sentence()).contains("Read timed out");
            assertThat(caller.gate.inFlight()).isZero();
            over.complete(null);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"mod",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"mod\r\n", "SMTP ready\r\n\r\n"})
    void mayHaveHappenedWhereTheAnswerIsCutOffOrNone(String beginning) throws Exception {
        try (Caller caller = new Caller(); RawServer server = new RawServer(connection -> {
            RawServer.request(connection);
            RawServer.say(connection, beginning);
        })) {
            assertInDoubt(failure(() -> caller.post(server.uri(TRAIN), "{}")));
            assertThat(caller.gate.inFlight()).isZero();
        }
    }

    @Test
    void isInDoubtAlsoWhereJacksonReadsTheHalfAnswer() throws Exception {
        try (Caller caller = new Caller(); RawServer server = new RawServer(connection -> {
            RawServer.request(connection);
            RawServer.say(connection, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"datasets\": [");
        })) {
            Failure failure = failure(() -> Json.mapper().readValue(
                    caller.open(server.uri("/datasets")).getEntity().getContent(), DatasetList.class));

            assertThat(failure.kind()).isEqualTo(Failure.Kind.MAY_HAVE_HAPPENED);
            assertThat(failure.repeatsRead()).isTrue();
        }
    }

    @Test
    void keepsTheStatusOfARefusalWhoseBodyBreaksOff() throws Exception {
        try (Caller caller = new Caller(); RawServer server = new RawServer(connection -> {
            RawServer.request(connection);
            RawServer.say(connection, "HTTP/1.1 404 Not Found\r\nContent-Length: 100\r\n\r\nno such");
        })) {
            assertThat(failure(() -> caller.get(server.uri("/models/m"))).status()).hasValue(404);
            assertThat(caller.gate.inFlight()).isZero();
        }
    }

    @Test
    void readsOnlyTheBeginningOfAnErrorThatNeverEnds() throws Exception {
        try (Caller caller = new Caller(); RawServer server = new RawServer(connection -> {
            RawServer.request(connection);
            RawServer.say(connection, "HTTP/1.1 500 Sorry\r\nContent-Length: 99999999999\r\n\r\n");
            ZipFiles.zeros(99_999_999_999L).transferTo(connection.getOutputStream());
        })) {
            assertThat(failure(() -> caller.get(server.uri("/models"))).status()).hasValue(500);
            assertThat(caller.gate.inFlight()).isZero();
        }
    }

    @Test
    void doesNotPostOnAConnectionThatTheServerHasClosed() throws Exception {
        AtomicReference<Socket> last = new AtomicReference<>();
        try (Caller caller = new Caller(); RawServer server = new RawServer(connection -> {
            last.set(connection);
            RawServer.request(connection);
            RawServer.say(connection, SUCCESS);
        })) {
            caller.get(server.uri("/datasets"));
            await().until(() -> last.get().isClosed());

            assertThat(caller.post(server.uri(TRAIN), "{}")).isEqualTo("ok");
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void reusesAConnectionThatIsOpen() throws Exception {
        try (Caller caller = new Caller(); RawServer server = new RawServer(connection -> {
            while (true) {
                RawServer.request(connection);
                RawServer.say(connection, SUCCESS);
            }
        })) {
            caller.get(server.uri("/datasets"));
            caller.post(server.uri(TRAIN), "{}");

            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void breaksOffWhatIsUnderWayWhenClosedAndLetsNothingMoreOut() throws Exception {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        try (Caller caller = new Caller(); RawServer server = new RawServer(connection -> {
            RawServer.request(connection);
            asked.complete(null);
            RawServer.drain(connection);
        })) {
            CompletableFuture<Failure> waiting =
                    CompletableFuture.supplyAsync(() -> failure(() -> caller.post(server.uri(TRAIN), "{}")));
            asked.join();

            caller.api.close();

            await().atMost(ofSeconds(10)).until(waiting::isDone);
            assertInDoubt(waiting.join());
            assertThat(failure(() -> caller.post(server.uri(TRAIN), "{}")).kind())
                    .isEqualTo(Failure.Kind.DID_NOT_HAPPEN);
        }
    }

    private static void assertInDoubt(Failure failure) {
        assertThat(failure.kind()).isEqualTo(Failure.Kind.MAY_HAVE_HAPPENED);
        assertThat(failure.repeatsRead()).isTrue();
        assertThat(failure.sentence()).startsWith("Ideogram's answer did not come whole (");
    }

    private static Failure failure(ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).isInstanceOf(IOException.class);
        assertThat(thrown.toString()).doesNotContain(Caller.KEY);
        return Failure.of(thrown);
    }

    private static HttpEntity upload(int size) {
        CRC32 crc = new CRC32();
        crc.update(new byte[size]);
        ZipPart part = new ZipPart("a.png", size, crc.getValue(), () -> ZipFiles.zeros(size));
        return ZipUpload.entity("files", List.of(part), bytes -> { });
    }
}
