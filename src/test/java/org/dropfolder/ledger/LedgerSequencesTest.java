package org.dropfolder.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.dropfolder.TestClock;
import org.dropfolder.ledger.Play.Kind;
import org.dropfolder.ledger.Play.Step;

/**
 * No order of what two processes do, and of what happens to them, breaks what must hold. All plays share one SQLite
 * ledger, since opening one takes longer than a play; each has a dataset of its own.
 */
class LedgerSequencesTest {
    private static final TestClock CLOCK = new TestClock();
    private static final Ledger[] PROCESSES = new Ledger[2];
    private static Path folder;
    private static int plays;

    @BeforeContainer
    static void open() throws IOException {
        folder = Files.createTempDirectory("ledger");
        PROCESSES[0] = newProcess();
        PROCESSES[1] = newProcess();
    }

    @AfterContainer
    static void close() throws IOException {
        Stream.of(PROCESSES).forEach(Ledger::close);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    @Property(tries = 40)
    void noOrderOfStepsBreaksWhatMustHold(@ForAll("steps") List<Step> steps) {
        Play play = new Play("set " + plays++, PROCESSES, LedgerSequencesTest::newProcess, CLOCK);
        for (int i = 0; i < steps.size(); i++) {
            play.take(steps.get(i));
            assertThat(play.wrongs()).as("after step %d of %s", i, steps).isEmpty();
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        // what every way needs comes more often, else few plays would come as far as an answer
        Arbitrary<Kind> kinds = Arbitraries.frequencyOf(Tuple.of(1, Arbitraries.of(Kind.class)), Tuple.of(2, Arbitraries.of(
            Kind.ACCEPT, Kind.SEND, Kind.PASS, Kind.SWEEP, Kind.SEND_TRAINING)));
        return Combinators.combine(kinds, Arbitraries.integers().between(0, 1),
            Arbitraries.integers().between(0, 4)).as(Step::new).list().ofMinSize(40).ofMaxSize(80);
    }

    private static Ledger newProcess() {
        return Ledger.open("jdbc:sqlite:" + folder.resolve("ledger.db"), Lease.ofThisProcess(LedgerBench.LEASE, CLOCK), false);
    }
}
