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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dropfolder.contract.Watched;
import org.dropfolder.simulator.Account;
import org.dropfolder.simulator.Operation;
import org.dropfolder.simulator.Simulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger is lost, or replaced by an older copy; the folders and the account at Ideogram are as they were. */
class LostLedgerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PHOTOS = 20;
    private static final Map<String, String> NOTHING_GOES = Map.of("dropfolder.batch.wait", "1h");
    private static final Map<String, String> NOTHING_IS_TRAINED = Map.of("dropfolder.training.wait", "1h");

    @TempDir
    private Path folder;
    private Path inbox;
    private Path data;
    private Path copy;
    private Simulator simulator;
    private Server server;
    private Map<String, byte[]> photos;

    @BeforeEach
    void begin() throws Exception {
        inbox = Files.createDirectory(folder.resolve("inbox"));
        data = Files.createDirectory(folder.resolve("data"));
        copy = folder.resolve("copy of the ledger.db");
        simulator = Simulator.start(Watched.simulator().withKey("the-key"));
        photos = Pictures.folder(folder.resolve("photos"), PHOTOS);
    }

    @AfterEach
    void stop() {
        server.close();
        simulator.close();
    }

    @Test
    void aLostLedgerIsRestoredFromTheFilesAndTheAccount() throws Exception {
        start(Map.of());
        drop(inbox.resolve("garden"));
        JsonNode model = model();
        server.close();
        deleteLedger();

        start(Map.of());

        assertThatNothingIsDoneTwice(model.get("model_id").asText());
    }

    @Test
    void aCopyFromBeforeTheUploadIsMended() throws Exception {
        start(NOTHING_GOES);
        drop(inbox.resolve("garden"));
        await().atMost(Duration.ofSeconds(30)).until(() -> status().path("pending").asInt() == PHOTOS
            && files("pending") == PHOTOS);
        goOnFromACopy();
    }

    @Test
    void aCopyFromBeforeTheTrainingIsMended() throws Exception {
        start(NOTHING_IS_TRAINED);
        drop(inbox.resolve("garden"));
        await().atMost(Duration.ofSeconds(30)).until(() -> status().path("uploaded").asInt() == PHOTOS && files("done") == PHOTOS);
        goOnFromACopy();
    }

    @Test
    void whatWasSentAndStillLiesInPendingIsNotSentAgain() throws Exception {
        start(NOTHING_IS_TRAINED);
        drop(inbox.resolve("garden"));
        await().atMost(Duration.ofSeconds(30)).until(() -> files("done") == PHOTOS);
        server.close();
        int uploads = simulator.account().requests(Operation.UPLOAD_ASSETS).size();
        deleteLedger();
        // as it was in the moment after the upload
        Files.createDirectories(data.resolve("pending"));
        Files.delete(data.resolve("pending/garden"));
        Files.move(data.resolve("done/garden"), data.resolve("pending/garden"));

        start(Map.of());

        await().atMost(Duration.ofSeconds(60)).until(() -> files("done") == PHOTOS);
        assertThat(simulator.account().requests(Operation.UPLOAD_ASSETS)).hasSize(uploads);
        assertThat(status().get("uploaded").asInt()).isEqualTo(PHOTOS);
        await().atMost(Duration.ofSeconds(60)).until(() -> status().at("/training/waits_for").asText().contains("approval"));
        assertThat(simulator.account().trainingsStarted()).isZero();
    }

    /** The whole way; then the ledger of its middle; then the same again. */
    private void goOnFromACopy() throws Exception {
        server.close();
        Files.copy(data.resolve("ledger.db"), copy);
        start(Map.of());
        JsonNode model = model();
        server.close();
        deleteLedger();
        Files.copy(copy, data.resolve("ledger.db"));

        start(Map.of());

        assertThatNothingIsDoneTwice(model.get("model_id").asText());
    }

    private void assertThatNothingIsDoneTwice(String modelId) throws Exception {
        int uploads = simulator.account().requests(Operation.UPLOAD_ASSETS).size();
        drop(inbox.resolve("garden/again"));
        Files.write(inbox.resolve("garden/picture-1.png"), Pictures.png(4711));

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            JsonNode garden = status();
            assertThat(garden.path("uploaded").asInt()).isEqualTo(PHOTOS + 1);
            assertThat(garden.path("duplicates").asInt()).isEqualTo(PHOTOS);
            assertThat(garden.path("pending").asInt() + garden.path("rejected").asInt()).isZero();
            assertThat(garden.at("/training/model_id").asText()).isEqualTo(modelId);
            assertThat(garden.at("/training/state").asText()).isEqualTo("COMPLETED");
            assertThat(files("done")).isEqualTo(2 * PHOTOS + 1);
        });
        assertThat(files("pending")).isZero();
        List<Account.File> there = simulator.account().datasetsNamed("garden").get(0).files();
        assertThat(simulator.account().datasetsNamed("garden")).hasSize(1);
        assertThat(there).hasSize(PHOTOS + 1).extracting(Account.File::sha256).doesNotHaveDuplicates();
        assertThat(there).extracting(Account.File::name).doesNotHaveDuplicates();
        assertThat(simulator.account().requests(Operation.UPLOAD_ASSETS)).as("the new one").hasSize(uploads + 1);
        assertThat(simulator.account().trainingsStarted()).isEqualTo(1);
    }

    private void start(Map<String, String> more) {
        Map<String, String> set = new HashMap<>(Map.of("dropfolder.inbox", inbox.toString(), "dropfolder.data", data.toString(),
            "dropfolder.http.port", "0", "dropfolder.scan", "50ms", "dropfolder.settle", "200ms", "dropfolder.batch.wait", "300ms",
            "dropfolder.training.wait", "500ms", "dropfolder.poll.delay", "100ms", "dropfolder.sweep", "500ms"));
        set.putAll(Map.of("ideogram.url", simulator.url().toString(), "ideogram.api-key", "the-key"));
        set.putAll(more);
        server = Server.start(Settings.load(Path.of("config/application.properties"), set, Map.of()));
    }

    private void drop(Path into) throws IOException {
        Path whole = Files.createDirectories(folder.resolve("on its way"));
        for (Map.Entry<String, byte[]> photo : photos.entrySet()) {
            Files.write(whole.resolve(photo.getKey()), photo.getValue());
        }
        Files.createDirectories(into.getParent());
        Files.move(whole, into);
    }

    private void deleteLedger() throws IOException {
        for (String file : List.of("ledger.db", "ledger.db-wal", "ledger.db-shm")) {
            Files.deleteIfExists(data.resolve(file));
        }
    }

    private JsonNode model() throws IOException {
        Path file = data.resolve("models/garden.json");
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(file));
        return JSON.readTree(file.toFile());
    }

    private long files(String shelf) throws IOException {
        if (!Files.exists(data.resolve(shelf))) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(data.resolve(shelf))) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    private JsonNode status() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.address() + "/api/status")).timeout(Duration.ofSeconds(10)).build();
        return JSON.readTree(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body())
            .get("datasets").path(0);
    }
}
