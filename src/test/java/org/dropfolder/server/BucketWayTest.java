package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dropfolder.contract.Watched;
import org.dropfolder.simulator.Account;
import org.dropfolder.simulator.Simulator;
import org.dropfolder.store.S3Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way where the inbox is a part of a bucket: a real S3 server, real HTTP, real SQLite. */
class BucketWayTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BUCKET = "photos";

    @TempDir
    private Path folder;
    private S3Server s3;
    private Simulator simulator;
    private Server server;

    @BeforeEach
    void start() throws Exception {
        s3 = new S3Server(BUCKET);
        simulator = Simulator.start(Watched.simulator().withKey("the-key"));
        server = Server.start(settings());
    }

    @AfterEach
    void stop() {
        server.close();
        simulator.close();
        s3.close();
    }

    @Test
    void objectsDroppedUnderAPrefixBecomeAModel() throws Exception {
        List<String> pictures = new ArrayList<>();
        s3.put(BUCKET, "inbox/garden/picture 3.txt", "a red circle");
        s3.put(BUCKET, "inbox/garden/notes.jpg", "no image at all");
        s3.put(BUCKET, "elsewhere/garden/other.png", Pictures.png(99));
        for (int i = 1; i <= 15; i++) {
            byte[] picture = Pictures.png(i);
            pictures.add(World.hash(picture));
            s3.put(BUCKET, "inbox/garden/picture " + i + ".png", picture);
        }

        JsonNode model = model("garden");
        // a training needs the images in the dataset, and not in done/
        await().atMost(Duration.ofSeconds(60)).until(() -> s3.keys(BUCKET, "dropfolder/pending/").isEmpty());

        assertThat(model.get("custom_model_uri").asText()).isEqualTo("model/garden/version/1");
        assertThat(files("garden").stream().map(Account.File::sha256)).containsExactlyInAnyOrderElementsOf(pictures);
        assertThat(files("garden").stream().flatMap(file -> file.caption().stream())).containsExactly("a red circle");
        assertThat(s3.keys(BUCKET, "dropfolder/done/garden/")).hasSize(16);
        assertThat(s3.keys(BUCKET, "dropfolder/rejected/")).containsExactly("dropfolder/rejected/garden/notes.jpg",
            "dropfolder/rejected/garden/notes.jpg.reason.txt");
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() ->
            assertThat(s3.keys(BUCKET, "inbox/")).containsExactly("inbox/garden/_status.txt"));
        assertThat(s3.keys(BUCKET, "elsewhere/")).hasSize(1);
        assertThat(World.files(folder)).extracting(file -> file.getFileName().toString())
            .allMatch(name -> name.startsWith("ledger.db") || name.equals("account.json"));
    }

    @Test
    void anObjectThatSetsSomethingForItsFolderHoldsItsTrainingAndIsReadOnce() throws Exception {
        s3.put(BUCKET, "inbox/garden/dropfolder.yaml", "name: Garden Roses\nhold: true");
        for (int i = 1; i <= 15; i++) {
            s3.put(BUCKET, "inbox/garden/picture " + i + ".png", Pictures.png(i));
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> word().contains("15 images are at Ideogram") && word().contains("Held: dropfolder.yaml"));
        assertThat(simulator.account().trainingsStarted()).isZero();

        s3.put(BUCKET, "inbox/garden/dropfolder.yaml", "name: Garden Roses");
        assertThat(model("garden").get("model_name").asText()).isEqualTo("Garden Roses");
        assertThat(s3.keys(BUCKET, "inbox/garden/")).contains("inbox/garden/dropfolder.yaml");
    }

    private String word() throws Exception {
        String key = "inbox/garden/_status.txt";
        return s3.keys(BUCKET, key).contains(key) ? new String(s3.get(BUCKET, key), StandardCharsets.UTF_8) : "";
    }

    private JsonNode model(String dataset) throws Exception {
        String key = "dropfolder/models/" + dataset + ".json";
        await().atMost(Duration.ofSeconds(60)).until(() -> s3.keys(BUCKET, key).contains(key));
        return JSON.readTree(new String(s3.get(BUCKET, key), StandardCharsets.UTF_8));
    }

    private List<Account.File> files(String dataset) {
        return simulator.account().datasetsNamed(dataset).get(0).files();
    }

    private Settings settings() {
        Map<String, String> set = new HashMap<>(Map.of("dropfolder.inbox", "s3://" + BUCKET + "/inbox", "dropfolder.data", folder.toString(),
            "dropfolder.http.port", "0", "dropfolder.s3.scan", "500ms", "dropfolder.settle", "200ms", "dropfolder.unfinished", "1s",
            "dropfolder.batch.wait", "300ms", "dropfolder.training.wait", "500ms", "dropfolder.poll.delay", "100ms"));
        set.putAll(Map.of("dropfolder.s3.endpoint", s3.endpoint().toString(), "dropfolder.s3.path-style", "true",
            "dropfolder.s3.access-key", S3Server.KEYS.accessKey(), "dropfolder.s3.secret-key", S3Server.KEYS.secretKey()));
        set.putAll(Map.of("ideogram.url", simulator.url().toString(), "ideogram.api-key", "the-key"));
        return Settings.load(SettingsSample.SHIPPED, set, Map.of());
    }
}
