package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.dropfolder.contract.Watched;
import org.dropfolder.simulator.Account;
import org.dropfolder.simulator.Simulator;
import org.dropfolder.store.S3Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Much in a bucket, large or many, in a small heap: the packaged jar beside a real S3 server. */
class BucketBurstIT {
    private static final String BUCKET = "photos";
    private static final int TWENTY_MB = 20 << 20;
    private static final int LARGE_ONES = Integer.getInteger("burst.large", 25);
    private static final int SMALL_ONES = Integer.getInteger("burst.objects", 500);
    private static final int A_FOLDER = 100;
    private static final String HEAP = "96m";

    @TempDir
    private Path folder;
    private S3Server s3;
    private Simulator simulator;

    @BeforeEach
    void layOut() throws Exception {
        ServerProcess.layOut(folder);
        s3 = S3Server.over(Files.createDirectory(folder.resolve("service")), BUCKET);
        simulator = Simulator.start(Watched.simulator());
    }

    @AfterEach
    void stop() {
        simulator.close();
        s3.close();
    }

    @Test
    void passesOnWhatIsFarLargerThanItsMemoryAndTouchesNoDisk() throws Exception {
        for (int i = 1; i <= LARGE_ONES; i++) {
            s3.put(BUCKET, "inbox/garden/photo " + i + ".png", Pictures.paddedPng(i, TWENTY_MB));
        }
        try (ServerProcess server = start()) {
            System.out.printf("%d objects of 20 MB in a bucket: all uploaded %s%n", LARGE_ONES,
                until(server, () -> uploaded() == LARGE_ONES && s3.keys(BUCKET, "dropfolder/done/").size() == LARGE_ONES));
            assertThat(contents()).isEqualTo(LARGE_ONES);
            assertThat(World.files(folder.resolve("data"))).allMatch(file -> file.getFileName().toString().matches("ledger[.]db.*|dropfolder[.]lock"));
        }
    }

    @Test
    void takesInWhateverLiesThereAtTheStart() throws Exception {
        for (int i = 0; i < SMALL_ONES; i++) {
            s3.put(BUCKET, "inbox/set " + i / A_FOLDER + "/image " + i + ".png", Pictures.numbered(i));
        }
        try (ServerProcess server = start()) {
            System.out.printf("%,d small objects in a bucket: all uploaded %s%n", SMALL_ONES,
                until(server, () -> uploaded() >= SMALL_ONES && s3.keys(BUCKET, "dropfolder/done/").size() >= SMALL_ONES));
            assertThat(uploaded()).isEqualTo(SMALL_ONES);
            assertThat(contents()).isEqualTo(SMALL_ONES);
        }
    }

    private ServerProcess start() {
        return ServerProcess.start(folder, Map.of("IDEOGRAM_API_KEY", "key", "DROPFOLDER_S3_ACCESS_KEY", S3Server.KEYS.accessKey(),
            "DROPFOLDER_S3_SECRET_KEY", S3Server.KEYS.secretKey()), List.of("-Xmx" + HEAP), "run", "-Ddropfolder.inbox=s3://" + BUCKET + "/inbox",
            "-Ddropfolder.s3.endpoint=" + s3.endpoint(), "-Ddropfolder.s3.path-style=true", "-Ddropfolder.http.port=0",
            "-Dideogram.url=" + simulator.url(), "-Ddropfolder.training.daily=0");
    }

    /** Waits until it is so; how long that took, and what it took. */
    private static String until(ServerProcess server, Callable<Boolean> so) throws Exception {
        Instant start = Instant.now();
        await().atMost(Duration.ofMinutes(15)).pollInterval(Duration.ofSeconds(1)).until(() -> !server.isRunning() || so.call());
        Duration took = Duration.between(start, Instant.now());
        assertThat(server.isRunning()).as(server.output()).isTrue();
        assertThat(server.output()).doesNotContain("OutOfMemory", "Exception");
        return "%.1f s after the start, in a heap of %s, at most %s resident".formatted(took.toMillis() / 1000.0, HEAP, server.peak());
    }

    private long uploaded() {
        return simulator.account().datasets().stream().mapToLong(dataset -> dataset.files().size()).sum();
    }

    private long contents() {
        return simulator.account().datasets().stream().flatMap(dataset -> dataset.files().stream()).map(Account.File::sha256).distinct().count();
    }
}
