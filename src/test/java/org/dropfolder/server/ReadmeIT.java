package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dropfolder.contract.Watched;
import org.dropfolder.simulator.Pace;
import org.dropfolder.simulator.Simulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's commands, each run as it stands there, by a shell. */
class ReadmeIT {
    private static final Pattern BLOCK = Pattern.compile("(?m)^ *```sh\\n(.*?)^ *```$", Pattern.DOTALL);
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final String DEMO = "mvn -q -Pdemo";
    private static final String SIMULATED = "mvn";
    private static final String JAR = "mvn -DskipTests package";
    private static final String INBOX = "mkdir inbox";
    private static final String KEY = "export IDEOGRAM_API_KEY=...";
    private static final String DOCTOR = "java -jar target/dropfolder.jar doctor";
    private static final String SERVER = "java @target/java.options -jar target/dropfolder.jar";
    private static final String STATUS = "java -jar target/dropfolder.jar status";
    private static final String EXPLAIN = "java -jar target/dropfolder.jar explain garden";
    private static final String TRAIN = "java -jar target/dropfolder.jar train garden";
    private static final String RETRY = "java -jar target/dropfolder.jar retry garden";
    private static final String ALIAS = "alias dropfolder='java -jar target/dropfolder.jar'";
    private static final String COMPLETION = "source <(java -jar target/dropfolder.jar completion)";
    private static final String S3 = "mvn -q -Ps3";
    private static final String ON_S3 = "mvn -Ddropfolder.inbox=s3://photos/inbox -Ddropfolder.s3.endpoint=http://127.0.0.1:9000"
        + " -Ddropfolder.s3.path-style=true -Ddropfolder.s3.access-key=tester -Ddropfolder.s3.secret-key=not-so-secret";
    private static final String DROP_ON_S3 = "for photo in garden/*; do curl -sS --aws-sigv4 aws:amz:us-east-1:s3 -u tester:not-so-secret"
        + " -H x-amz-content-sha256:UNSIGNED-PAYLOAD -T \"$photo\" http://127.0.0.1:9000/photos/inbox/garden/; done";
    private static final String PUT = "curl -T photo.jpg -H \"Authorization: Bearer $TOKEN\" http://127.0.0.1:8080/api/datasets/garden/images/";
    private static final String TESTS = "mvn verify";
    private static final Pattern LINK = Pattern.compile("(http://127[.]0[.]0[.]1:\\d+)/#token=(\\S+)");

    @TempDir
    private Path folder;

    @Test
    void tellsNoOtherCommands() throws IOException {
        List<String> told = new ArrayList<>();
        BLOCK.matcher(Files.readString(Path.of("README.md"))).results()
            .forEach(block -> block.group(1).lines().map(String::strip).forEach(told::add));
        assertThat(told).containsExactly(DEMO, SIMULATED, JAR, INBOX, KEY, DOCTOR, SERVER, STATUS, EXPLAIN, TRAIN, RETRY, ALIAS,
            COMPLETION, S3, ON_S3, DROP_ON_S3, PUT, TESTS);
        assertThat(Path.of(System.getProperty("packaged.jar"))).as(JAR + ", which went before").isRegularFile();
        assertThat(Path.of(".ci/run")).as("the tests are run by").content().containsPattern("(?m)^mvn .*verify$");
    }

    @Test
    void playsTheDemoFromAClone() throws Exception {
        Process demo = shell(Path.of(""), DEMO, Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + folder));
        assertThat(demo.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as(output()).isTrue();
        assertThat(output()).contains("model      model/landscapes/version/1", "received   21 = 18 uploaded + 1 duplicate + 2 set aside");
        assertThat(demo.exitValue()).isZero();
    }

    @Test
    void startsAgainstTheSimulatorFromAClone() throws Exception {
        Process server = shell(Path.of(""), SIMULATED + " -Ddropfolder.http.port=0 -Ddropfolder.inbox=" + folder.resolve("in")
            + " -Ddropfolder.data=" + folder.resolve("out"), Map.of());
        try {
            until("Ready: drop JPEG, PNG or WebP images");
            assertThat(output()).contains("SIMULATED: nothing leaves this machine");
            Matcher link = LINK.matcher(output());
            assertThat(link.find()).isTrue();
            Files.write(folder.resolve("photo.jpg"), Pictures.png(1));
            assertThat(told(PUT.replace("http://127.0.0.1:8080", link.group(1)), Map.of("TOKEN", link.group(2)))).contains("garden/photo.jpg");
            assertThat(folder.resolve("in/garden")).isDirectory();
        } finally {
            end(server);
        }
    }

