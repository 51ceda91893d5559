package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that steer, as processes of their own: with a server that runs, and without one. */
class SteeringIT {
    @TempDir
    private Path folder;
    private Path elsewhere;

    @BeforeEach
    void layOut() throws Exception {
        ServerProcess.layOut(folder);
        elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        ServerProcess.layOut(elsewhere);
    }

    @Test
    void trainsThroughTheServerThatRunsAndWithoutOneAtItsNextStart() throws Exception {
        try (ServerProcess server = server()) {
            awaits(server, "Ready");
            Pictures.folder(folder.resolve("inbox-simulated/garden"), 15);
            Pictures.folder(folder.resolve("inbox-simulated/forest"), 15);
            awaits(server, "garden: 15 images in the dataset|garden: Waiting");
            awaits(server, "forest: 15 images in the dataset|forest: Waiting");

            assertThat(command(0, "train", "garden")).contains("Approved", "about 40 US dollars").doesNotContain("No server runs");
            awaits(server, "garden: training started");
            assertThat(command(1, "train", "garden")).contains("garden", "nothing more is spent");
            assertThat(command(1, "train", "gardn")).contains("Nothing was ever dropped for gardn");
            assertThat(command(1, "retry", "forest")).contains("Nothing of forest");
        }
        assertThat(command(0, "train", "forest")).contains("Approved", "about 40 US dollars", "No server runs now");
        try (ServerProcess next = server()) {
            awaits(next, "forest: training started");
        }
    }

    @Test
    void wrongUsageEndsWithTwo() throws Exception {
        assertThat(command(2, "train")).contains("DATASET");
        assertThat(command(2, "retry", "garden")).contains("there is no ledger", "--simulate");
    }

    private ServerProcess server() {
        return ServerProcess.start(folder, Map.of(), List.of(), "run", "--simulate", "-Ddropfolder.http.port=0",
            "-Ddropfolder.training.start=approve", "-Ddropfolder.training.wait=1h", "-Ddropfolder.batch.wait=1s");
    }

    /** Run in another folder, whose output is its own. */
    private String command(int exitCode, String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of(arguments));
        line.addAll(List.of("--simulate", "-Ddropfolder.inbox=" + folder.resolve("inbox-simulated"),
            "-Ddropfolder.data=" + folder.resolve("data-simulated")));
        try (ServerProcess process = ServerProcess.start(elsewhere, Map.of(), List.of(), line.toArray(String[]::new))) {
            assertThat(process.exitCode(60)).as(process.output()).isEqualTo(exitCode);
            assertThat(process.output()).doesNotContain("\tat ", "Exception");
            return process.output();
        }
    }

    private static void awaits(ServerProcess server, String line) {
        await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> assertThat(server.output()).containsPattern(line));
    }
}
