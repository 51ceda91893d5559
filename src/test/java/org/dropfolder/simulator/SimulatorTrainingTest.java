package org.dropfolder.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.dropfolder.TestClock;
import org.dropfolder.contract.Watched;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorTrainingTest {
    private final TestClock clock = TestClock.of2000();
    private Simulator simulator;
    private Client client;

    @BeforeEach
    void start() throws IOException {
        Pace pace = new Pace(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(1));
        simulator = Simulator.start(Watched.simulator().withClock(clock).withPace(pace));
        client = new Client(simulator);
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    private JsonNode model(String id) throws IOException, InterruptedException {
        return Client.json(client.get("/models/" + id)).get("model");
    }

    private String train(String name) throws IOException, InterruptedException {
        return Client.json(client.train(client.dataset("cats", 15), name)).get("model_id").asText();
    }

    @Test
    void startsATraining() throws Exception {
        String dataset = client.dataset("cats", 15);

        JsonNode started = Client.json(client.train(dataset, "My cats-1"));

        assertThat(started.get("model_id").asText()).matches("[A-Za-z0-9_-]{22}");
        assertThat(started.get("dataset_id").asText()).isEqualTo(dataset);
        assertThat(started.get("model_name").asText()).isEqualTo("My cats-1");
        assertThat(started.get("training_status").asText()).isEqualTo("CREATING");
        assertThat(simulator.account().trainingsStarted()).isEqualTo(1);
        assertThat(simulator.account().models()).containsExactly(new Account.Model(
                started.get("model_id").asText(), dataset, "My cats-1", 1, 15, clock.instant()));
    }

    @Test
    void startsASecondTrainingOfTheSameDataset() throws Exception {
        String dataset = client.dataset("cats", 100);

        client.train(dataset, "my cats");
        client.train(dataset, "my cats");

        assertThat(simulator.account().trainingsStarted()).isEqualTo(2);
        assertThat(simulator.account().models()).extracting(Account.Model::version).containsExactly(1, 2);
    }

    @Test
    void refusesFewerThanFifteenImages() throws Exception {
        HttpResponse<String> response = client.train(client.dataset("cats", 14), "my cats");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Client.json(response).get("message").asText()).contains("15 to 100").contains("14");
        assertThat(simulator.account().trainingsStarted()).isZero();
    }

    @Test
    void refusesADatasetThatIsNotThere() throws Exception {
        assertThat(client.train("unknown", "my cats").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "cats", "a name of thirty-one characters", "my_cats", "meine süßen", "cats/dogs"})
    void refusesAModelNameOutsideTheContract(String name) throws Exception {
        String dataset = client.dataset("cats", 15);

        assertThat(client.train(dataset, name).statusCode()).isEqualTo(400);
        assertThat(simulator.account().trainingsStarted()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cats5", "a name of thirty letters it is"})
    void takesTheShortestAndTheLongestModelName(String name) throws Exception {
        assertThat(client.train(client.dataset("cats", 15), name).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"model_name\": \"my cats\"}", "{\"dataset_id\": 1, \"model_name\": \"my cats\"}"})
    void refusesATrainingWithoutADataset(String body) throws Exception {
        assertThat(client.post("/v1/ideogram-v3/train-model", body).statusCode()).isEqualTo(400);
    }

    private HttpResponse<String> trainAdvanced(String parameters) throws IOException, InterruptedException {
        return client.post("/v1/ideogram-v3/train-model-advanced", "{\"dataset_id\": \"" + client.dataset("cats", 15)
                + "\", \"model_name\": \"my cats\"" + parameters + "}");
    }

    @Test
    void trainsWithAdvancedParameters() throws Exception {
        HttpResponse<String> response = trainAdvanced(
                ", \"training_steps\": 10000, \"lora_rank\": 64, \"ema\": 0.5, \"learning_rate\": 0.001");

        JsonNode run = model(Client.json(response).get("model_id").asText()).at("/training_runs/0");
        assertThat(run.get("training_steps").asInt()).isEqualTo(10_000);
        assertThat(run.get("lora_rank").asInt()).isEqualTo(64);
        assertThat(run.get("ema").asDouble()).isEqualTo(0.5);
        assertThat(run.get("learning_rate").asDouble()).isEqualTo(0.001);
    }

    @Test
    void trainsWithTheDefaultsWhereNoParameterIsGiven() throws Exception {
        HttpResponse<String> response = trainAdvanced(", \"ema\": null");

        JsonNode run = model(Client.json(response).get("model_id").asText()).at("/training_runs/0");
        assertThat(run.get("training_steps").asInt()).isEqualTo(1000);
        assertThat(run.get("lora_rank").asInt()).isEqualTo(128);
        assertThat(run.has("ema")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "\"training_steps\": 99", "\"training_steps\": 10100", "\"training_steps\": 150",
            "\"training_steps\": \"100\"", "\"lora_rank\": 32", "\"ema\": 1.1", "\"ema\": -0.1",
            "\"learning_rate\": 0"})
    void refusesAdvancedParametersOutOfRange(String parameter) throws Exception {
        assertThat(trainAdvanced(", " + parameter).statusCode()).isEqualTo(400);
        assertThat(simulator.account().trainingsStarted()).isZero();
    }

    @Test
    void leadsAModelThroughItsStatuses() throws Exception {
        String id = train("My own Cats");

        assertProgress(id, 0, "CREATING PREPARING_DATA false null 04:56:07");
        assertProgress(id, 59, "CREATING PREPARING_DATA false null 04:56:07");
        assertProgress(id, 1, "TRAINING QUEUED false null 04:57:07");
        assertProgress(id, 60, "TRAINING TRAINING false null 04:57:07");
        assertProgress(id, 180, "TRAINING FINALIZING false null 04:57:07");
        assertProgress(id, 60, "COMPLETED COMPLETED true null 05:02:07");
        assertProgress(id, 60, "COMPLETED COMPLETED true model/my-own-cats/version/1 05:02:07");
    }

    @Test
    void endsAModelThatIsNamedToFail() throws Exception {
        String id = train("Fails surely");

        assertProgress(id, 359, "TRAINING FINALIZING false null 04:57:07");
        assertProgress(id, 1, "ERRORED FINALIZING false null 05:02:07");
        assertProgress(id, 3600, "ERRORED FINALIZING false null 05:02:07");
    }

    private void assertProgress(String id, int secondsLater, String expected) throws Exception {
        clock.pass(Duration.ofSeconds(secondsLater));
        JsonNode model = model(id);
        assertThat(String.join(" ", model.get("status").asText(), model.at("/training_runs/0/status").asText(),
                model.get("is_available_for_generation").asText(), model.get("custom_model_uri").asText(),
                model.get("last_update_time").asText().substring(11, 19))).isEqualTo(expected);
    }

    @Test
    void completesWithinASecondAtTheQuickPace() throws Exception {
        try (Simulator quick = Simulator.start(Watched.simulator().withClock(clock))) {
            Client other = new Client(quick);
            String id = Client.json(other.train(other.dataset("cats", 15), "my cats")).get("model_id").asText();

            clock.pass(Duration.ofSeconds(1));

            assertThat(Client.json(other.get("/models/" + id)).at("/model/custom_model_uri").asText())
                    .isEqualTo("model/my-cats/version/1");
        }
    }

    @Test
    void listsModelsWithoutTheirRuns() throws Exception {
        String first = train("my cats");
        String second = train("my dogs");

        JsonNode models = Client.json(client.get("/models")).get("models");

        assertThat(models.findValuesAsText("model_id")).containsExactly(first, second);
        assertThat(models.at("/0/name").asText()).isEqualTo("my cats");
        assertThat(models.at("/0/is_owned").asBoolean()).isTrue();
        assertThat(models.at("/0/dataset_id").asText())
                .isEqualTo(simulator.account().models().get(0).datasetId());
        assertThat(models.findValues("training_runs")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"scope=owned, 2", "scope=shared, 0", "status=TRAINING, 1", "status=CREATING&status=TRAINING, 2",
            "scope=owned&status=ARCHIVED, 0"})
    void listsModelsByScopeAndStatus(String query, int expected) throws Exception {
        train("my cats");
        clock.pass(Duration.ofMinutes(2));
        train("my dogs");

        assertThat(Client.json(client.get("/models?" + query)).get("models")).hasSize(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"scope=mine", "scope=owned&scope=shared", "status=training", "status="})
    void refusesAnUnknownScopeOrStatus(String query) throws Exception {
        assertThat(client.get("/models?" + query).statusCode()).isEqualTo(400);
    }

    @Test
    void knowsNoModelThatWasNotTrained() throws Exception {
        assertThat(client.get("/models/unknown").statusCode()).isEqualTo(404);
    }
}
