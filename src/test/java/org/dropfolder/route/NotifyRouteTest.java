package org.dropfolder.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Training;
import org.dropfolder.ledger.TrainingState;
import org.dropfolder.server.RouteFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How people learn that a training ended. */
class NotifyRouteTest {
    private static final String ENDED = "seda:training-ended";

    @TempDir
    private Path folder;
    private RouteFixture routes;
    private Scene scene;

    @BeforeEach
    void start() throws Exception {
        scene = Scene.started(folder, List.of("7-notify"));
        routes = scene.routes();
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void writesTheModelsFileAndNotesThatItWasTold() throws Exception {
        Training training = ended("kittens", TrainingState.COMPLETED, Optional.of("model/kittens/version/1"));

        routes.sendAndWait(ENDED, training.id());

        JsonNode file = modelFile("kittens");
        assertThat(file.fieldNames()).toIterable().containsExactly("dataset", "dataset_id", "model_id", "model_name", "status",
                "custom_model_uri", "images", "started", "ended");
        assertThat(file.get("dataset").asText()).isEqualTo("kittens");
        assertThat(file.get("model_id").asText()).isEqualTo("the-model");
        assertThat(file.get("custom_model_uri").asText()).isEqualTo("model/kittens/version/1");
        assertThat(Instant.parse(file.get("ended").asText())).isEqualTo(training.endedAt().orElseThrow());
        assertThat(now(training).announcedAt()).isPresent();
    }

    @Test
    void writesAFileForATrainingThatEndedWithoutAModelToo() throws Exception {
        Training training = ended("kittens", TrainingState.FAILED, Optional.empty());

        routes.sendAndWait(ENDED, training.id());

        assertThat(modelFile("kittens").get("custom_model_uri").isNull()).isTrue();
        assertThat(modelFile("kittens").get("status").asText()).isEqualTo("FAILED");
        assertThat(now(training).announcedAt()).isPresent();
    }

    @Test
    void writesAFileForPeople() throws Exception {
        routes.sendAndWait(ENDED, ended("kittens", TrainingState.FAILED, Optional.empty()).id());

        assertThat(Files.readAllLines(routes.data().resolve("models/kittens.json"))).hasSizeGreaterThan(9);
    }

    @Test
    void tellsNothingAgainThatWasTold() throws Exception {
        Training training = ended("kittens", TrainingState.COMPLETED, Optional.of("model/kittens/version/1"));
        routes.sendAndWait(ENDED, training.id());

        Files.delete(routes.data().resolve("models/kittens.json"));
        routes.sendAndWait(ENDED, training.id());

        assertThat(routes.filesIn("models")).as("a sweep that woke it beside whoever followed the training").isEmpty();
    }

    @Test
    void hasToldNobodyWhereTheFileCantBeWritten() throws Exception {
        Training training = ended("kittens", TrainingState.COMPLETED, Optional.of("model/kittens/version/1"));
        Path inTheWay = Files.writeString(routes.data().resolve("models"), "no folder");

        routes.sendAndWait(ENDED, training.id());
        assertThat(now(training).announcedAt()).isEmpty();

        Files.delete(inTheWay);
        routes.sendAndWait(ENDED, training.id());
        assertThat(now(training).announcedAt()).isPresent();
    }

    private Training ended(String name, TrainingState state, Optional<String> uri) {
        Dataset dataset = routes.ledger().datasets().named(name, name);
        Training training = scene.followed(dataset, "the-model", dataset.lastArrival());
        return routes.ledger().looks().showed(training, state, state.name(), uri, Optional.empty());
    }

    private Training now(Training training) {
        return routes.ledger().trainings().get(training.id());
    }

    private JsonNode modelFile(String dataset) throws Exception {
        return new ObjectMapper().readTree(routes.data().resolve("models/" + dataset + ".json").toFile());
    }
}
