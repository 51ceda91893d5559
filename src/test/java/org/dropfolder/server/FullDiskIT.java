package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dropfolder.contract.Watched;
import org.dropfolder.simulator.Simulator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged jar on a disk that fills up. The system refuses to let its files grow (a limit of the process that is set and
 * lifted from outside), since not every machine lets a test mount a small disk.
 */
class FullDiskIT {
    private static final Map<String, String> KEY = Map.of("IDEOGRAM_API_KEY", "a-key");
    private static final Duration LONG = Duration.ofSeconds(90);

    @TempDir
    private Path folder;
    private Path inbox;

    @BeforeEach
    void layOut() throws Exception {
        ServerProcess.layOut(folder);
        inbox = Files.createDirectory(folder.resolve("inbox"));
    }

    @Test
    void waitsForRoomTellsItLosesNothingAndGoesOnByItself() throws Exception {
        try (Simulator simulator = Simulator.start(Watched.simulator());
                ServerProcess server = start(simulator)) {
            await().atMost(LONG).until(() -> server.output().contains("Page: "));
            await().atMost(LONG).until(() -> ready(server).statusCode() == 200);
            letFilesGrowTo(server, "0");
            Pictures.folder(inbox.resolve("garden"), 15);
            await().atMost(LONG).until(() -> ready(server).statusCode() == 503);
            assertThat(ready(server).body()).contains("data folder").doesNotContain(folder.toString(), "garden");
            assertThat(count(folder.resolve("data/done"))).isZero();
            assertThat(count(inbox) + count(folder.resolve("data/pending"))).isEqualTo(15);

            letFilesGrowTo(server, "unlimited");
            await().atMost(LONG).until(() -> Files.exists(folder.resolve("data/models/garden.json")));
            await().atMost(LONG).until(() -> ready(server).statusCode() == 200);
            assertThat(count(folder.resolve("data/done/garden"))).isEqualTo(15);
            assertThat(simulator.account().datasetsNamed("garden").get(0).files()).hasSize(15);
            assertThat(simulator.account().trainingsStarted()).isEqualTo(1);
        }
    }

    @Test
    void stopsInTimeThoughNothingCanBeWritten() throws Exception {
        try (Simulator simulator = Simulator.start(Watched.simulator());
                ServerProcess server = start(simulator)) {
            await().atMost(LONG).until(() -> server.output().contains("Page: "));
            letFilesGrowTo(server, "0");
            Pictures.folder(inbox.resolve("garden"), 15);
            await().atMost(LONG).until(() -> ready(server).statusCode() == 503);
            server.terminate();
            assertThat(server.exitCode(15)).isZero();
        }
    }

    private ServerProcess start(Simulator simulator) {
        return ServerProcess.start(folder, KEY, List.of(), "run", "-Ddropfolder.http.port=0",
            "-Dideogram.url=" + simulator.url(), "-Ddropfolder.batch.wait=300ms", "-Ddropfolder.training.wait=500ms",
            "-Ddropfolder.poll.delay=100ms");
    }

    /** By util-linux, which every Linux has. */
    private static void letFilesGrowTo(ServerProcess server, String bytes) throws Exception {
        Process limit = new ProcessBuilder("prlimit", "--pid", Long.toString(server.pid()), "--fsize=" + bytes + ":unlimited")
            .inheritIO().start();
        assertThat(limit.waitFor()).isZero();
    }

    private static HttpResponse<String> ready(ServerProcess server) {
        URI uri = URI.create(server.page() + "/observe/health/ready");
        try {
            return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).timeout(LONG).build(),
                HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static long count(Path below) throws IOException {
        if (!Files.isDirectory(below)) {
            return 0;
        }
        try (Stream<Path> all = Files.walk(below)) {
            return all.filter(Files::isRegularFile).filter(World::isDropped).count();
        }
    }
}
