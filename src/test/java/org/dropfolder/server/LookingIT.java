package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar beside a running server, and where a server could not run. */
class LookingIT {
    @TempDir
    private Path folder;

    @Test
    void statusAndDoctorLookBesideARunningServerAndDisturbNothing() throws Exception {
        ServerProcess.layOut(folder);
        Path looking = Files.createDirectory(folder.resolve("looking"));
        try (ServerProcess server = ServerProcess.start(folder, Map.of(), List.of(), "run", "--simulate", "-Ddropfolder.http.port=0",
                "-Ddropfolder.batch.wait=100ms")) {
            await().atMost(Duration.ofSeconds(60)).until(() -> server.output().contains("Page: "));
            Path garden = Files.createDirectory(folder.resolve("inbox-simulated/garden"));
            Files.write(garden.resolve("one.png"), Pictures.png(1));
            await().atMost(Duration.ofSeconds(60)).until(() -> server.output().contains("is in the dataset"));
            String page = HttpClient.newHttpClient().send(HttpRequest.newBuilder(
                URI.create(server.page() + "/api/status")).build(), BodyHandlers.ofString()).body();

            assertThat(ending(0, looking, "status", "--json", "--simulate").strip()).isEqualTo(page);
            String port = "-Ddropfolder.http.port=" + URI.create(server.page()).getPort();
            assertThat(ending(0, looking, "doctor", "--simulate", port)).contains("the server is running", "All is well.");
            server.terminate();
            assertThat(server.exitCode(15)).isZero();
            assertThat(server.output()).doesNotContain("Exception", "ERROR");
        }
        assertThat(ending(0, looking, "explain", "garden", "--simulate")).contains("Drop 14 more", "No server is running");
    }

    /** A file that may not grow is to a program what a full disk is; and root obeys permissions once it has no other rights. */
    @Test
    void theDoctorTellsAnInboxWithoutPermissionFromAFullDisk() throws Exception {
        ServerProcess.layOut(folder);
        Path inbox = Files.createDirectory(folder.resolve("inbox"));
        Files.createDirectory(folder.resolve("data"));
        Files.setPosixFilePermissions(inbox, PosixFilePermissions.fromString("r-x------"));
        List<String> line = new ArrayList<>();
        if (Files.isWritable(inbox)) {
            line.addAll(List.of("setpriv", "--bounding-set=-all"));
        }
        line.addAll(List.of("sh", "-c", "ulimit -f 500; exec \"$@\"", "sh"));
        line.addAll(java("doctor", "-Ddropfolder.http.port=0", "-Dideogram.url=http://127.0.0.1:1"));

        String told = output(folder, line, 1);

        assertThat(told).containsSubsequence("WRONG  inbox", "nothing can be written (access is denied)", "let this user write there",
            "WRONG  data", "a file can be made but not be filled", "make room on that disk",
            "ok     ledger", "WRONG  ideogram", "WRONG  key", "4 things are wrong.");
        try (Stream<Path> left = Stream.concat(Files.list(inbox), Files.list(folder.resolve("data")))) {
            assertThat(left).isEmpty();
        }
    }

    private String ending(int exitCode, Path outputs, String... arguments) throws Exception {
        return output(outputs, java(arguments), exitCode);
    }

    private static List<String> java(String... arguments) {
        List<String> line = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java"), "-jar",
            System.getProperty("packaged.jar")));
        line.addAll(List.of(arguments));
        return line;
    }

    private String output(Path outputs, List<String> line, int exitCode) throws IOException, InterruptedException {
        Path output = Files.createTempFile(outputs, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("DROPFOLDER") || name.startsWith("IDEOGRAM"));
        builder.environment().put("COLUMNS", "500");
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isEqualTo(exitCode);
        return Files.readString(output);
    }
}
