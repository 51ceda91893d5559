package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.dropfolder.contract.Watched;
import org.dropfolder.simulator.Account;
import org.dropfolder.simulator.Simulator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many files that are there at the start, in a small heap; {@code mvn -Pburst verify} drops 200,000 of them, and 20,000 in a
 * single folder.
 */
class BurstIT {
    private static final int FILES = Integer.getInteger("burst.files", 5_000);
    private static final int ONE_FOLDER = Integer.getInteger("burst.folder", 1_000);
    private static final int A_FOLDER = 100;
    private static final String HEAP = System.getProperty("burst.heap", "128m");

    @TempDir
    private Path folder;
    private Path inbox;
    private Path data;

    @BeforeEach
    void layOut() throws IOException {
        ServerProcess.layOut(folder);
        inbox = folder.resolve("inbox");
        data = folder.resolve("data");
    }

    @Test
    void takesInWhateverLiesThereAtTheStart() throws Exception {
        for (int i = 0; i < FILES; i++) {
            drop("set " + i / A_FOLDER, i);
        }
        try (Simulator simulator = Simulator.start(Watched.simulator()); ServerProcess server = start(simulator)) {
            String took = until(server, () -> uploaded(simulator) >= FILES && files(inbox) == 0);
            System.out.printf("%,d files in %,d folders: all uploaded %s%n", FILES, FILES / A_FOLDER, took);
            assertThat(uploaded(simulator)).isEqualTo(FILES);
            assertThat(contents(simulator)).isEqualTo(FILES);
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(files(data.resolve("done"))).isEqualTo(FILES));
        }
    }

    @Test
    void takesInAFolderThatHoldsFarMoreThanADataset() throws Exception {
        for (int i = 0; i < ONE_FOLDER; i++) {
            drop("all of it", i);
        }
        try (Simulator simulator = Simulator.start(Watched.simulator()); ServerProcess server = start(simulator)) {
            String took = until(server, () -> files(inbox) == 0 && uploaded(simulator) >= A_FOLDER && files(data.resolve("pending")) == 0);
            System.out.printf("%,d files in one folder: 100 uploaded, the rest set aside %s%n", ONE_FOLDER, took);
            assertThat(contents(simulator)).isEqualTo(A_FOLDER);
            // a file comes first, and its reason beside it then
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                assertThat(files(data.resolve("done"))).isEqualTo(A_FOLDER);
                assertThat(reasons()).isEqualTo(ONE_FOLDER - A_FOLDER);
                assertThat(files(data.resolve("rejected"))).isEqualTo(2L * (ONE_FOLDER - A_FOLDER));
            });
        }
    }

    private ServerProcess start(Simulator simulator) {
        return ServerProcess.start(folder, Map.of("IDEOGRAM_API_KEY", "key"), List.of("-Xmx" + HEAP), "run",
            "-Ddropfolder.http.port=0", "-Dideogram.url=" + simulator.url(), "-Ddropfolder.training.daily=0");
    }

    /** Waits until it is so; how long that took, and what it took. */
    private static String until(ServerProcess server, Callable<Boolean> so) throws Exception {
        Instant start = Instant.now();
        await().atMost(Duration.ofMinutes(45)).pollInterval(Duration.ofMillis(500)).until(() -> !server.isRunning() || so.call());
        Duration took = Duration.between(start, Instant.now());
        assertThat(server.isRunning()).as(server.output()).isTrue();
        assertThat(server.output()).doesNotContain("OutOfMemory", "Exception");
        return "%.1f s after the start, in a heap of %s, at most %s resident".formatted(took.toMillis() / 1000.0, HEAP, server.peak());
    }

    private void drop(String dataset, int number) throws IOException {
        Path to = Files.createDirectories(inbox.resolve(dataset));
        Files.write(to.resolve("image " + number + ".png"), Pictures.numbered(number));
    }

    private static long uploaded(Simulator simulator) {
        return simulator.account().datasets().stream().mapToLong(d -> d.files().size()).sum();
    }

    private static long contents(Simulator simulator) {
        return simulator.account().datasets().stream().flatMap(d -> d.files().stream()).map(Account.File::sha256).distinct().count();
    }

    /** Files that were dropped: not the word for people. */
    private static long files(Path below) throws IOException {
        return World.files(below).stream().filter(World::isDropped).count();
    }

    /** Files that were set aside and lie beside the reason that the dataset is full. */
    private long reasons() throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("rejected"))) {
            return files.filter(file -> file.toString().endsWith(".reason.txt")).filter(BurstIT::saysThatItIsFull).count();
        }
    }

    private static boolean saysThatItIsFull(Path note) {
        try {
            return Files.readString(note).contains("has its 100 images")
                && Files.exists(Path.of(note.toString().replaceFirst("[.]reason[.]txt$", "")));
        } catch (IOException e) {
            return false;
        }
    }
}
