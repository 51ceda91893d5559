package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.dropfolder.pipeline.PipelineFixture.LEASE;
import static org.dropfolder.pipeline.PipelineFixture.remote;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.dropfolder.ideogram.CreateDataset;
import org.dropfolder.ideogram.DatasetList;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.DatasetState;
import org.dropfolder.pipeline.Registrar.Finding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistrarTest {
    private static final DatasetList NONE = new DatasetList(List.of(remote("id-0", "The Cats")));
    private static final DatasetList ONE = new DatasetList(List.of(remote("id-0", "dogs"), remote("id-1", "the cats")));
    private static final DatasetList TWO = new DatasetList(List.of(remote("id-1", "the cats"), remote("id-2", "the cats")));

    @TempDir
    Path folder;

    private PipelineFixture on;
    private Registrar registrar;
    private Dataset cats;

    @BeforeEach
    void begin() throws IOException {
        on = new PipelineFixture(folder);
        registrar = new Registrar(on.ledger, on.clock);
        cats = on.ledger.datasets().named("cats", "the cats");
    }

    @AfterEach
    void end() {
        on.close();
    }

    @Test
    void createsWhatIsAbsent() {
        assertThat(registrar.isUnknown(cats)).isTrue();
        assertThat(registrar.find(cats, NONE)).isEqualTo(Finding.ABSENT);
        assertThat(registrar.intend(cats)).isTrue();
        assertThat(registrar.intend(cats)).as("by one").isFalse();
        assertThat(registrar.request(cats)).isEqualTo(new CreateDataset("the cats"));
        Dataset created = registrar.created(cats, remote("id-1", "the cats"));
        assertThat(created.knownId()).isEqualTo("id-1");
        assertThat(created.adopted()).isFalse();
        assertThat(registrar.isUnknown(registrar.current(cats))).isFalse();
        assertThat(registrar.find(cats, NONE)).as("a listing may be late").isEqualTo(Finding.PRESENT);
    }

    @Test
    void adoptsWhatWasThere() {
        assertThat(registrar.find(cats, ONE)).isEqualTo(Finding.PRESENT);
        assertThat(registrar.current(cats).adopted()).isTrue();
        assertThat(registrar.current(cats).knownId()).isEqualTo("id-1");
    }

    @Test
    void knowsAgainWhatItIntendedItself() {
        registrar.intend(cats);
        assertThat(registrar.find(cats, NONE)).as("it may be under way").isEqualTo(Finding.UNLISTED);
        assertThat(registrar.current(cats).failures()).isZero();
        assertThat(registrar.find(cats, ONE)).isEqualTo(Finding.PRESENT);
        assertThat(registrar.current(cats).adopted()).isFalse();
    }

    @Test
    void createsNothingWhileACreationIsInDoubt() {
        registrar.intend(cats);
        on.ledger.datasets().creationInDoubt(cats, "no answer");
        assertThat(registrar.find(cats, NONE)).isEqualTo(Finding.UNLISTED);
        assertThat(registrar.intend(cats)).isFalse();
        assertThat(registrar.find(cats, ONE)).isEqualTo(Finding.PRESENT);
        assertThat(registrar.current(cats).adopted()).isFalse();
        assertThat(on.ledger.doubts().of(cats.id())).isEmpty();
    }

    @Test
    void stopsWhereTwoHaveTheName() {
        assertThat(registrar.find(cats, TWO)).isEqualTo(Finding.UNCLEAR);
        assertThat(registrar.current(cats).state()).isEqualTo(DatasetState.NEW);
        assertThat(on.trouble("cats")).contains("2 datasets called 'the cats'");
        assertThat(registrar.find(cats, TWO)).isEqualTo(Finding.UNCLEAR);
        assertThat(on.dataset("cats").failures()).as("told once a pause").isEqualTo(1);
        assertThat(registrar.find(cats, ONE)).isEqualTo(Finding.PRESENT);
    }

    @Test
    void sendsNothingOnceItsClaimIsLost() {
        registrar.intend(cats);
        on.clock.pass(LEASE.plusMillis(1));
        on.ledger.datasets().doubtExpiredCreations();
        assertThatExceptionOfType(LostClaimException.class).isThrownBy(() -> registrar.request(cats))
            .withMessageContaining("the cats");
        assertThat(registrar.created(cats, remote("id-1", "the cats")).state()).as("a late answer counts")
            .isEqualTo(DatasetState.READY);
    }
}
