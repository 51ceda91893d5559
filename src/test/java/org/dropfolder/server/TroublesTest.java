package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.dropfolder.contract.Watched;
import org.dropfolder.AdvancedClock;
import org.dropfolder.simulator.Fault;
import org.dropfolder.simulator.Operation;
import org.dropfolder.simulator.Simulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What stands in the way of everything is told, loses nothing, and all goes on by itself: with the whole server. */
class TroublesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String READY = "/observe/health/ready";
    /** More than between two looks at what is well, or two tries of a key. */
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final AdvancedClock clock = new AdvancedClock();
    @TempDir
    private Path folder;
    private Path inbox;
    private Path data;
    private Path keyFile;
    private Simulator simulator;
    private Server server;

    @BeforeEach
    void start() throws Exception {
        inbox = Files.createDirectory(folder.resolve("inbox"));
        data = Files.createDirectory(folder.resolve("data"));
        keyFile = Files.writeString(folder.resolve("key"), " the-key\n");
        simulator = Simulator.start(Watched.simulator().withKey("the-key"));
    }

    @AfterEach
    void stop() {
        server.close();
        simulator.close();
    }

    @Test
    void aStartWithARefusedKeySaysSoAndGoesOnAtOnceWithANewOne() throws Exception {
        Files.writeString(keyFile, "a-revoked-key");
        begin();
        down("KEY", "refused the key (401)");
        Pictures.folder(inbox.resolve("garden"), 15);
        await().atMost(MINUTE).until(() -> files("pending") == 15);
        assertThat(simulator.account().requests()).hasSize(1);

        Files.writeString(keyFile, "the-key");
        isTrained("garden");
        up();
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATE_DATASET", "UPLOAD_ASSETS", "TRAIN_MODEL", "GET_MODEL"})
    void aKeyThatIsRefusedInTheMiddleHoldsAllBackUntilItIsTakenAgain(Operation operation) throws Exception {
        simulator.faults().next(operation, Fault.answer(401));
        begin();
        Pictures.folder(inbox.resolve("garden"), 15);
        down("KEY", "refused the key (401)");
        int sent = simulator.account().requests().size();
        Pictures.folder(inbox.resolve("meadow"), 2);
        await().atMost(MINUTE).until(() -> files("pending/meadow") == 2);
        assertThat(simulator.account().requests()).hasSize(sent);

        clock.advance(MINUTE);
        isTrained("garden");
        await().atMost(MINUTE).until(() -> files("done/meadow") == 2);
        up();
        assertThat(simulator.account().requests(operation)).filteredOn(r -> r.status().equals(OptionalInt.of(401))).hasSize(1);
        assertThat(simulator.account().trainingsStarted()).isEqualTo(1);
        assertThat(files("rejected")).isZero();
    }

    @Test
    void aLedgerThatAnotherProgramHoldsIsWaitedFor() throws Exception {
        begin();
        up();
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("ledger.db"))) {
            other.createStatement().execute("BEGIN IMMEDIATE");
            Pictures.folder(inbox.resolve("garden"), 15);
            clock.advance(MINUTE);
            down("LEDGER", "used by another program");
            assertThat(files("done")).isZero();
            other.createStatement().execute("ROLLBACK");
        }
        isTrained("garden");
        up();
    }

    @Test
    void aLedgerThatIsDamagedIsNotBelievedAndNothingIsSentOrLost() throws Exception {
        begin();
        up();
        // the key is tried at the start
        await().atMost(MINUTE).until(() -> simulator.account().requests().size() == 1);
        try (FileChannel ledger = FileChannel.open(data.resolve("ledger.db"), StandardOpenOption.WRITE)) {
            ByteBuffer garbage = ByteBuffer.wrap("this is no page of a database".repeat(4096).getBytes());
            ledger.write(garbage, 4096);
        }
        Files.write(data.resolve("ledger.db-wal"), new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
        int sent = simulator.account().requests().size();
        Pictures.folder(inbox.resolve("garden"), 15);
        clock.advance(MINUTE);

        down("LEDGER", "damaged", "backup");
        assertThat(simulator.account().requests()).hasSize(sent);
        assertThat(files("pending") + count(inbox)).isEqualTo(15);
        server.close();
        byte[] damaged = Files.readAllBytes(data.resolve("ledger.db"));
        assertThatThrownBy(this::begin).isInstanceOf(SettingsException.class).hasMessageContaining("backup");
        assertThat(data.resolve("ledger.db")).hasBinaryContent(damaged);
    }

    @Test
    void anInboxThatDisappearsIsMissedAndTakenUpAgain() throws Exception {
        begin();
        up();
        Pictures.folder(inbox.resolve("garden"), 14);
        await().atMost(MINUTE).until(() -> files("done/garden") == 14);
        Path away = Files.move(inbox, folder.resolve("away"));
        clock.advance(MINUTE);
        down("INBOX", "it is not there");
        Files.createDirectories(away.resolve("garden"));
        Files.write(away.resolve("garden/last.png"), Pictures.png(15));

        Files.move(away, inbox);
        isTrained("garden");
        up();
    }

    @Test
    void aDataFolderThatCantBeWrittenIsWaitedFor() throws Exception {
        Path pending = Files.createFile(data.resolve("pending"));
        begin();
        Pictures.folder(inbox.resolve("garden"), 15);
        down("DATA", "Nothing can be written to the data folder");
        assertThat(count(inbox)).isEqualTo(15);

        Files.delete(pending);
        clock.advance(MINUTE);
        isTrained("garden");
        up();
    }

    @Test
    void stopsInTimeWhileTheKeyIsRefused() throws Exception {
        Files.writeString(keyFile, "a-revoked-key");
        begin();
        Pictures.folder(inbox.resolve("garden"), 15);
        down("KEY", "refused the key");

        long begun = System.nanoTime();
        server.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
    }

    private void begin() {
        server = Server.start(Settings.load(SettingsSample.SHIPPED, Map.of("ideogram.url", simulator.url().toString(),
            "ideogram.api-key-file", keyFile.toString(), "dropfolder.inbox", inbox.toString(), "dropfolder.data", data.toString(),
            "dropfolder.http.port", "0", "dropfolder.scan", "50ms", "dropfolder.settle", "100ms",
            "dropfolder.batch.wait", "300ms"), Map.of("DROPFOLDER_TRAINING_WAIT", "2s", "DROPFOLDER_POLL_DELAY", "100ms")),
            clock, Seam.UNDISTURBED);
    }

    /** The health says so, in words and without names, and the status too; only readiness is down. */
    private void down(String what, String... words) {
        await().atMost(MINUTE).untilAsserted(() -> {
            HttpResponse<String> ready = get(READY);
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).contains(words).doesNotContain(folder.toString(), "garden", "-key\"", "a-revoked-key", "Exception");
        });
        assertThat(get("/observe/health").body()).contains(words).doesNotContain(folder.toString(), "garden", "Exception");
        assertThat(get("/observe/health/live").statusCode()).isEqualTo(200);
        if (!what.equals("LEDGER")) {
            JsonNode trouble = json(get("/api/status")).at("/troubles/0");
            assertThat(trouble.get("of").asText()).isEqualTo(what);
            assertThat(trouble.get("words").asText()).contains(words);
        }
    }

    private void up() {
        await().atMost(MINUTE).untilAsserted(() -> assertThat(get(READY).statusCode()).isEqualTo(200));
        JsonNode status = json(get("/api/status"));
        assertThat(status.get("troubles")).isEmpty();
        assertThat(status.get("datasets")).allSatisfy(dataset -> assertThat(dataset.get("retry_at").isNull()).isTrue());
    }

    /** All has arrived, once, and its model is there. */
    private void isTrained(String dataset) throws IOException {
        await().atMost(MINUTE).until(() -> Files.exists(data.resolve("models/" + dataset + ".json")));
        assertThat(JSON.readTree(data.resolve("models/" + dataset + ".json").toFile()).get("images").asInt()).isEqualTo(15);
        assertThat(files("done/" + dataset)).isEqualTo(15);
        assertThat(simulator.account().trainingsStarted()).isEqualTo(1);
        assertThat(simulator.account().datasetsNamed(dataset).get(0).files()).hasSize(15);
    }

    private long files(String below) throws IOException {
        return Files.isDirectory(data.resolve(below)) ? count(data.resolve(below)) : 0;
    }

    private static long count(Path below) throws IOException {
        try (Stream<Path> all = Files.walk(below)) {
            return all.filter(Files::isRegularFile).filter(World::isDropped).count();
        }
    }

    private HttpResponse<String> get(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.address() + path)).timeout(MINUTE).build();
        try {
            return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError(answer.body(), e);
        }
    }
}
