package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dropfolder.TestClock;
import org.dropfolder.ledger.Arrival;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetKind;
import org.dropfolder.ledger.Lease;
import org.dropfolder.ledger.Ledger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubjectsTest {
    private final TestClock clock = new TestClock();
    @TempDir
    private Path folder;

    @Test
    void anImageTellsItsDatasetAlsoOnceTheLedgerIsClosed() {
        Ledger ledger = open("ledger.db");
        Asset image = drop(ledger);
        Subjects subjects = new Subjects(ledger);
        assertThat(subjects.of("something else", null, image)).isEqualTo(Map.of("dataset", "garden"));

        ledger.close();
        assertThat(subjects.of(image)).isEqualTo(Map.of("dataset", "garden"));
    }

    @Test
    void aLedgerThatIsClosedOrKnowsNothingOfItKeepsNoStepFromItsWork() {
        Ledger ledger = open("ledger.db");
        Asset image = drop(ledger);
        ledger.close();
        assertThat(new Subjects(ledger).of(image)).isEmpty();

        try (Ledger other = open("other.db")) {
            assertThat(new Subjects(other).of(image)).isEmpty();
        }
    }

    private Ledger open(String name) {
        return Ledger.open("jdbc:sqlite:" + folder.resolve(name), Lease.ofThisProcess(Duration.ofMinutes(1), clock), false);
    }

    private Asset drop(Ledger ledger) {
        return ledger.assets().arrive(new Arrival(ledger.datasets().named("garden", "garden"), AssetKind.IMAGE, "garden/a.jpg", "a.jpg", 1,
            clock.instant(), "", "sha", 1, List.of("a.jpg"), Optional.empty(), Optional.empty()), 100, "full",
            (rests, id, own) -> rests + "/" + id + "-" + own);
    }
}