    @Test
    void makesAModelOfAFolderThatIsDroppedIntoALocalBucket() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path said = folder.resolve("s3.txt");
        Process s3 = shell(Path.of(""), S3 + " -Ds3.port=" + port, Map.of(), said);
        try {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(said).content().contains("The bucket s3://photos is at http://127.0.0.1:" + port));
            Process server = shell(Path.of(""), ON_S3.replace("9000", Integer.toString(port)) + " -Ddropfolder.http.port=0 -Ddropfolder.settle=300ms"
                + " -Ddropfolder.training.wait=2s -Ddropfolder.poll.delay=500ms -Ddropfolder.data=" + folder.resolve("out"), Map.of());
            try {
                until("Ready: drop JPEG, PNG or WebP images into s3://photos/inbox");
                Pictures.folder(folder.resolve("garden"), 15);
                assertThat(told(DROP_ON_S3.replace("9000", Integer.toString(port)), Map.of())).isEmpty();
                until("the model is ready: model/garden/version/1");
                assertThat(output()).doesNotContain("not-so-secret");
            } finally {
                end(server);
            }
        } finally {
            end(s3);
        }
    }

    @Test
    void leadsFromTheJarToAModel() throws Exception {
        Pace pace = new Pace(Duration.ofMillis(30), Duration.ofMillis(90), Duration.ofMillis(30));
        try (Simulator simulator = Simulator.start(Watched.simulator().withPace(pace))) {
            Map<String, String> environment = environment(simulator);
            layOut();
            told(INBOX, environment);
            told(KEY, environment);
            told(DOCTOR, environment);
            Process server = shell(folder, SERVER, environment);
            try {
                until("Ready: drop JPEG, PNG or WebP images");
                Pictures.folder(folder.resolve("inbox/garden"), 15);
                Files.writeString(folder.resolve("inbox/garden/notes.doc"), "no picture");
                until("Waiting for approval");
                assertThat(told(STATUS, environment)).contains("garden");
                assertThat(told(EXPLAIN, environment)).contains("waits for your approval: it costs about 40 US dollars");
                assertThat(told(RETRY, environment)).contains("1 still can't be used");
                assertThat(told(TRAIN, environment)).contains("Approved: garden is trained for about 40 US dollars");
                until("the model is ready: model/garden/version/1");
            } finally {
                end(server);
            }
            assertThat(simulator.account().trainingsStarted()).isEqualTo(1);
            assertThat(told(ALIAS + "\n" + COMPLETION + "\ncomplete -p dropfolder", environment)).contains("dropfolder");
        }
    }

    private void layOut() throws IOException {
        ServerProcess.layOut(folder);
        Path target = Files.createDirectory(folder.resolve("target"));
        for (String built : List.of("dropfolder.jar", "java.options")) {
            Files.copy(Path.of(System.getProperty("packaged.jar")).resolveSibling(built), target.resolve(built));
        }
    }

    /** The key is the one that the README exports; all else lets nobody wait. */
    private static Map<String, String> environment(Simulator simulator) throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return Map.of("IDEOGRAM_API_KEY", "...", "IDEOGRAM_URL", simulator.url().toString(),
                "DROPFOLDER_HTTP_PORT", Integer.toString(free.getLocalPort()), "DROPFOLDER_BATCH_WAIT", "500ms",
                "DROPFOLDER_TRAINING_START", "approve", "DROPFOLDER_TRAINING_WAIT", "500ms", "DROPFOLDER_POLL_DELAY", "200ms");
        }
    }

    /** Runs a command to its good end, and answers what it said. */
    private String told(String command, Map<String, String> environment) throws Exception {
        Path output = folder.resolve("told.txt");
        Process process = shell(folder, command, environment, output);
        boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        String told = Files.readString(output);
        assertThat(ended).as("%s ended; it said %s", command, told).isTrue();
        assertThat(process.exitValue()).as("%s said %s", command, told).isZero();
        return told;
    }

    private Process shell(Path where, String command, Map<String, String> environment) throws IOException {
        return shell(where, command, environment, folder.resolve("output.txt"));
    }

    private static Process shell(Path where, String command, Map<String, String> environment, Path output) throws IOException {
        ProcessBuilder bash = new ProcessBuilder("bash", "-c", command).directory(where.toAbsolutePath().toFile())
            .redirectErrorStream(true).redirectOutput(output.toFile());
        Map<String, String> all = bash.environment();
        all.keySet().removeIf(name -> name.startsWith("DROPFOLDER") || name.startsWith("IDEOGRAM"));
        all.putAll(new LinkedHashMap<>(environment));
        all.put("JAVA_HOME", System.getProperty("java.home"));
        all.put("PATH", String.join(File.pathSeparator, System.getProperty("java.home") + "/bin",
            System.getProperty("maven.home") + "/bin", all.get("PATH")));
        return bash.start();
    }

    private void until(String line) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(output()).contains(line));
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("output.txt"));
    }

    /** Maven runs in a child of the shell, and the server in it: the youngest first. */
    private static void end(Process process) throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        process.waitFor(30, TimeUnit.SECONDS);
    }
}
