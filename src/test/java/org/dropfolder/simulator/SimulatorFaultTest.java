package org.dropfolder.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.dropfolder.simulator.Client.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.dropfolder.TestClock;
import org.dropfolder.contract.Watched;
import org.dropfolder.simulator.Client.Part;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatorFaultTest {
    private static final String CATS = "{\"name\": \"cats\"}";
    private final TestClock clock = TestClock.of2000();
    private Simulator simulator;
    private Client client;

    @BeforeEach
    void start() throws IOException {
        simulator = Simulator.start(Watched.simulator().withClock(clock));
        client = new Client(simulator);
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    private HttpResponse<String> createCats() throws IOException, InterruptedException {
        return client.post("/datasets", CATS);
    }

    private Account.Request lastRequest() {
        Account account = simulator.account();
        return account.requests().get(account.requests().size() - 1);
    }

    @Test
    void answersWithAStatusInsteadOfDoingIt() throws Exception {
        simulator.faults().next(Operation.CREATE_DATASET, Fault.answer(503)
                .header("Retry-After", "7").header("Content-Type", "text/html").body("<h1>Später</h1>"));

        HttpResponse<String> response = createCats();

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("7");
        assertThat(response.body()).isEqualTo("<h1>Später</h1>");
        assertThat(simulator.account().datasets()).isEmpty();
        assertThat(lastRequest().status()).hasValue(503);
    }

    @Test
    void answersWithAnEmptyBodyWhereNoneIsGiven() throws Exception {
        simulator.faults().next(Operation.CREATE_DATASET, Fault.answer(500));

        assertThat(createCats().body()).isEmpty();
    }

    @Test
    void letsRequestsOfOneOperationGoWrongOneAfterTheOther() throws Exception {
        simulator.faults().next(Operation.CREATE_DATASET, Fault.answer(500), Fault.answer(502));
        simulator.faults().next(Operation.CREATE_DATASET, Fault.answer(504));

        assertThat(client.get("/datasets").statusCode()).isEqualTo(200);
        assertThat(simulator.faults().waiting(Operation.CREATE_DATASET)).isEqualTo(3);
        assertThat(createCats().statusCode()).isEqualTo(500);
        assertThat(createCats().statusCode()).isEqualTo(502);
        assertThat(createCats().statusCode()).isEqualTo(504);
        assertThat(createCats().statusCode()).isEqualTo(200);
        assertThat(simulator.faults().waiting(Operation.CREATE_DATASET)).isZero();
    }

    @Test
    void answersInsteadOfReadingALargeUpload() throws Exception {
        String dataset = client.dataset("cats", 0);
        simulator.faults().next(Operation.UPLOAD_ASSETS, Fault.answer(413));

        assertThat(client.upload(dataset, Part.file("a.jpg", new byte[8 * 1024 * 1024])).statusCode()).isEqualTo(413);
        assertThat(simulator.account().datasets().get(0).files()).isEmpty();
    }

    @Test
    void losesTheAnswerOfWhatItDid() {
        simulator.faults().next(Operation.CREATE_DATASET, Fault.loseAnswer());

        assertThatThrownBy(this::createCats).isInstanceOf(IOException.class);
        assertThat(simulator.account().datasetsNamed("cats")).hasSize(1);
        assertThat(lastRequest().status()).isEmpty();
    }

    @Test
    void closesTheConnectionBeforeDoingAnything() {
        simulator.faults().next(Operation.CREATE_DATASET, Fault.closeBefore());

        assertThatThrownBy(this::createCats).isInstanceOf(IOException.class);
        assertThat(simulator.account().datasets()).isEmpty();
        assertThat(lastRequest().status()).isEmpty();
    }

    @Test
    void closesTheConnectionWhileTheBodyIsBeingRead() throws Exception {
        String dataset = client.dataset("cats", 0);
        simulator.faults().next(Operation.UPLOAD_ASSETS, Fault.closeWhileReading());
        byte[] image = Arrays.copyOf(Samples.jpeg("a"), 16 * 1024 * 1024);

        assertThatThrownBy(() -> client.upload(dataset, Part.file("a.jpg", image))).isInstanceOf(IOException.class);
        assertThat(simulator.account().datasets().get(0).files()).isEmpty();
    }

    @Test
    void sendsHalfOfTheAnswerOfWhatItDid() {
        simulator.faults().next(Operation.CREATE_DATASET, Fault.halfAnswer());

        assertThatThrownBy(this::createCats).isInstanceOf(IOException.class);
        assertThat(simulator.account().datasetsNamed("cats")).hasSize(1);
        assertThat(lastRequest().status()).hasValue(200);
    }

    @Test
    void answersWithJsonThatEndsInTheMiddle() throws Exception {
        simulator.faults().next(Operation.CREATE_DATASET, Fault.brokenJson());

        HttpResponse<String> response = createCats();

        assertThat(response.statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> Client.json(response)).isInstanceOf(JsonProcessingException.class);
        assertThat(simulator.account().datasetsNamed("cats")).hasSize(1);
    }

    @Test
    void leavesAFieldOutWhereverItStands() throws Exception {
        String dataset = client.dataset("cats", 2);
        simulator.faults().next(Operation.CREATE_DATASET, Fault.without("dataset_id"));
        simulator.faults().next(Operation.GET_DATASET, Fault.without("file_name"));

        JsonNode created = Client.json(createCats());
        JsonNode details = Client.json(client.get("/datasets/" + dataset));

        assertThat(created.has("dataset_id")).isFalse();
        assertThat(created.get("name").asText()).isEqualTo("cats");
        assertThat(details.findValues("file_name")).isEmpty();
        assertThat(details.findValues("file_size_bytes")).hasSize(2);
    }

    @Test
    void holdsAnAnswerUntilItIsReleased() {
        CountDownLatch latch = new CountDownLatch(1);
        simulator.faults().next(Operation.LIST_MODELS, Fault.hold(latch));

        CompletableFuture<HttpResponse<String>> held = client.sendAsync(client.request("/models"));
        await().until(() -> simulator.faults().waiting(Operation.LIST_MODELS) == 0);
        assertThat(held).isNotDone();
        latch.countDown();

        assertThat(held.join().statusCode()).isEqualTo(200);
    }

    @Test
    void nestsFaults() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        simulator.faults().next(Operation.CREATE_DATASET,
                Fault.hold(latch).then(Fault.loseAnswer()),
                Fault.without("name").then(Fault.without("user_id")));

        CompletableFuture<Void> lost = CompletableFuture.runAsync(
                () -> assertThatThrownBy(this::createCats).isInstanceOf(IOException.class));
        await().until(() -> !simulator.account().datasetsNamed("cats").isEmpty());
        assertThat(lost).isNotDone();
        latch.countDown();
        lost.join();

        assertThat(Client.json(createCats()).fieldNames()).toIterable()
                .containsExactly("dataset_id", "creation_time", "cover_asset_identifier");
    }

    @Test
    void letsListingsLagBehind() throws Exception {
        simulator.faults().listingsLag(Duration.ofSeconds(10));
        String dataset = client.dataset("cats", 15);
        String model = Client.json(client.train(dataset, "my cats")).get("model_id").asText();

        assertShown(dataset, 0, 0);
        assertThat(client.get("/models/" + model).statusCode()).isEqualTo(200);
        clock.pass(Duration.ofSeconds(9));
        assertShown(dataset, 0, 0);
        clock.pass(Duration.ofSeconds(1));
        assertShown(dataset, 15, 1);
    }

    @Test
    void endsTheLagOfListings() throws Exception {
        simulator.faults().listingsLag(Duration.ofSeconds(10));
        String dataset = client.dataset("cats", 15);
        client.train(dataset, "my cats");

        simulator.faults().listingsLag(Duration.ZERO);

        assertShown(dataset, 15, 1);
    }

    private void assertShown(String dataset, int files, int others) throws Exception {
        JsonNode details = Client.json(client.get("/datasets/" + dataset));
        assertThat(details.get("files")).hasSize(files);
        assertThat(details.get("file_count").asInt()).isEqualTo(files);
        assertThat(details.get("custom_model_ids")).hasSize(others);
        assertThat(Client.json(client.get("/datasets")).get("datasets")).hasSize(others);
        assertThat(Client.json(client.get("/models")).get("models")).hasSize(others);
    }
}
