package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.dropfolder.ledger.FilledLedger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is promised of speed and memory, measured on the packaged jar beside what a person would do instead, with the same files,
 * the same local sink and in the same run; {@code mvn -Pbench verify} prints the table. No figure here can fail a build: machines
 * differ, and are shared.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class Benchmark {
    private static final int LARGE = Integer.getInteger("bench.large", 100);
    private static final int SMALL = Integer.getInteger("bench.small", 20_000);
    private static final int IN_FOLDER = 50;
    private static final int FIFTEENTHS = 50;
    private static final int TRAININGS = 5_000;
    private static final int IDLE = 10_000;
    /** Those that it is measured beside look at no picture. */
    private static final String PREFLIGHT = System.getProperty("bench.preflight", "off");
    private static final Duration SETTLE = Duration.ofMillis(200);
    private static final Duration WAIT = Duration.ofMillis(200);
    private static final int STARTS = 5;
    private static final int KNOWN = 1_000_000;
    private static final int IN_DATASET = 100;
    private static final int LOOKED_AT = 100_000;
    private static final Map<String, String> KEY = Map.of("IDEOGRAM_API_KEY", "key");
    private static final BenchmarkTable TABLE = new BenchmarkTable();

    @TempDir
    private Path folder;
    private Path inbox;

    @BeforeEach
    void layOut() throws IOException {
        ServerProcess.layOut(folder);
        inbox = Files.createDirectory(folder.resolve("inbox"));
    }

    @AfterAll
    static void print() {
        TABLE.print();
    }

    @Test
    @Order(1)
    void largeImagesAsOneBatch() throws Exception {
        large(LARGE, "4GB", true);
    }

    @Test
    @Order(2)
    void largeImagesInBatchesAsTheyAreByDefault() throws Exception {
        large(LARGE, "100MB", false);
    }

    @Test
    @Order(3)
    void aTenthOfThem() throws Exception {
        large(LARGE / 10, "4GB", false);
    }

    private void large(int count, String batch, boolean besideCurl) throws Exception {
        String what = count + " of 20 MB, batches up to " + batch;
        Path set = folder.resolve("ready").resolve("set");
        BenchmarkPictures.photos(set, count);
        try (BenchmarkSink sink = new BenchmarkSink()) {
            Duration peer = Duration.ZERO;
            if (besideCurl) {
                peer = run(set, "zip -0 -q -r ../set.zip . && curl -sf -o /dev/null -F files=@../set.zip " + sink.url() + "/peer");
                Files.delete(set.resolveSibling("set.zip"));
            }
            try (ServerProcess server = start(sink, "64m", "-Ddropfolder.batch.size=" + batch)) {
                ready(server);
                long dropped = System.nanoTime();
                Files.move(set, inbox.resolve("set"));
                await(server, Duration.ofMinutes(10), () -> sink.images() >= count && !sink.sent("upload_assets").isEmpty());
                Duration ours = Duration.ofNanos(sink.lastAnswer() - dropped).minus(SETTLE).minus(WAIT);
                TABLE.row("drop to answer, the waits taken off, " + what, ours, peer, "at most 0.4");
                if (besideCurl) {
                    Duration sent = longest(sink, "upload_assets");
                    TABLE.row("the upload alone", sent, longest(sink, "peer"), "at most 1.1");
                }
                TABLE.row("memory with a heap of 64 MB, " + what, server.peak(), "at most 180 MB");
            }
        }
    }

    @Test
    @Order(4)
    void smallImagesThatAreThereAtTheStart() throws Exception {
        String what = "%,d of 4 KB in %,d folders".formatted(SMALL, SMALL / IN_FOLDER);
        for (int i = 0; i < SMALL; i++) {
            Path set = Files.createDirectories(inbox.resolve("set " + i / IN_FOLDER));
            Files.write(set.resolve("image " + i + ".png"), Pictures.paddedPng(i, 4096));
        }
        try (BenchmarkSink sink = new BenchmarkSink()) {
            Duration peer = run(inbox, "find . -type f -exec sha256sum {} + >/dev/null; for set in *; do "
                + "zip -0 -q -r ../set.zip \"$set\"; curl -sf -o /dev/null -F files=@../set.zip " + sink.url() + "/peer; rm ../set.zip; done");
            long begun = System.nanoTime();
            try (ServerProcess server = start(sink, "128m")) {
                await(server, Duration.ofMinutes(30), () -> sink.images() >= SMALL);
                Duration ours = Duration.ofNanos(sink.lastAnswer() - begun);
                TABLE.row(what + ", start included", ours, peer, "at most 0.5");
                TABLE.row("rate, " + what, "%,.0f a second".formatted(SMALL / BenchmarkTable.seconds(ours)), "at least 1,500");
                TABLE.row("memory with a heap of 128 MB, " + what, server.peak(), "at most 260 MB");
            }
        }
    }

    @Test
    @Order(5)
    void theFifteenthImage() throws Exception {
        List<Duration> beyond = new ArrayList<>();
        try (BenchmarkSink sink = new BenchmarkSink();
                ServerProcess server = start(sink, "128m", "-Ddropfolder.training.daily=" + FIFTEENTHS)) {
            ready(server);
            for (int set = 0; set < FIFTEENTHS; set++) {
                String name = "set-" + set;
                Path ready = Files.createDirectories(folder.resolve("ready").resolve(name));
                for (int i = 0; i < 14; i++) {
                    Files.write(ready.resolve(i + ".png"), Pictures.paddedPng(set * 100 + i, 4096));
                }
                Path last = Files.write(folder.resolve("last.png"), Pictures.paddedPng(set * 100 + 14, 4096));
                long before = sink.images();
                Files.move(ready, inbox.resolve(name));
                await(server, Duration.ofMinutes(1), () -> sink.images() >= before + 14);
                long dropped = System.nanoTime();
                Files.move(last, inbox.resolve(name).resolve("14.png"));
                await(server, Duration.ofMinutes(1), () -> sink.trained().containsKey(name));
                beyond.add(Duration.ofNanos(sink.trained().get(name) - dropped).minus(SETTLE).minus(WAIT.multipliedBy(2)));
            }
        }
        TABLE.row("the 15th image to its training, beyond the waits: median", middle(beyond).toMillis() + " ms", "150 ms");
        TABLE.row("the same, worst of " + FIFTEENTHS, Collections.max(beyond).toMillis() + " ms", "400 ms");
    }

    @Test
    @Order(6)
    void idleWithManyFolders() throws Exception {
        try (BenchmarkSink sink = new BenchmarkSink()) {
            emptyLedger(sink);
            FilledLedger.fill(ledgerFile(), IDLE, 10);
            for (int i = 0; i < IDLE; i++) {
                Files.createDirectory(inbox.resolve("set " + i));
            }
            try (ServerProcess server = start(sink, "128m")) {
                ready(server);
                // the first word for each folder
                await(server, Duration.ofMinutes(10), () -> Files.exists(inbox.resolve("set " + (IDLE - 1)).resolve("_status.txt")));
                // until the pause between two looks has grown as long as it gets
                pass(Duration.ofMinutes(5));
                Duration before = cpu(server);
                pass(Duration.ofMinutes(4));
                double share = BenchmarkTable.seconds(cpu(server).minus(before)) / 240 * 100;
                TABLE.row("idle with %,d folders".formatted(IDLE), "%.1f %% of a core".formatted(share), "at most 1 %");
            }
        }
    }

    private Path ledgerFile() {
        return folder.resolve("data").resolve("ledger.db");
    }

    /** Makes a ledger, by a server that starts and stops. */
    private void emptyLedger(BenchmarkSink sink) throws Exception {
        try (ServerProcess once = start(sink, "128m")) {
            ready(once);
            once.terminate();
            once.exitCode(30);
        }
    }

    private ServerProcess start(BenchmarkSink sink, String heap, String... settings) throws IOException {
        List<String> line = new ArrayList<>(List.of("run", "-Ddropfolder.http.port=0", "-Dideogram.url=" + sink.url(),
            "-Ddropfolder.settle=" + SETTLE.toMillis() + "ms", "-Ddropfolder.scan=100ms", "-Ddropfolder.batch.wait=" + WAIT.toMillis() + "ms",
            "-Ddropfolder.training.wait=" + WAIT.toMillis() + "ms", "-Ddropfolder.training.daily=0",
            "-Ddropfolder.preflight=" + PREFLIGHT));
        line.addAll(List.of(settings));
        return ServerProcess.startAsBuilt(folder, KEY, List.of("-Xmx" + heap), line.toArray(String[]::new));
    }

    @Test
    @Order(7)
    void readyAfterTheStart() throws Exception {
        try (BenchmarkSink sink = new BenchmarkSink()) {
            Duration plain = median(() -> ServerProcess.start(folder, KEY, List.of(), "run", "-Ddropfolder.http.port=0", "-Dideogram.url=" + sink.url()));
            TABLE.row("ready after the start, an empty ledger", median(() -> start(sink, "128m")), plain, "1.5 s; 1.0 s on 25");
            FilledLedger.fill(ledgerFile(), KNOWN / IN_DATASET, IN_DATASET);
            plain = median(() -> ServerProcess.start(folder, KEY, List.of(), "run", "-Ddropfolder.http.port=0", "-Dideogram.url=" + sink.url()));
            TABLE.row("the same, %,d images in the ledger".formatted(KNOWN), median(() -> start(sink, "128m")), plain, "2.5 s");
        }
    }

    @Test
    @Order(8)
    void whereAFileIs() throws Exception {
        try (BenchmarkSink sink = new BenchmarkSink()) {
            emptyLedger(sink);
            FilledLedger.fill(ledgerFile(), LOOKED_AT / IN_DATASET, IN_DATASET);
            List<Duration> took = new ArrayList<>();
            for (int i = 0; i < STARTS; i++) {
                took.add(run(folder, "java @target/java.options -jar target/dropfolder.jar status image-77777.png >/dev/null"));
            }
            TABLE.row("status FILE, %,d images in the ledger".formatted(LOOKED_AT), middle(took).toMillis() + " ms", "600 ms");
            try (ServerProcess server = start(sink, "128m")) {
                ready(server);
                HttpClient client = HttpClient.newHttpClient();
                List<Duration> asked = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    URI file = URI.create(server.page() + "/api/files?path=image-" + (LOOKED_AT / 51 * (i + 1)) + ".png");
                    long begun = System.nanoTime();
                    HttpResponse<String> answer = client.send(HttpRequest.newBuilder(file).build(), HttpResponse.BodyHandlers.ofString());
                    asked.add(Duration.ofNanos(System.nanoTime() - begun));
                    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                }
                TABLE.row("the same from a running server", middle(asked).toMillis() + " ms", "50 ms");
            }
        }
    }

    @Test
    @Order(9)
    void trainingsUnderWay() throws Exception {
        try (BenchmarkSink sink = new BenchmarkSink()) {
            emptyLedger(sink);
            BenchmarkTrainings trainings = new BenchmarkTrainings(sink, ledgerFile(), TRAININGS);
            try (ServerProcess server = start(sink, "128m", "-Ddropfolder.poll.delay=" + BenchmarkTrainings.POLL.toSeconds() + "s")) {
                ready(server);
                trainings.watch(server);
                TABLE.row("memory meanwhile with a heap of 128 MB", server.peak(), "–");
            }
            trainings.tell(TABLE);
        }
    }

    /** Starts one after the other, each until it says that it is ready. */
    private static Duration median(Callable<ServerProcess> start) throws Exception {
        List<Duration> took = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
            long begun = System.nanoTime();
            try (ServerProcess server = start.call()) {
                Awaitility.await().pollInterval(Duration.ofMillis(5)).atMost(Duration.ofMinutes(1))
                    .until(() -> server.output().contains("Ready: ") || !server.isRunning());
                took.add(Duration.ofNanos(System.nanoTime() - begun));
                assertThat(server.isRunning()).as(server.output()).isTrue();
                server.terminate();
                server.exitCode(30);
            }
        }
        return middle(took);
    }

    static Duration middle(List<Duration> all) {
        return all.stream().sorted().toList().get(all.size() / 2);
    }

    private static void ready(ServerProcess server) {
        await(server, Duration.ofMinutes(1), () -> server.output().contains("Ready: "));
    }

    private static void await(ServerProcess server, Duration atMost, Callable<Boolean> so) {
        Awaitility.await().atMost(atMost).pollInterval(Duration.ofMillis(50)).until(() -> !server.isRunning() || so.call());
        assertThat(server.isRunning()).as(server.output()).isTrue();
    }

    static void pass(Duration time) {
        Awaitility.await().pollDelay(time).atMost(time.plusMinutes(1)).until(() -> true);
    }

    private static Duration longest(BenchmarkSink sink, String path) {
        return Collections.max(sink.sent(path));
    }

    /** What a person would type, in a shell; how long it took. */
    private static Duration run(Path where, String commands) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        Process shell = new ProcessBuilder("sh", "-e", "-c", commands).directory(where.toFile()).inheritIO().start();
        assertThat(shell.waitFor()).as(commands).isZero();
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    static Duration cpu(ServerProcess server) {
        return ProcessHandle.of(server.pid()).flatMap(process -> process.info().totalCpuDuration()).orElseThrow();
    }
}
