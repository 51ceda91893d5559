package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dropfolder.contract.Watched;
import org.dropfolder.simulator.Simulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody reads who sees nothing of the server but a shared folder. */
class WordTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path folder;
    private Path inbox;
    private Simulator simulator;
    private Server server;

    @BeforeEach
    void begin() throws Exception {
        inbox = Files.createDirectory(folder.resolve("inbox"));
        Files.createDirectory(folder.resolve("data"));
        simulator = Simulator.start(Watched.simulator().withKey("the-key"));
    }

    @AfterEach
    void stop() {
        server.close();
        simulator.close();
    }

    @Test
    void tellsEachStageFromTheFirstDropToTheModel() throws Exception {
        start("dropfolder.training.start", "approve");
        Path shoot = folder.resolve("shoot");
        Pictures.folder(shoot, 14);
        Files.writeString(shoot.resolve("notes.jpg"), "no picture at all");
        Files.copy(shoot.resolve("picture-1.png"), shoot.resolve("copy of one.png"));
        Files.move(shoot, inbox.resolve("garden"));

        tells("garden", "Dropfolder: garden", "14 of the 15 images that a training takes are at Ideogram.", "Drop 1 more",
            "1 file was set aside", "notes.jpg", "1 file was there already", "is the same picture as");

        Files.write(inbox.resolve("garden/the last one.png"), Pictures.png(4711));
        tells("garden", "15 images are at Ideogram; a training takes 15.", "waits for your approval", "40 US dollars",
            "dropfolder train \"garden\"");

        server.close();
        start("dropfolder.training.start", "auto");
        tells("garden", "Its model is ready: model/garden/version/1", "Training: 15 images, for about 40 US dollars, started", "notes.jpg");
        assertThat(read("garden")).startsWith("\uFEFF").doesNotContain("approval").matches("(?s)([^\n]*\r\n)+");
        try (Stream<Path> all = Files.list(folder.resolve("data/rejected/garden"))) {
            assertThat(all.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("notes.jpg", "notes.jpg.reason.txt");
        }
        assertThat(simulator.account().datasetsNamed("garden").get(0).files()).hasSize(15);
    }

    @Test
    void isWrittenOnlyWhenItChangedAlsoByANextStart() throws Exception {
        start();
        Pictures.folder(inbox.resolve("garden"), 2);
        tells("garden", "2 of the 15 images");
        Files.setLastModifiedTime(status("garden"), FileTime.from(Instant.EPOCH));
        server.close();

        start();
        Pictures.folder(inbox.resolve("meadow"), 1);
        tells("meadow", "1 of the 15 images");
        assertThat(Files.getLastModifiedTime(status("garden")).toInstant()).isEqualTo(Instant.EPOCH);

        Files.delete(status("garden"));
        Files.write(inbox.resolve("garden/another.png"), Pictures.png(4711));
        tells("garden", "3 of the 15 images");
    }

    @Test
    void tellsInTheInboxItselfWhatLayInNoFolder() throws Exception {
        start();
        Files.write(inbox.resolve("loose.png"), Pictures.png(1));
        tells("", "Put images into a folder", "loose.png lay directly in the inbox");
    }

    @Test
    void canBeSwitchedOff() throws Exception {
        start("dropfolder.inbox.report", "off");
        Pictures.folder(inbox.resolve("garden"), 15);
        await().atMost(LONG).until(() -> Files.exists(folder.resolve("data/models/garden.json")));
        assertThat(inbox.resolve("garden")).isEmptyDirectory();
    }

    private void tells(String dataset, String... words) {
        await().atMost(LONG).untilAsserted(() -> assertThat(read(dataset)).contains(List.of(words)));
    }

    private String read(String dataset) throws IOException {
        return Files.exists(status(dataset)) ? Files.readString(status(dataset)) : "";
    }

    private Path status(String dataset) {
        return inbox.resolve(dataset).resolve("_status.txt");
    }

    private void start(String... keysAndValues) {
        Map<String, String> set = new HashMap<>(Map.of("dropfolder.inbox", inbox.toString(), "dropfolder.data",
            folder.resolve("data").toString(), "dropfolder.http.port", "0", "dropfolder.scan", "50ms", "dropfolder.settle", "200ms",
            "dropfolder.batch.wait", "300ms", "dropfolder.training.wait", "500ms", "dropfolder.poll.delay", "100ms",
            "ideogram.url", simulator.url().toString(), "ideogram.api-key", "the-key"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            set.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        server = Server.start(Settings.load(SettingsSample.SHIPPED, set, Map.of()));
    }
}
