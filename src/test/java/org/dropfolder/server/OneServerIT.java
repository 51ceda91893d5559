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

/** Two processes of the packaged jar on one data folder. */
class OneServerIT {
    @TempDir
    private Path folder;

    @BeforeEach
    void layOut() throws Exception {
        ServerProcess.layOut(folder);
    }

    @Test
    void theSecondEndsWithTwoAndSaysWhoHoldsTheFolderUntilTheFirstIsKilled() throws Exception {
        Path second = Files.createDirectory(folder.resolve("second"));
        ServerProcess.layOut(second);
        String data = "-Ddropfolder.data=" + folder.resolve("data-simulated");
        try (ServerProcess first = start(folder)) {
            ready(first);
            try (ServerProcess late = start(second, data)) {
                assertThat(late.exitCode(60)).as(late.output()).isEqualTo(2);
                assertThat(late.output()).contains("dropfolder.data", "process " + first.pid(), "http://127.0.0.1:", "since ")
                    .doesNotContain("\tat ");
            }
            assertThat(first.isRunning()).isTrue();
        }
        try (ServerProcess next = start(second, data)) {
            ready(next);
        }
    }

    private static ServerProcess start(Path where, String... more) {
        List<String> line = new ArrayList<>(List.of("run", "--simulate", "-Ddropfolder.http.port=0"));
        line.addAll(List.of(more));
        return ServerProcess.start(where, Map.of(), List.of(), line.toArray(String[]::new));
    }

    private static void ready(ServerProcess server) {
        await().atMost(Duration.ofSeconds(60)).until(() -> server.output().contains("/api/status"));
    }
}
