package org.dropfolder.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Those who look into a ledger beside its server. */
class ReadingLedgerTest {
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    private Path folder;

    @Test
    void sharesTheLedgerWithTheServerThatWritesIt() throws IOException {
        try (Ledger server = open(); Ledger reader = Ledger.toRead(url(), CLOCK, false)) {
            server.datasets().named("cats", "cats");
            Map<String, Long> before = files();
            assertThat(reader.datasets().named("cats")).isPresent();
            assertThat(files()).isEqualTo(before);

            server.datasets().named("dogs", "dogs");
            assertThat(reader.datasets().all()).extracting(Dataset::name).containsExactly("cats", "dogs");
        }
    }

    @Test
    void leavesNothingBesideALedgerThatNobodyWrites() throws IOException {
        begin();

        try (Ledger reader = Ledger.toRead(url(), CLOCK, false)) {
            assertThat(reader.datasets().all()).extracting(Dataset::name).containsExactly("cats");
            assertThat(files()).containsOnlyKeys("a ledger #1.db");
        }
        assertThat(files()).containsOnlyKeys("a ledger #1.db");
    }

    @Test
    void readsWhatAKilledServerLeftAndLeavesItSo() throws IOException {
        Path killed = Files.createDirectory(folder.resolve("killed"));
        Map<String, Long> left = new TreeMap<>();
        try (Ledger server = open()) {
            server.datasets().named("cats", "cats");
            try (Stream<Path> all = Files.list(folder)) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    Files.copy(file, killed.resolve(file.getFileName()));
                    left.put(file.getFileName().toString(), Files.size(file));
                }
            }
        }
        assertThat(left).hasSize(3);

        try (Ledger reader = Ledger.toRead(url(killed), CLOCK, false)) {
            assertThat(reader.datasets().named("cats")).isPresent();
        }
        assertThat(files(killed)).isEqualTo(left);
    }

    @Test
    void canChangeNothing() {
        begin();

        try (Ledger reader = Ledger.toRead(url(), CLOCK, false)) {
            assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> reader.datasets().named("dogs", "dogs"));
        }
    }

    @Test
    void beginsNone() {
        assertThat(new LedgerFile(url()).exists()).isFalse();
        assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> Ledger.toRead(url(), CLOCK, false));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void refusesOneOfTheOtherNature() {
        begin();

        assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> Ledger.toRead(url(), CLOCK, true))
            .withMessageContaining("this run is simulated");
    }

    @Test
    void refusesANewerOneAndSaysWhichToStart() {
        begin();
        try (Ledger ledger = open()) {
            ledger.change(h -> h.execute("INSERT INTO flyway_schema_history (installed_rank, version, description, type, "
                + "script, checksum, installed_by, execution_time, success) "
                + "VALUES (99, '99', 'to come', 'SQL', 'V99__to_come.sql', 1, 'somebody', 1, ?)", true));
        }

        assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> Ledger.toRead(url(), CLOCK, false))
            .withMessageContainingAll("version 99", "newer one");
        assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> new LedgerFile(url()).examine())
            .withMessageContainingAll("version 99", "newer one");
    }

    @Test
    void leavesAnOlderOneToTheServer() {
        begin();
        try (Ledger ledger = open()) {
            ledger.change(h -> h.execute("UPDATE flyway_schema_history SET version = '0'"));
        }

        assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> Ledger.toRead(url(), CLOCK, false))
            .withMessageContainingAll("older version", "Start the server");
        assertThat(new LedgerFile(url()).examine()).isTrue();
    }

    @Test
    void knowsTheNewestVersionThatTheServerMakes() {
        begin();

        assertThat(new LedgerFile(url()).examine()).isFalse();
        try (Ledger ledger = open()) {
            assertThat(ledger.<Integer>read(h -> h.createQuery("SELECT count(*) FROM flyway_schema_history")
                .mapTo(int.class).one())).isEqualTo(LedgerFile.VERSION);
        }
    }

    @Test
    void refusesWhatIsNoLedger() throws IOException {
        Files.writeString(folder.resolve("a ledger #1.db"), "holiday notes\n".repeat(500));

        assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> Ledger.toRead(url(), CLOCK, false))
            .withMessageContaining("backup");
        assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> new LedgerFile(url()).examine())
            .withMessageContaining("backup");
    }

    private void begin() {
        try (Ledger ledger = open()) {
            ledger.datasets().named("cats", "cats");
        }
    }

    private Ledger open() {
        return Ledger.open(url(), Lease.ofThisProcess(Duration.ofMinutes(1), CLOCK), false);
    }

    private String url() {
        return url(folder);
    }

    private static String url(Path folder) {
        return "jdbc:sqlite:" + folder.resolve("a ledger #1.db");
    }

    private Map<String, Long> files() throws IOException {
        return files(folder);
    }

    private static Map<String, Long> files(Path folder) throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                sizes.put(file.getFileName().toString(), Files.size(file));
            }
        }
        return sizes;
    }
}
