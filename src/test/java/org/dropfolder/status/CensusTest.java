package org.dropfolder.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.dropfolder.TestClock;
import org.dropfolder.ledger.Arrival;
import org.dropfolder.ledger.AssetKind;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Lease;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.LedgerException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CensusTest {
    private final TestClock clock = new TestClock();
    @TempDir
    private Path folder;
    private Ledger ledger;
    private Census census;

    @BeforeEach
    void open() {
        ledger = Ledger.open("jdbc:sqlite:" + folder.resolve("ledger.db"), Lease.ofThisProcess(Duration.ofMinutes(1), clock), false);
        census = new Census(ledger, clock);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void readsTheLedgerEveryFiveSecondsAtMostHoweverOftenItIsAsked() {
        assertThat(arriving()).isZero();
        drop("garden/a.jpg");
        clock.pass(Census.FRESH.minusMillis(1));
        Census.Count first = census.now().orElseThrow();
        assertThat(census.now().orElseThrow()).isSameAs(first);
        assertThat(first.images(AssetState.ARRIVING)).isZero();

        clock.pass(Duration.ofMillis(1));
        assertThat(arriving()).isEqualTo(1);
    }

    @Test
    void keepsTheCountsOfDatasetsThatDidNotChange() {
        drop("garden/a.jpg");
        drop("meadow/b.jpg");
        assertThat(arriving()).isEqualTo(2);

        drop("meadow/c.jpg");
        clock.pass(Census.FRESH);
        assertThat(arriving()).isEqualTo(3);
    }

    @Test
    void tellsNothingUntilTheLedgerCouldBeReadOnce() throws IOException {
        damage();
        assertThat(census.now()).isEmpty();
    }

    @Test
    void tellsWhatItKnewWhileTheLedgerCantBeRead() throws IOException {
        drop("garden/a.jpg");
        Census.Count known = census.now().orElseThrow();
        // so that nobody takes what was read for what there is
        drop("garden/b.jpg");
        damage();
        clock.pass(Census.FRESH);

        assertThat(census.now()).containsSame(known);
    }

    private void damage() throws IOException {
        Path file = folder.resolve("ledger.db");
        Files.write(file, new byte[(int) Files.size(file)]);
        Files.write(folder.resolve("ledger.db-wal"), new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
        assertThatThrownBy(() -> ledger.changes().now()).isInstanceOf(LedgerException.class);
    }

    private long arriving() {
        return census.now().orElseThrow().images(AssetState.ARRIVING);
    }

    private void drop(String source) {
        String name = source.substring(source.indexOf('/') + 1);
        String dataset = source.substring(0, source.indexOf('/'));
        ledger.assets().arrive(new Arrival(ledger.datasets().named(dataset, "remote " + dataset), AssetKind.IMAGE, source, name, 1,
            clock.instant(), "", "sha of " + source, 1, List.of(name), Optional.empty(), Optional.empty()), 100, "full",
            (rests, id, own) -> rests + "/" + id + "-" + own);
    }
}
