package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dropfolder.pipeline.PipelineFixture.remote;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.dropfolder.ideogram.DatasetList;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.DatasetState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The creation of a dataset whose answer was lost. */
class ArbiterCreationTest {
    private static final Duration DOUBT = Duration.ofMinutes(2);
    private static final Duration BETWEEN = DOUBT.dividedBy(3);
    private static final DatasetList NONE = new DatasetList(List.of(remote("id-0", "dogs")));
    private static final DatasetList ONE = new DatasetList(List.of(remote("id-0", "dogs"), remote("id-1", "cats")));
    private static final DatasetList TWO = new DatasetList(List.of(remote("id-1", "cats"), remote("id-2", "cats")));

    @TempDir
    Path folder;

    private PipelineFixture on;
    private Registrar registrar;
    private Arbiter arbiter;
    private Dataset cats;

    @BeforeEach
    void begin() throws IOException {
        on = new PipelineFixture(folder);
        registrar = new Registrar(on.ledger, on.clock);
        arbiter = new Arbiter(on.ledger, on.places, new Patience(DOUBT, Optional.empty()), Duration.ofSeconds(30), on.clock);
        cats = on.ledger.datasets().named("cats", "cats");
        on.image("cats/tom.jpg", "tom");
        registrar.intend(cats);
        new Setbacks(on.ledger, on.watchman, on.clock).settle(cats, null, null, Failures.answer(500));
    }

    @AfterEach
    void end() {
        on.close();
    }

    @Test
    void whatIsListedIsOursAndNotAdopted() {
        look(ONE);
        assertThat(on.dataset("cats").knownId()).isEqualTo("id-1");
        assertThat(on.dataset("cats").adopted()).isFalse();
        assertThat(arbiter.looksOn("cats")).isFalse();
        assertThat(on.uploader.due("cats")).as("at once").isTrue();
    }

    @Test
    void whatIsMissingForLongEnoughIsCreatedAnewAtOnce() {
        for (int looks = 0; looks < 3; looks++) {
            look(NONE);
            assertThat(on.dataset("cats").state()).isEqualTo(DatasetState.IN_DOUBT);
            assertThat(registrar.intend(cats)).isFalse();
            on.clock.pass(BETWEEN);
        }
        look(NONE);
        assertThat(on.dataset("cats").state()).isEqualTo(DatasetState.NEW);
        assertThat(on.ledger.doubts().of(cats.id())).isEmpty();
        assertThat(on.uploader.due("cats")).isTrue();
        assertThat(on.ledger.history().of(cats.id(), 1).get(0).what()).contains("was not listed", "created anew");
        assertThat(registrar.find(cats, NONE)).isEqualTo(Registrar.Finding.ABSENT);
        assertThat(registrar.intend(cats)).isTrue();
    }

    @Test
    void twoOfTheNameAreNotAnAbsence() {
        for (int looks = 0; looks < 10; looks++) {
            look(TWO);
            on.clock.pass(BETWEEN);
        }
        assertThat(on.dataset("cats").state()).isEqualTo(DatasetState.IN_DOUBT);
        assertThat(on.trouble("cats")).contains("2 datasets called 'cats'");
        look(ONE);
        assertThat(on.dataset("cats").adopted()).as("once the other is gone").isFalse();
        assertThat(on.dataset("cats").state()).isEqualTo(DatasetState.READY);
    }

    private void look(DatasetList all) {
        assertThat(arbiter.claimLook("cats")).isTrue();
        arbiter.settleCreation(cats, registrar.find(cats, all));
    }
}
