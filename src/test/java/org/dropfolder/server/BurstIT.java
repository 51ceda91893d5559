package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dropfolder.contract.Watched;
import org.dropfolder.simulator.Account;
import org.dropfolder.simulator.Simulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many files that are there at the start, in a small heap; {@code mvn -Pburst verify} drops 200,000 of them. */
class BurstIT {
    private static final int FILES = Integer.getInteger("burst.files", 5_000);
    private static final int A_FOLDER = 100;
    private static final int BYTES = 4096;
    private static final byte[] HEAD = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0};

    @TempDir
    private Path folder;

    @Test
    void takesInWhateverLiesThereAtTheStart() throws Exception {
        ServerProcess.layOut(folder);
        drop(folder.resolve("inbox"));
        try (Simulator simulator = Simulator.start(Watched.simulator());
             ServerProcess server = ServerProcess.start(folder, Map.of("IDEOGRAM_API_KEY", "key"), List.of("-Xmx128m"),
                 "run", "-Ddropfolder.http.port=0", "-Dideogram.url=" + simulator.url(), "-Ddropfolder.training.daily=0")) {
            Instant start = Instant.now();
            await().atMost(Duration.ofMinutes(45)).pollInterval(Duration.ofMillis(500))
                .until(() -> !server.isRunning() || uploaded(simulator) >= FILES && isEmpty(folder.resolve("inbox")));
            Duration took = Duration.between(start, Instant.now());
            System.out.printf("%,d files in %,d folders: all uploaded %.1f s after the start, %,.0f a second, at most %s resident%n",
                FILES, FILES / A_FOLDER, took.toMillis() / 1000.0, FILES * 1000.0 / took.toMillis(), peak(server));
            assertThat(server.isRunning()).as(server.output()).isTrue();
            assertThat(server.output()).doesNotContain("OutOfMemory", "Exception");
            assertThat(uploaded(simulator)).isEqualTo(FILES);
            assertThat(contents(simulator)).isEqualTo(FILES);
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(files(folder.resolve("data/done"))).isEqualTo(FILES));
        }
    }

    private static void drop(Path inbox) throws IOException {
        for (int i = 0; i < FILES; i++) {
            Path dataset = Files.createDirectories(inbox.resolve("set " + i / A_FOLDER));
            byte[] image = new byte[BYTES];
            System.arraycopy(HEAD, 0, image, 0, HEAD.length);
            byte[] number = Integer.toString(i).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(number, 0, image, HEAD.length, number.length);
            Files.write(dataset.resolve("image " + i + ".jpg"), image);
        }
    }

    private static long uploaded(Simulator simulator) {
        return simulator.account().datasets().stream().mapToLong(d -> d.files().size()).sum();
    }

    private static long contents(Simulator simulator) {
        return simulator.account().datasets().stream().flatMap(d -> d.files().stream()).map(Account.File::sha256).distinct().count();
    }

    private static boolean isEmpty(Path inbox) throws IOException {
        return files(inbox) == 0;
    }

    private static long files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).filter(World::isDropped).count();
        }
    }

    /** The most memory that the process ever had, as Linux tells it. */
    private static String peak(ServerProcess server) throws IOException {
        Path status = Path.of("/proc", Long.toString(server.pid()), "status");
        if (!Files.exists(status)) {
            return "an unknown amount";
        }
        return Files.readAllLines(status).stream().filter(line -> line.startsWith("VmHWM"))
            .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024 + " MB").findFirst().orElse("an unknown amount");
    }
}
