package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
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
            assertThat(next.output()).containsPattern("Page: http://127\\.0\\.0\\.1:\\d+/#token=[A-Za-z0-9_-]{32}\n");
        }
    }

    @Test
    void aTokenThatWasSetCountsAndIsPrintedNowhere() throws Exception {
        String token = "a-token-that-lasts-0123456789";
        try (ServerProcess server = server("-Ddropfolder.http.token=" + token)) {
            awaits(server, "Page: ");
            String url = server.output().replaceFirst("(?s).*Page: (http://[^/]*)/.*", "$1");
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + "/api/datasets/garden/images/one.png"))
                .PUT(HttpRequest.BodyPublishers.ofByteArray(Pictures.png(1)));
            HttpClient client = HttpClient.newHttpClient();

            assertThat(client.send(request.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(401);
            assertThat(client.send(request.header("Authorization", "Bearer " + token).build(), BodyHandlers.ofString()).statusCode()).isEqualTo(201);
            awaits(server, "garden: batch 1 is in the dataset: 1 image");
            assertThat(command(0, "status", "one.png")).contains("garden/one.png", "It is in the dataset 'garden' at Ideogram");
            assertThat(server.output()).contains("/#token=... ").doesNotContain(token);
        }
    }

    @Test
    void wrongUsageEndsWithTwo() throws Exception {
        assertThat(command(2, "train")).contains("DATASET");
        assertThat(command(2, "retry", "garden")).contains("there is no ledger", "--simulate");
    }

    private ServerProcess server(String... more) {
        List<String> line = new ArrayList<>(List.of("run", "--simulate", "-Ddropfolder.http.port=0",
            "-Ddropfolder.training.start=approve", "-Ddropfolder.training.wait=1h", "-Ddropfolder.batch.wait=1s"));
        line.addAll(List.of(more));
        return ServerProcess.start(folder, Map.of(), List.of(), line.toArray(String[]::new));
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
