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
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dropfolder.Zips;
import org.dropfolder.cli.Dropfolder;
import org.dropfolder.contract.Watched;
import org.dropfolder.simulator.Account;
import org.dropfolder.simulator.Operation;
import org.dropfolder.simulator.Simulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a dropped folder to the model's file: the whole server, over real HTTP, on a real SQLite file. */
class WayTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;
    private Path inbox;
    private Path data;
    private Simulator simulator;
    private Server server;

    @BeforeEach
    void start() throws Exception {
        inbox = Files.createDirectory(folder.resolve("inbox"));
        data = Files.createDirectory(folder.resolve("data"));
        simulator = Simulator.start(Watched.simulator().withKey("the-key"));
        server = Server.start(settings(Map.of()));
    }

    @AfterEach
    void stop() {
        server.close();
        simulator.close();
    }

    @Test
    void twoFoldersDroppedAtOnceBecomeTwoModels() throws Exception {
        Map<String, byte[]> garden = Pictures.folder(folder.resolve("garden"), 17);
        Map<String, byte[]> cat = Pictures.folder(folder.resolve("cat"), 15);
        Files.writeString(folder.resolve("garden/picture-3.txt"), "\uFEFFa red circle\r\non blue\r\n");
        dropFolder("garden");
        dropFolder("cat");

        JsonNode gardenModel = model("garden");
        JsonNode catModel = model("cat");

        assertThat(gardenModel.get("custom_model_uri").asText()).isEqualTo("model/garden/version/1");
        assertThat(gardenModel.get("status").asText()).isEqualTo("COMPLETED");
        assertThat(gardenModel.get("images").asInt()).isEqualTo(17);
        assertThat(catModel.get("model_name").asText()).matches("cat-[0-9a-f]{4}");
        assertThat(simulator.account().trainingsStarted()).isEqualTo(2);
        assertThat(sent("garden")).containsExactlyInAnyOrderElementsOf(hashes(garden));
        assertThat(sent(catModel.get("model_name").asText())).containsExactlyInAnyOrderElementsOf(hashes(cat));
        assertThat(captions("garden")).containsExactly("a red circle\non blue");
        assertThat(names(data.resolve("done/garden"))).hasSize(18);
        assertThat(names(data.resolve("done/cat"))).hasSize(15);
        assertThat(names(data.resolve("pending"))).isEmpty();
        assertThat(names(inbox)).isEmpty();
    }

    @Test
    void whatPeopleSetInAFolderHoldsForItsTraining() throws Exception {
        Path settings = Files.createDirectory(inbox.resolve("garden")).resolve("dropfolder.yaml");
        Files.writeString(settings, "name: Garden Roses\nsteps: 200\nhold: maybe");
        Pictures.folder(inbox.resolve("garden"), 15);

        Path word = inbox.resolve("garden/_status.txt");
        await().until(() -> Files.exists(word)
            && Files.readString(word).contains("15 images are at Ideogram") && Files.readString(word).contains("line 3 says hold: \"maybe\""));
        Files.writeString(settings, "name: Garden Roses\nsteps: 200\nhold: true");
        await().until(() -> Files.readString(word).contains("Held: dropfolder.yaml"));
        assertThat(get("/api/status").at("/datasets/0/folder/settings/steps").asInt()).isEqualTo(200);
        assertThat(get("/api/datasets/garden").at("/folder/trouble").asText()).startsWith("Held: ");
        assertThat(simulator.account().trainingsStarted()).isZero();

        Files.writeString(settings, "name: Garden Roses\nsteps: 200\nlora-rank: 64");
        JsonNode model = model("garden");
        assertThat(model.get("model_name").asText()).isEqualTo("Garden Roses");
        assertThat(simulator.account().requests(Operation.TRAIN_MODEL_ADVANCED)).hasSize(1);
        assertThat(simulator.account().trainingsStarted()).isEqualTo(1);
        assertThat(settings).exists();

        Files.delete(settings);
        await().until(() -> get("/api/status").at("/datasets/0/folder").isNull());
    }

    @Test
    void whatCantBeUsedIsSetAsideBesideItsReasonAndNothingVanishes() throws Exception {
        Pictures.folder(folder.resolve("garden"), 15);
        Files.writeString(folder.resolve("garden/notes.jpg"), "no image at all");
        Files.createFile(folder.resolve("garden/empty.png"));
        Files.copy(folder.resolve("garden/picture-1.png"), folder.resolve("garden/copy of one.png"));
        Files.write(folder.resolve("garden/unsafe.png"), Pictures.png(99));
        Files.write(inbox.resolve("loose.png"), Pictures.png(100));
        Files.createDirectory(folder.resolve("garden/more"));
        Files.write(folder.resolve("garden/more/picture-1.png"), Pictures.png(101));
        Files.writeString(folder.resolve("garden/.DS_Store"), "junk");
        dropFolder("garden");

        model("garden");

        assertThat(names(data.resolve("rejected"))).containsExactlyInAnyOrder("garden/notes.jpg", "garden/notes.jpg.reason.txt",
            "garden/empty.png", "garden/empty.png.reason.txt", "garden/unsafe.png", "garden/unsafe.png.reason.txt",
            "_inbox/loose.png", "_inbox/loose.png.reason.txt");
        assertThat(data.resolve("rejected/garden/notes.jpg.reason.txt")).content().contains("not a JPEG, PNG or WebP");
        assertThat(names(data.resolve("done/garden"))).hasSize(17);
        assertThat(simulator.account().datasetsNamed("garden").get(0).files()).hasSize(16)
            .extracting(Account.File::name).doesNotHaveDuplicates();
        assertThat(names(inbox)).containsExactly("garden/.DS_Store");
        JsonNode garden = get("/api/status").get("datasets").get(0);
        assertThat(garden.get("uploaded").asInt()).isEqualTo(16);
        assertThat(garden.get("duplicates").asInt()).isEqualTo(1);
        assertThat(garden.get("rejected").asInt()).isEqualTo(3);
        assertThat(garden.get("training").get("state").asText()).isEqualTo("COMPLETED");
    }

    @Test
    void aShootInOneArchiveBecomesAModel() throws Exception {
        Map<String, byte[]> shoot = new LinkedHashMap<>();
        for (int i = 1; i <= 15; i++) {
            shoot.put("day " + i % 2 + "/picture-" + i + ".png", Pictures.png(i));
        }
        List<String> pictures = hashes(shoot);
        shoot.put("day 1/picture-3.txt", "a red circle".getBytes(StandardCharsets.UTF_8));
        shoot.put("list.pdf", "%PDF-1.4 a list".getBytes(StandardCharsets.UTF_8));
        Path part = Files.write(Files.createDirectories(inbox.resolve("garden")).resolve("shoot.zip.part"), Zips.of(shoot));
        Files.move(part, inbox.resolve("garden/shoot.zip"));

        model("garden");

        assertThat(sent("garden")).containsExactlyInAnyOrderElementsOf(pictures);
        assertThat(captions("garden")).containsExactly("a red circle");
        assertThat(names(data.resolve("done/garden"))).hasSize(18).contains("1-shoot.zip", "1-shoot.zip.reason.txt");
        assertThat(data.resolve("done/garden/1-shoot.zip.reason.txt")).content().contains("shoot.zip", "list.pdf");
        assertThat(names(data.resolve("rejected"))).isEmpty();
        assertThat(get("/api/status").at("/datasets/0/uploaded").asInt()).isEqualTo(15);
    }

    @Test
    void aRestartGoesOnWhereItWasAndPaysNothingTwice() throws Exception {
        Map<String, byte[]> garden = Pictures.folder(folder.resolve("garden"), 15);
        dropFolder("garden");
        await().until(() -> simulator.account().trainingsStarted() == 1);
        server.close();
        int uploads = simulator.account().requests(Operation.UPLOAD_ASSETS).size();
        server = Server.start(settings(Map.of()));

        model("garden");

        assertThat(simulator.account().trainingsStarted()).isEqualTo(1);
        assertThat(simulator.account().requests(Operation.UPLOAD_ASSETS)).hasSize(uploads);
        assertThat(sent("garden")).containsExactlyInAnyOrderElementsOf(hashes(garden));
    }

    @Test
    void aTrainingThatNeedsApprovalWaitsForIt() throws Exception {
        server.close();
        server = Server.start(settings(Map.of("dropfolder.training.start", "approve")));
        Pictures.folder(inbox.resolve("garden"), 15);

        await().untilAsserted(() ->
            assertThat(get("/api/status").at("/datasets/0/training/waits_for").asText()).contains("approval", "40"));
        assertThat(simulator.account().trainingsStarted()).isZero();

        assertThat(approve("garden")).isZero();
        // its first sweep takes up what waits, at once; a later one within half a minute
        server.close();
        server = Server.start(settings(Map.of("dropfolder.training.start", "approve")));
        model("garden");
        assertThat(simulator.account().trainingsStarted()).isEqualTo(1);
        assertThat(approve("garden")).isEqualTo(1);
    }

    @Test
    void captionsDroppedWithTheirImagesGoWithThemHoweverTheBatchesFall() throws Exception {
        server.close();
        server = Server.start(settings(Map.of("dropfolder.batch.images", "4")));
        Path shoot = folder.resolve("garden");
        for (String picture : Pictures.folder(shoot, 15).keySet()) {
            Files.writeString(shoot.resolve(picture.replaceFirst("[.].*", ".txt")), "what " + picture + " shows");
        }
        dropFolder("garden");

        model("garden");

        assertThat(captions("garden")).hasSize(15).doesNotHaveDuplicates();
        assertThat(names(data.resolve("rejected"))).isEmpty();
    }

    @Test
    void healthAndMetricsAnswerOnTheSamePort() throws Exception {
        assertThat(get("/observe/health").get("status").asText()).isEqualTo("UP");
        assertThat(get("/observe/health/live").get("status").asText()).isEqualTo("UP");
        assertThat(get("/observe/health/ready").get("status").asText()).isEqualTo("UP");
        assertThat(text("/observe/metrics")).contains("camel_");
        assertThat(get("/api/status").get("datasets")).isEmpty();
    }

    private Settings settings(Map<String, String> more) {
        Map<String, String> set = new HashMap<>(Map.of("dropfolder.inbox", inbox.toString(), "dropfolder.data", data.toString(),
            "dropfolder.http.port", "0", "dropfolder.scan", "50ms", "dropfolder.settle", "200ms", "dropfolder.unfinished", "1s",
            "dropfolder.batch.wait", "300ms", "dropfolder.training.wait", "500ms", "dropfolder.poll.delay", "100ms"));
        set.putAll(Map.of("ideogram.url", simulator.url().toString(), "ideogram.api-key", "the-key"));
        set.putAll(more);
        return Settings.load(Path.of("config/application.properties"), set, Map.of());
    }

    /** All that was laid out for it at once, however long that took. */
    private void dropFolder(String dataset) throws IOException {
        Files.move(folder.resolve(dataset), inbox.resolve(dataset));
    }

    /** By the command that a person uses. */
    private int approve(String dataset) {
        return Dropfolder.execute("train", dataset, "-Ddropfolder.data=" + data);
    }

    /** Waits until the model's file tells of it. */
    private JsonNode model(String dataset) throws IOException {
        Path file = data.resolve("models/" + dataset + ".json");
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(file));
        return JSON.readTree(file.toFile());
    }

    private List<String> sent(String remoteName) {
        return simulator.account().datasetsNamed(remoteName).get(0).files().stream().map(Account.File::sha256).toList();
    }

    private List<String> captions(String remoteName) {
        return simulator.account().datasetsNamed(remoteName).get(0).files().stream()
            .map(Account.File::caption).flatMap(Optional::stream).toList();
    }

    private static List<String> hashes(Map<String, byte[]> pictures) throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        return pictures.values().stream().map(bytes -> HexFormat.of().formatHex(sha256.digest(bytes))).toList();
    }

    /** All files below a folder, by their path from there. */
    private static TreeSet<String> names(Path below) throws IOException {
        if (!Files.exists(below)) {
            return new TreeSet<>();
        }
        try (Stream<Path> files = Files.walk(below)) {
            return files.filter(Files::isRegularFile).filter(World::isDropped).map(file -> below.relativize(file).toString())
                .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private JsonNode get(String path) throws Exception {
        return JSON.readTree(text(path));
    }

    private String text(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.address() + path)).timeout(Duration.ofSeconds(10)).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
