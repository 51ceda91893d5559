package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dropfolder.simulator.Account;
import org.dropfolder.simulator.Operation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The ledger is lost, or replaced by an older copy; the files, wherever they rest, and the account at Ideogram are as they were. */
class LostLedgerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PHOTOS = 20;
    private static final Map<String, String> NOTHING_GOES = Map.of("dropfolder.batch.wait", "1h");
    private static final Map<String, String> NOTHING_IS_TRAINED = Map.of("dropfolder.training.wait", "1h");

    @TempDir
    private Path folder;
    private World world;
    private Path copy;
    private Services services;
    private Server server;
    private Map<String, byte[]> photos;

    @BeforeEach
    void begin() throws Exception {
        copy = folder.resolve("copy of the ledger.db");
        photos = Pictures.folder(folder.resolve("photos"), PHOTOS);
    }

    private void in(World.Rest rest) throws Exception {
        world = World.in(folder.resolve("world"), rest);
        services = new Services(world);
    }

    @AfterEach
    void stop() {
        server.close();
        services.close();
    }

    @ParameterizedTest
    @EnumSource
    void aLostLedgerIsRestoredFromTheFilesAndTheAccount(World.Rest rest) throws Exception {
        in(rest);
        start(Map.of());
        drop("garden");
        JsonNode model = model();
        await().until(() -> files("done") == PHOTOS && files("pending") == 0);
        server.close();
        deleteLedger();

        start(Map.of());

        assertThatNothingIsDoneTwice(model.get("model_id").asText());
    }

    /** The machine is thrown away, and with it all that is not in the bucket. */
    @Test
    void aNewMachineTakesUpWhatIsInTheBucket() throws Exception {
        in(World.Rest.BUCKET);
        start(Map.of());
        drop("garden");
        services.drop().other("garden", "notes.jpg", "no image at all".getBytes(StandardCharsets.UTF_8));
        JsonNode model = model();
        await().atMost(Duration.ofSeconds(60)).until(() -> files("rejected") == 2 && files("done") == PHOTOS);
        server.close();
        for (Path file : World.files(world.data())) {
            Files.delete(file);
        }

        start(Map.of());

        await().atMost(Duration.ofSeconds(60)).until(() -> status().path("rejected").asInt() == 1);
        assertThat(status().path("uploaded").asInt()).isEqualTo(PHOTOS);
        assertThat(files("rejected")).isEqualTo(2);
        assertThat(files("done")).isEqualTo(PHOTOS);
        assertThat(services.simulator().account().datasetsNamed("garden")).singleElement()
            .satisfies(garden -> assertThat(garden.files()).hasSize(PHOTOS));
        await().atMost(Duration.ofSeconds(60)).until(() -> status().at("/training/model_id").asText().equals(model.get("model_id").asText()));
        assertThat(services.simulator().account().trainingsStarted()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aCopyFromBeforeTheUploadIsMended(World.Rest rest) throws Exception {
        in(rest);
        start(NOTHING_GOES);
        drop("garden");
        await().until(() -> status().path("pending").asInt() == PHOTOS
            && files("pending") == PHOTOS);
        goOnFromACopy();
    }

    @ParameterizedTest
    @EnumSource
    void aCopyFromBeforeTheTrainingIsMended(World.Rest rest) throws Exception {
        in(rest);
        start(NOTHING_IS_TRAINED);
        drop("garden");
        await().until(() -> status().path("uploaded").asInt() == PHOTOS && files("done") == PHOTOS);
        goOnFromACopy();
    }

    @ParameterizedTest
    @EnumSource
    void whatWasSentAndStillLiesInPendingIsNotSentAgain(World.Rest rest) throws Exception {
        in(rest);
        start(NOTHING_IS_TRAINED);
        drop("garden");
        await().until(() -> files("done") == PHOTOS);
        server.close();
        int uploads = services.simulator().account().requests(Operation.UPLOAD_ASSETS).size();
        deleteLedger();
        // as it was in the moment after the upload
        Files.createDirectories(world.store().resolve("pending"));
        Files.deleteIfExists(world.store().resolve("pending/garden"));
        Files.move(world.store().resolve("done/garden"), world.store().resolve("pending/garden"));

        start(Map.of());

        await().atMost(Duration.ofSeconds(60)).until(() -> files("done") == PHOTOS);
        assertThat(services.simulator().account().requests(Operation.UPLOAD_ASSETS)).hasSize(uploads);
        assertThat(status().get("uploaded").asInt()).isEqualTo(PHOTOS);
        await().atMost(Duration.ofSeconds(60)).until(() -> status().at("/training/waits_for").asText().contains("approval"));
        assertThat(services.simulator().account().trainingsStarted()).isZero();
    }

    /** The whole way; then the ledger of its middle; then the same again. */
    private void goOnFromACopy() throws Exception {
        server.close();
        Files.copy(world.data().resolve("ledger.db"), copy);
        start(Map.of());
        JsonNode model = model();
        server.close();
        deleteLedger();
        Files.copy(copy, world.data().resolve("ledger.db"));

        start(Map.of());

        assertThatNothingIsDoneTwice(model.get("model_id").asText());
    }

    private void assertThatNothingIsDoneTwice(String modelId) throws Exception {
        int uploads = services.simulator().account().requests(Operation.UPLOAD_ASSETS).size();
        drop("garden/again");
        services.drop().other("garden", "picture-1.png", Pictures.png(4711));

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            JsonNode garden = status();
            assertThat(garden.path("uploaded").asInt()).isEqualTo(PHOTOS + 1);
            assertThat(garden.path("duplicates").asInt()).isEqualTo(PHOTOS);
            assertThat(garden.path("pending").asInt() + garden.path("rejected").asInt()).isZero();
            assertThat(garden.at("/training/model_id").asText()).isEqualTo(modelId);
            assertThat(garden.at("/training/state").asText()).isEqualTo("COMPLETED");
            assertThat(files("done")).isEqualTo(2 * PHOTOS + 1);
            // a bucket moves nothing: it copies, and then deletes
            assertThat(files("pending")).isZero();
        });
        List<Account.File> there = services.simulator().account().datasetsNamed("garden").get(0).files();
        assertThat(services.simulator().account().datasetsNamed("garden")).hasSize(1);
        assertThat(there).hasSize(PHOTOS + 1).extracting(Account.File::sha256).doesNotHaveDuplicates();
        assertThat(there).extracting(Account.File::name).doesNotHaveDuplicates();
        assertThat(services.simulator().account().requests(Operation.UPLOAD_ASSETS)).as("the new one").hasSize(uploads + 1);
        assertThat(services.simulator().account().trainingsStarted()).isEqualTo(1);
    }

    private void start(Map<String, String> more) {
        Map<String, String> set = new HashMap<>(Map.of("dropfolder.scan", "50ms", "dropfolder.settle", "200ms",
            "dropfolder.batch.images", "100", "dropfolder.training.wait", "500ms", "dropfolder.sweep", "500ms"));
        set.putAll(more);
        server = Server.start(services.settings(set));
    }

    private void drop(String into) throws IOException {
        Drop drop = services.drop();
        for (Map.Entry<String, byte[]> photo : photos.entrySet()) {
            drop.other(into, photo.getKey(), photo.getValue());
        }
    }

    private void deleteLedger() throws IOException {
        for (String file : List.of("ledger.db", "ledger.db-wal", "ledger.db-shm")) {
            Files.deleteIfExists(world.data().resolve(file));
        }
    }

    private JsonNode model() throws IOException {
        Path file = world.store().resolve("models/garden.json");
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(file));
        return JSON.readTree(file.toFile());
    }

    private long files(String shelf) throws IOException {
        return World.files(world.store().resolve(shelf)).size();
    }

    private JsonNode status() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.address() + "/api/status")).timeout(Duration.ofSeconds(10)).build();
        return JSON.readTree(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body())
            .get("datasets").path(0);
    }
}
