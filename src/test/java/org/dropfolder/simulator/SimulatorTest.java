package org.dropfolder.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dropfolder.simulator.Client.await;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.dropfolder.contract.Watched;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorTest {
    private Simulator simulator;
    private Client client;

    @BeforeEach
    void start() throws IOException {
        simulator = Simulator.start(Watched.simulator().withKey("the key"));
        client = new Client(simulator);
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    private HttpRequest.Builder request(String path) {
        return client.request(path).setHeader("Api-Key", "the key");
    }

    @Test
    void listensOnLoopbackAtAPortOfTheSystemsChoice() throws Exception {
        try (Simulator other = Simulator.start(Watched.simulator())) {
            assertThat(simulator.url().toString()).matches("http://127\\.0\\.0\\.1:[1-9][0-9]*");
            assertThat(other.url()).isNotEqualTo(simulator.url());
        }
    }

    @Test
    void takesItsTimesFromTheSystemsClockUnlessItIsGivenAnother() throws Exception {
        try (Simulator other = Simulator.start(Watched.simulator())) {
            Instant before = Instant.now();
            new Client(other).dataset("cats", 0);

            assertThat(other.account().datasets().get(0).createdAt()).isBetween(before, Instant.now());
        }
    }

    @Test
    void listensAtThePortThatIsAskedFor() throws Exception {
        int port = simulator.url().getPort();
        simulator.close();
        try (Simulator again = Simulator.start(Watched.simulator().withPort(port))) {
            assertThat(again.url()).isEqualTo(simulator.url());
            assertThat(client.get("/datasets").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void refusesARequestWithoutAKey() throws Exception {
        HttpRequest.Builder bare = HttpRequest.newBuilder(simulator.url().resolve("/datasets"));

        assertError(client.send(bare), 401, "Api-Key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "another key"})
    void refusesAKeyThatIsNotTheAccounts(String key) throws Exception {
        assertError(client.send(client.request("/datasets").setHeader("Api-Key", key)), 401, "Api-Key");
    }

    @Test
    void takesEveryKeyOfAnAccountThatWasGivenNone() throws Exception {
        try (Simulator open = Simulator.start(Watched.simulator())) {
            assertThat(new Client(open).get("/datasets").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void tellsOfTheKeyAlsoWhereALargeBodyIsStillBeingSent() throws Exception {
        HttpRequest.Builder upload = client.request("/datasets/any/upload_assets")
                .header("Content-Type", Client.MULTIPART)
                .POST(BodyPublishers.ofByteArray(new byte[8 * 1024 * 1024]));

        assertError(client.send(upload), 401, "Api-Key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/dataset", "/datasets/", "/datasets/a/b", "/models/a/b", "/v1/ideogram-v3/train"})
    void knowsNoOtherPaths(String path) throws Exception {
        assertError(client.send(request(path)), 404, path);
    }

    @Test
    void saysWhichMethodsAPathKnows() throws Exception {
        HttpResponse<String> response = client.send(request("/datasets").DELETE());

        assertError(response, 405, "DELETE");
        assertThat(response.headers().firstValue("Allow")).hasValue("GET, POST");
    }

    @Test
    void recordsEachRequestWithWhatWasAnswered() throws Exception {
        client.send(request("/datasets"));
        client.send(request("/models/unknown"));
        client.send(request("/elsewhere"));

        assertThat(simulator.account().requests()).containsExactly(
                new Account.Request(Optional.of(Operation.LIST_DATASETS), OptionalInt.of(200)),
                new Account.Request(Optional.of(Operation.GET_MODEL), OptionalInt.of(404)),
                new Account.Request(Optional.empty(), OptionalInt.of(404)));
        assertThat(simulator.account().requests(Operation.GET_MODEL)).hasSize(1);
    }

    @Test
    void forgetsTheOldestOfMoreThanTenThousandRequests() {
        Traffic traffic = new Traffic();
        for (int status = 1; status <= 10_001; status++) {
            traffic.enter();
            traffic.leave(new Account.Request(Optional.empty(), OptionalInt.of(status)));
        }

        assertThat(traffic.ended()).hasSize(10_000);
        assertThat(traffic.ended().get(0).status()).hasValue(2);
    }

    @Test
    void refusesTheEleventhRequestInFlight() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        simulator.faults().next(Operation.LIST_MODELS, tenTimes(Fault.hold(latch)));
        List<CompletableFuture<HttpResponse<String>>> held = Stream.generate(() -> request("/models"))
                .limit(10).map(client::sendAsync).toList();
        await().until(() -> simulator.faults().waiting(Operation.LIST_MODELS) == 0);

        HttpResponse<String> eleventh = client.send(request("/models"));
        latch.countDown();

        assertError(eleventh, 429, "in flight");
        assertThat(eleventh.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(held).allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
        assertThat(simulator.account().maxInFlight()).isEqualTo(11);
        assertThat(client.send(request("/models")).statusCode()).isEqualTo(200);
    }

    @Test
    void countsRequestsWhoseBodiesAreStillOnTheirWay() throws Exception {
        List<Socket> halfSent = new ArrayList<>();
        String half = "POST /datasets HTTP/1.1\r\nHost: here\r\nUser-Agent: " + Client.NAME + "\r\nApi-Key: the key\r\n"
                + "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{";
        for (int i = 0; i < 10; i++) {
            Socket socket = new Socket("127.0.0.1", simulator.url().getPort());
            socket.getOutputStream().write(half.getBytes(StandardCharsets.US_ASCII));
            halfSent.add(socket);
        }
        await().until(() -> client.send(request("/datasets")).statusCode() == 429);

        for (Socket socket : halfSent) {
            socket.close();
        }

        await().until(() -> client.send(request("/datasets")).statusCode() == 200);
        // that succeeds when the first of them has ended
        await().until(() -> simulator.account().requests(Operation.CREATE_DATASET).size() == 10);
        assertThat(simulator.account().datasets()).isEmpty();
        assertThat(simulator.account().requests(Operation.CREATE_DATASET)).hasSize(10)
                .allSatisfy(request -> assertThat(request.status()).isEmpty());
    }

    @Test
    void neverRefusesAClientThatKeepsToTenInFlight() throws Exception {
        Semaphore permits = new Semaphore(10);
        List<CompletableFuture<Integer>> statuses = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            permits.acquire();
            statuses.add(client.sendAsync(request("/models")).thenApply(HttpResponse::statusCode)
                    .whenComplete((status, failure) -> permits.release()));
        }

        assertThat(statuses).allSatisfy(status -> assertThat(status.join()).isEqualTo(200));
        assertThat(simulator.account().maxInFlight()).isBetween(2, 10);
    }

    @Test
    void closesAtOnceWhileAnAnswerIsHeld() {
        simulator.faults().next(Operation.LIST_MODELS, Fault.hold(new CountDownLatch(1)));
        CompletableFuture<HttpResponse<String>> held = client.sendAsync(request("/models"));
        await().until(() -> simulator.faults().waiting(Operation.LIST_MODELS) == 0);

        simulator.close();

        await().until(held::isCompletedExceptionally);
    }

    private static Fault[] tenTimes(Fault fault) {
        Fault[] faults = new Fault[10];
        Arrays.fill(faults, fault);
        return faults;
    }

    private static void assertError(HttpResponse<String> response, int status, String mention) throws IOException {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(Client.json(response).get("message").asText()).contains(mention).endsWith(".");
    }
}
