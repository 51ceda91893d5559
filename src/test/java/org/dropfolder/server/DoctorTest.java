package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dropfolder.contract.Watched;
import org.dropfolder.ledger.LedgerStory;
import org.dropfolder.simulator.Simulator;
import org.dropfolder.server.Finding.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each thing that can be wrong has its line, and the others are still looked at. */
class DoctorTest {
    private static final String KEY = "a-key-that-must-never-be-printed";
    private static final String NO_DATASETS = "HTTP/1.1 200 OK\r\nContent-Length: 15\r\n%s\r\n{\"datasets\":[]}";

    @TempDir
    private Path home;

    private final Map<String, String> given = new HashMap<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private Clock clock = Clock.systemUTC();

    @BeforeEach
    void aHomeWhereAllIsWell() throws Exception {
        Files.createDirectory(home.resolve("routes"));
        Files.createDirectory(home.resolve("inbox"));
        Files.createDirectory(home.resolve("data"));
        Simulator simulator = Simulator.start(Watched.simulator());
        open.add(simulator);
        given.putAll(Map.of("dropfolder.inbox", home.resolve("inbox").toString(), "dropfolder.data", home.resolve("data").toString(),
            "dropfolder.http.port", "0", "ideogram.url", simulator.url().toString(), "ideogram.api-key", KEY));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void findsAllWellAndLeavesNothingBehind() throws IOException {
        List<Path> before = files();

        assertThat(examined()).extracting(Finding::verdict).containsOnly(Verdict.GOOD);
        assertThat(examined()).extracting(Finding::subject)
            .containsExactly("settings", "routes", "folders", "inbox", "data", "ledger", "port", "ideogram", "key", "clock");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void makesNoFolderThatTheStartMakes() throws IOException {
        Files.delete(home.resolve("data"));

        assertThat(of("data")).isEqualTo(Finding.good("data", home.resolve("data") + " is not there yet; the start makes it"));
        assertThat(home.resolve("data")).doesNotExist();
        assertThat(wrong()).isEmpty();
    }

    @Test
    void goesOnAfterTheFirstThingThatIsWrong() throws IOException {
        Files.delete(home.resolve("routes"));
        Files.delete(home.resolve("inbox"));
        given.put("ideogram.url", "http://127.0.0.1:1");
        given.put("ideogram.api-key", "");

        assertThat(wrong()).containsExactly("routes", "inbox", "ideogram", "key");
        assertThat(of("inbox").words()).contains("mkdir");
    }

    @Test
    void saysHowToSetAKey() {
        given.put("ideogram.api-key", "");

        assertThat(wrong()).containsExactly("key");
        assertThat(of("key").words()).contains("export IDEOGRAM_API_KEY");
    }

    @Test
    void saysWhatElseIsAskedForAndWhatThatCosts() {
        assertThat(examined()).extracting(Finding::subject).doesNotContain("describe", "sample");

        given.putAll(Map.of("dropfolder.caption.describe", "on", "dropfolder.sample.prompt", "a rose", "dropfolder.sample.speed", "FLASH"));

        assertThat(wrong()).isEmpty();
        assertThat(of("describe").words()).contains("at most 100 in 24 hours", "does not tell");
        assertThat(of("sample").words()).contains("FLASH", "a price that Ideogram does not tell");
    }

    @Test
    void saysThatTheKeyIsRefused() throws IOException {
        answering("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");

        assertThat(wrong()).containsExactly("key");
        assertThat(of("key").words()).contains("refused the key (401)", "IDEOGRAM_API_KEY");
    }

    @Test
    void saysThatAWebPageIsNotTheApi() throws IOException {
        answering("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 21\r\n\r\n<html>Welcome!</html>");

        assertThat(wrong()).containsExactly("ideogram");
        assertThat(of("ideogram").words()).contains("web page", "the API's own address");
        assertThat(of("key").verdict()).isEqualTo(Verdict.NOTE);
    }

    @Test
    void saysThatAnAddressAnswersWithSomethingElse() throws IOException {
        answering("HTTP/1.1 302 Found\r\nLocation: https://elsewhere\r\nContent-Length: 0\r\n\r\n");

        assertThat(of("ideogram").words()).contains("302", "ideogram.url");
    }

    @Test
    void saysThatNothingListens() throws IOException {
        given.put("ideogram.url", "http://127.0.0.1:1");

        assertThat(wrong()).containsExactly("ideogram");
        assertThat(of("ideogram").words()).contains("refused", "Nothing listens there");
    }

    @Test
    void saysThatAHostIsUnknown() {
        given.put("ideogram.url", "https://no-such-host.invalid");

        assertThat(wrong()).containsExactly("ideogram");
        assertThat(of("ideogram").words()).contains("unknown host", "spelt", "DNS");
    }

    @Test
    void saysThatNobodyAnswers() throws IOException {
        given.put("ideogram.timeout", "200ms");
        ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        open.add(silent);
        given.put("ideogram.url", "http://127.0.0.1:" + silent.getLocalPort());

        assertThat(wrong()).containsExactly("ideogram");
        assertThat(of("ideogram").words()).contains("firewall");
    }

    @Test
    void saysThatTheClockIsWrongByTheAnswersDate() throws IOException {
        answering(NO_DATASETS.formatted("Date: Sun, 23 Jan 2000 04:56:07 GMT\r\n"));
        clock = Clock.fixed(Instant.parse("2000-01-25T04:56:07Z"), ZoneOffset.UTC);
        assertThat(wrong()).containsExactly("clock");
        assertThat(of("clock").words()).contains("48 h ahead of", "NTP");

        clock = Clock.offset(clock, Duration.ofDays(-4));
        assertThat(of("clock").words()).contains("48 h behind");

        clock = Clock.offset(clock, Duration.ofDays(2).plusMinutes(1));
        assertThat(wrong()).isEmpty();
    }

    @Test
    void saysThatAClockCouldNotBeCompared() throws IOException {
        answering(NO_DATASETS.formatted(""));

        assertThat(of("clock").verdict()).isEqualTo(Verdict.NOTE);
    }

    @Test
    void findsALedgerThatIsSoundAndLeavesItAsItIs() throws IOException {
        begin(false);
        List<Path> before = files();

        assertThat(of("ledger").words()).endsWith("ledger.db is sound");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void saysThatALedgerIsOfASimulatedRun() throws IOException {
        begin(true);

        assertThat(wrong()).containsExactly("ledger");
        assertThat(of("ledger").words()).contains("begun in a simulated run", "another dropfolder.data");
    }

    @Test
    void saysThatALedgerIsDamaged() throws IOException {
        Files.writeString(home.resolve("data/ledger.db"), "holiday notes\n".repeat(999));

        assertThat(wrong()).containsExactly("ledger");
        assertThat(of("ledger").words()).contains("restore it from a backup");
    }

    @Test
    void saysThatALedgerIsOfANewerVersion() throws Exception {
        begin(false);
        try (Connection ledger = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("data/ledger.db"));
                Statement later = ledger.createStatement()) {
            later.executeUpdate("UPDATE flyway_schema_history SET version = '99'");
        }

        assertThat(wrong()).containsExactly("ledger");
        assertThat(of("ledger").words()).contains("version 99", "a newer one");
    }

    @Test
    void saysWhatIsWrongWithThePort() throws IOException {
        ServerSocket other = taken();

        assertThat(wrong()).containsExactly("port");
        assertThat(of("port").words()).contains("dropfolder.http.port is " + other.getLocalPort(), "another port");
    }

    @Test
    void findsItWellThatTheServerHasThePort() throws IOException {
        String url = "http://127.0.0.1:" + taken().getLocalPort();
        Settings.Folders folders = settings().folders();
        open.add(DataLock.take(folders, Holder.thisProcess(url, clock)));

        assertThat(wrong()).isEmpty();
        assertThat(of("port").words()).contains("the server is running: process " + ProcessHandle.current().pid());
    }

    @Test
    void saysThatAServerOfAnotherFolderHasThePort() throws IOException {
        taken();
        open.add(DataLock.take(settings().folders(), Holder.thisProcess("http://127.0.0.1:1", clock)));

        assertThat(wrong()).containsExactly("port");
    }

    @Test
    void asksNobodyInASimulatedRun() {
        given.keySet().removeIf(key -> key.startsWith("ideogram."));

        assertThat(of("ideogram", SettingsSample.simulated(given)).words()).contains("simulated");
    }

    @Test
    void tellsOfSettingsThatAreNotUsed() {
        Settings settings = Settings.load(SettingsSample.SHIPPED, given, Map.of("DROPFOLDER_SCANN", "1s"));

        assertThat(of("settings", settings)).isNotNull();
        assertThat(examined(settings)).contains(Finding.note("settings", settings.warnings().get(0)));
    }

    private Finding of(String subject) {
        return of(subject, settings());
    }

    private Finding of(String subject, Settings settings) {
        return examined(settings).stream().filter(finding -> finding.subject().equals(subject)).findFirst().orElseThrow();
    }

    private List<String> wrong() {
        return examined().stream().filter(finding -> finding.verdict() == Verdict.WRONG).map(Finding::subject).toList();
    }

    private List<Finding> examined() {
        return examined(settings());
    }

    private List<Finding> examined(Settings settings) {
        List<Finding> findings = new ArrayList<>();
        new Doctor(settings, home, clock).examine(findings::add);
        assertThat(findings.toString()).doesNotContain(KEY);
        return findings;
    }

    private Settings settings() {
        return Settings.load(SettingsSample.SHIPPED, given, Map.of());
    }

    private void begin(boolean simulated) {
        try (LedgerStory story = new LedgerStory(home.resolve("data"), clock, simulated)) {
            story.image("cats", "tom.jpg");
        }
    }

    private ServerSocket taken() throws IOException {
        ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        open.add(other);
        given.put("dropfolder.http.port", String.valueOf(other.getLocalPort()));
        return other;
    }

    /** Whoever asks gets this, byte by byte. */
    private void answering(String answer) throws IOException {
        ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        open.add(server);
        given.put("ideogram.url", "http://127.0.0.1:" + server.getLocalPort());
        Thread thread = new Thread(() -> {
            while (!server.isClosed()) {
                try (Socket connection = server.accept()) {
                    connection.getInputStream().read(new byte[10_000]);
                    connection.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                } catch (IOException gone) {
                    // who asked has heard enough, or the test is over
                }
            }
        }, "answering");
        thread.setDaemon(true);
        thread.start();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            return all.sorted().toList();
        }
    }
}
