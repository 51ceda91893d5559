package org.dropfolder.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLedgerTest extends LedgerContract {
    private static final int PAGE = 4096;

    @TempDir
    Path folder;

    @Override
    Ledger open(Lease lease, boolean simulated) {
        return Ledger.open("jdbc:sqlite:" + file(), lease, simulated);
    }

    @Test
    void aFileThatIsNoLedgerIsRefusedAndLeftUntouched() throws IOException {
        ledger.close();
        Files.write(file(), "these are holiday notes, and no database\n".repeat(500).getBytes(StandardCharsets.UTF_8));
        refusesUntouched();
    }

    @Test
    void aTruncatedLedgerIsRefusedAndLeftUntouched() throws IOException {
        filled("cats", 30);
        ledger.close();
        byte[] whole = Files.readAllBytes(file());
        Files.write(file(), Arrays.copyOf(whole, whole.length / 2));
        refusesUntouched();
    }

    @Test
    void aLedgerWithADamagedPageIsRefusedAndLeftUntouched() throws IOException {
        filled("cats", 30);
        ledger.close();
        byte[] bytes = Files.readAllBytes(file());
        String content = new String(bytes, StandardCharsets.ISO_8859_1);
        int page = content.lastIndexOf("sha of picture") / PAGE * PAGE;
        Arrays.fill(bytes, page, page + PAGE, (byte) 0xAB);
        Files.write(file(), bytes);
        refusesUntouched();
    }

    @Test
    void aLedgerThatOtherMigrationsMadeIsRefused() {
        ledger.change(h -> h.execute("UPDATE flyway_schema_history SET checksum = checksum + 1"));
        ledger.change(h -> h.execute("PRAGMA user_version = 1"));
        assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> open(newLease(), false)).withMessageContaining("another version");
    }

    @Test
    void aLedgerThatDoesNotSayWhichMigrationsItHasPassedIsMigratedAndSaysSo() {
        int passed = passed();
        ledger.change(h -> h.execute("PRAGMA user_version = 0"));
        open(newLease(), false).close();
        assertThat(passed()).isEqualTo(passed).isNotZero();
    }

    private int passed() {
        return ledger.read(h -> h.createQuery("PRAGMA user_version").mapTo(int.class).one());
    }

    @Test
    void whatIsRolledBackIsNotTold() {
        Training training = waiting("cats");
        intend(training);
        ledger.close();
        AtomicBoolean cut = new AtomicBoolean();
        ledger = Ledger.open("jdbc:sqlite:" + file(), newLease(), false, what -> {
            if (cut.get()) {
                throw new IllegalStateException("cut");
            }
        });
        cut.set(true);
        assertThatIllegalStateException().isThrownBy(() -> ledger.trainings().started(training, "model-1", Optional.empty(), clock.instant()));
        cut.set(false);
        assertThat(ledger.notices().waiting()).isZero();
        ledger.trainings().started(training, "model-1", Optional.empty(), clock.instant());
        assertThat(ledger.notices().waiting()).isOne();
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        String url = "jdbc:sqlite:" + folder.resolve("nowhere/ledger.db");
        assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> Ledger.open(url, newLease(), false))
            .withMessageStartingWith("Could not open the ledger " + url);
    }

    private void refusesUntouched() throws IOException {
        byte[] before = Files.readAllBytes(file());
        assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> open(newLease(), false))
            .withMessageContaining(file().toString()).withMessageContaining("backup");
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
    }

    private Path file() {
        return folder.resolve("ledger.db");
    }
}
