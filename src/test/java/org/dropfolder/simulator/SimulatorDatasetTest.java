package org.dropfolder.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.dropfolder.TestClock;
import org.dropfolder.contract.Watched;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorDatasetTest {
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

    @Test
    void createsADataset() throws Exception {
        JsonNode dataset = Client.json(client.post("/datasets", "{\"name\": \"Katzen äöü\"}"));

        assertThat(dataset.get("dataset_id").asText()).matches("[A-Za-z0-9_-]{22}");
        assertThat(dataset.get("name").asText()).isEqualTo("Katzen äöü");
        assertThat(dataset.get("user_id").asText()).isNotEmpty();
        assertThat(dataset.get("cover_asset_identifier").isNull()).isTrue();
        assertThat(simulator.account().datasets()).singleElement().satisfies(held -> {
            assertThat(held.id()).isEqualTo(dataset.get("dataset_id").asText());
            assertThat(held.name()).isEqualTo("Katzen äöü");
            assertThat(held.createdAt()).isEqualTo(clock.instant());
            assertThat(held.files()).isEmpty();
        });
    }

    @Test
    void keepsTwoDatasetsOfOneName() throws Exception {
        String first = client.dataset("cats", 0);
        String second = client.dataset("cats", 0);

        assertThat(first).isNotEqualTo(second);
        assertThat(simulator.account().datasetsNamed("cats")).extracting(Account.Dataset::id)
                .containsExactly(first, second);
    }

    @Test
    void listsDatasetsInTheOrderOfTheirCreation() throws Exception {
        client.dataset("cats", 0);
        client.dataset("dogs", 1);

        JsonNode datasets = Client.json(client.get("/datasets")).get("datasets");

        assertThat(datasets.findValuesAsText("name")).containsExactly("cats", "dogs");
        assertThat(datasets.get(1).at("/cover_asset_identifier/asset_id").asText())
                .isEqualTo(simulator.account().datasets().get(1).files().get(0).id());
    }

    @Test
    void writesTimesInBothFormatsOfTheReference() throws Exception {
        client.dataset("cats", 0);
        client.dataset("dogs", 0);

        assertThat(Client.json(client.get("/datasets")).findValuesAsText("creation_time"))
                .containsExactlyInAnyOrder("2000-01-23 04:56:07+00:00", "2000-01-23T04:56:07+00:00");
    }

    @Test
    void showsADatasetWithItsFilesAndModels() throws Exception {
        String id = client.dataset("cats", 15);
        String model = Client.json(client.train(id, "my cats")).get("model_id").asText();

        JsonNode details = Client.json(client.get("/datasets/" + id));

        assertThat(details.at("/dataset/dataset_id").asText()).isEqualTo(id);
        assertThat(details.get("file_count").asInt()).isEqualTo(15);
        assertThat(details.get("files")).hasSize(15);
        assertThat(details.at("/files/3/file_name").asText()).isEqualTo("3.jpg");
        assertThat(details.at("/files/3/file_size_bytes").asInt()).isEqualTo(Samples.jpeg("image 3").length);
        assertThat(details.get("custom_model_ids")).singleElement()
                .satisfies(shown -> assertThat(shown.asText()).isEqualTo(model));
    }

    @Test
    void knowsNoDatasetThatWasNotCreated() throws Exception {
        assertThat(client.get("/datasets/unknown").statusCode()).isEqualTo(404);
        assertThat(client.upload("unknown", Client.Part.file("a.jpg", Samples.jpeg("a"))).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "\"cats\"", "{}", "{\"name\": \"\"}", "{\"name\": \" \"}", "{\"name\": 7}",
            "{\"name\": null}", "{\"name\": \"cats\"} more"})
    void refusesADatasetWithoutAName(String body) throws Exception {
        HttpResponse<String> response = client.post("/datasets", body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Client.json(response).get("message").asText()).endsWith(".");
        assertThat(simulator.account().datasets()).isEmpty();
    }

    @Test
    void refusesJsonOfAnotherContentType() throws Exception {
        assertThat(client.post("/datasets", "text/plain", Samples.text("{\"name\": \"cats\"}")).statusCode())
                .isEqualTo(400);
        assertThat(client.post("/datasets", "application/json; charset=utf-8", Samples.text("{\"name\": \"cats\"}"))
                .statusCode()).isEqualTo(200);
    }

    @Test
    void refusesABodyThatIsMuchTooLong() throws Exception {
        assertThat(client.post("/datasets", "{\"name\": \"" + "a".repeat(100_000) + "\"}").statusCode()).isEqualTo(400);
    }
}
