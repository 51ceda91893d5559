package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.dropfolder.contract.Watched;
import org.dropfolder.ledger.BatchState;
import org.dropfolder.ledger.Lease;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.simulator.Fault;
import org.dropfolder.simulator.Operation;
import org.dropfolder.simulator.Simulator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar, started as a user starts it. */
class CommandLineIT {
    private static final Map<String, String> KEY = Map.of("IDEOGRAM_API_KEY", "a-key-that-must-never-be-printed");
    private static final String ANY_PORT = "-Ddropfolder.http.port=0";

    @TempDir
    private Path folder;

    @BeforeEach
    void layOut() throws Exception {
        ServerProcess.layOut(folder);
    }

    @Test
    void saysWhatItIsAndWhatItCanDo() throws Exception {
        assertThat(ending(0, Map.of(), "--version")).contains("dropfolder 0.1.0");
        assertThat(ending(0, Map.of(), "--help")).contains("run", "Exit codes");
    }

    @Test
    void aSettingThatIsWrongOrUnknownEndsWithTwo() throws Exception {
        assertThat(ending(2, KEY, "run", "-Ddropfolder.settle=soon")).contains("dropfolder.settle", "soon");
        assertThat(ending(2, KEY, "run", "-Ddropfolder.setle=1s")).contains("dropfolder.setle", "dropfolder.settle");
    }

    @Test
    void aRunWithoutAKeyEndsWithTwoAndSaysHowToGoOn() throws Exception {
        Files.createDirectory(folder.resolve("inbox"));
        assertThat(ending(2, Map.of(), "run")).contains("ideogram.api-key", "IDEOGRAM_API_KEY", "--simulate");
    }

    @Test
    void aMissingInboxEndsWithTwo() throws Exception {
        assertThat(ending(2, KEY, "run", ANY_PORT)).contains("dropfolder.inbox", "mkdir");
    }

    @Test
    void anInboxThatCantBeWrittenEndsWithTwo() throws Exception {
        assertThat(ending(2, KEY, "run", ANY_PORT, "-Ddropfolder.inbox=/proc")).contains("dropfolder.inbox", "/proc");
    }

    @Test
    void aDataFolderThatCantBeMadeEndsWithTwo() throws Exception {
        Files.createDirectory(folder.resolve("inbox"));
        Files.createFile(folder.resolve("taken"));
        assertThat(ending(2, KEY, "run", ANY_PORT, "-Ddropfolder.data=taken")).contains("dropfolder.data", "taken");
    }

    @Test
    void dataInsideTheInboxEndsWithTwo() throws Exception {
        Files.createDirectory(folder.resolve("inbox"));
        assertThat(ending(2, KEY, "run", ANY_PORT, "-Ddropfolder.data=inbox/data")).contains("must lie apart");
    }

    @Test
    void aPortInUseEndsWithTwo() throws Exception {
        Files.createDirectory(folder.resolve("inbox"));
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(ending(2, KEY, "run", "-Ddropfolder.http.port=" + taken.getLocalPort()))
                .contains("dropfolder.http.port", Integer.toString(taken.getLocalPort()));
        }
    }

    @Test
    void aLedgerThatIsDamagedEndsWithTwoAndStaysAsItIs() throws Exception {
        Files.createDirectories(folder.resolve("inbox"));
        Path ledger = Files.createDirectories(folder.resolve("data")).resolve("ledger.db");
        String damaged = "this is no database, whatever its name says".repeat(100);
        Files.writeString(ledger, damaged);
        assertThat(ending(2, KEY, "run", ANY_PORT)).contains("ledger.db", "backup");
        assertThat(ledger).hasContent(damaged);
    }

    @Test
    void aFolderWithoutRoutesEndsWithTwo() throws Exception {
        Files.move(folder.resolve("routes"), folder.resolve("elsewhere"));
        assertThat(ending(2, KEY, "run", ANY_PORT)).contains("routes");
    }

    @Test
    void endsWithZeroWithinFifteenSecondsOfSigtermAndListensWhereItWasTold() throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, Map.of(), List.of(), "run", "--simulate", ANY_PORT)) {
            await().atMost(Duration.ofSeconds(60)).until(() -> server.output().contains("/api/status"));
            assertThat(server.output()).contains("SIMULATED", "inbox-simulated");
            assertThat(folder.resolve("inbox-simulated")).isDirectory();
            server.terminate();
            assertThat(server.exitCode(15)).isZero();
            assertThat(server.output()).contains("Stopped").doesNotContain("Exception");
        }
    }

    @Test
    void endsWithZeroWhenItIsToldToWhileItStarts() throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, Map.of(), List.of(), "run", "--simulate", ANY_PORT)) {
            await().atMost(Duration.ofSeconds(60)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5))
                .until(() -> Files.exists(folder.resolve("data-simulated/ledger.db")));
            server.terminate();
            assertThat(server.exitCode(15)).as(server.output()).isZero();
            assertThat(server.output()).contains("Stopped").doesNotContain("Exception");
        }
    }

    @Test
    void endsWithinFifteenSecondsThoughAnUploadHangsAndWritesItsDoubtDown() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Path inbox = Files.createDirectories(folder.resolve("inbox/garden"));
        try (Simulator simulator = Simulator.start(Watched.simulator())) {
            simulator.faults().next(Operation.UPLOAD_ASSETS, Fault.hold(never));
            try (ServerProcess server = ServerProcess.start(folder, KEY, List.of(), "run", ANY_PORT,
                    "-Dideogram.url=" + simulator.url(), "-Ddropfolder.batch.wait=100ms")) {
                Files.write(inbox.resolve("one.png"), Pictures.png(1));
                await().atMost(Duration.ofSeconds(60)).until(() -> simulator.faults().waiting(Operation.UPLOAD_ASSETS) == 0);
                server.terminate();
                assertThat(server.exitCode(15)).as(server.output()).isZero();
                assertThat(server.output()).contains("Stopped").doesNotContain("\tat ", "RejectedExecution");
            } finally {
                never.countDown();
            }
        }
        Lease reader = Lease.ofThisProcess(Duration.ofMinutes(1), Clock.systemUTC());
        try (Ledger ledger = Ledger.open("jdbc:sqlite:" + folder.resolve("data/ledger.db"), reader, false)) {
            long garden = ledger.datasets().named("garden").orElseThrow().id();
            assertThat(ledger.batches().open(garden).orElseThrow().state()).isEqualTo(BatchState.IN_DOUBT);
        }
    }

    @Test
    void trainingSomethingThatNobodyKnowsIsToldInOneLine() throws Exception {
        assertThat(ending(2, KEY, "train", "garden")).contains("there is no ledger", "--simulate");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    /** Runs it to its end; a wrong start says one line, and never a stack trace or the key. */
    private String ending(int exitCode, Map<String, String> environment, String... arguments) throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, environment, List.of(), arguments)) {
            assertThat(server.exitCode(60)).as(server.output()).isEqualTo(exitCode);
            if (exitCode == 2) {
                assertThat(server.output().strip().lines().filter(line -> line.startsWith("dropfolder: "))).hasSize(1);
                assertThat(server.output()).doesNotContain("\tat ", "Exception:", "a-key-that-must-never-be-printed");
            }
            return server.output();
        }
    }
}
