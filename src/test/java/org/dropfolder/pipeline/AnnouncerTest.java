package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.dropfolder.ledger.Training;
import org.dropfolder.ledger.TrainingState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnnouncerTest {
    @TempDir
    Path folder;

    private PipelineFixture on;
    private Announcer announcer;
    private Training training;

    @BeforeEach
    void begin() throws IOException {
        on = new PipelineFixture(folder);
        announcer = new Announcer(on.ledger, on.store);
        on.image("cats/tom.jpg", "tom");
        training = on.running("cats");
    }

    @AfterEach
    void end() {
        on.close();
    }

    @Test
    void tellsAllOfAModel() {
        Instant started = on.clock.instant();
        on.clock.pass(Duration.ofHours(2));
        assertThat(announcer.modelFile(ended(TrainingState.COMPLETED, Optional.of("model/cats")))).isEqualTo(
            new ModelFile("cats", "id of cats", "model-cats", "model of cats", "COMPLETED", "model/cats", 15, null,
                started.toString(), on.clock.instant().toString()));
    }

    @Test
    void leavesOutWhatIsNotKnown() {
        ModelFile file = announcer.modelFile(ended(TrainingState.FAILED, Optional.empty()));
        assertThat(file.customModelUri()).isNull();
        assertThat(file.ended()).isNotNull();
    }

    @Test
    void writesTheFileAnewEachTime() throws IOException {
        announcer.write(training, PipelineFixture.text("{\"a\": 1}"));
        announcer.write(training, PipelineFixture.text("{}"));
        assertThat(on.read("models/cats.json")).isEqualTo("{}\n");
    }

    @Test
    void notesThatItWasTold() {
        for (TrainingState end : new TrainingState[] {TrainingState.COMPLETED, TrainingState.FAILED}) {
            Training ended = ended(end, Optional.of("model/cats"));
            assertThat(on.ledger.trainings().unannounced()).containsExactly(ended);
            announcer.told(ended);
            assertThat(on.ledger.trainings().unannounced()).isEmpty();
        }
    }

    private Training ended(TrainingState state, Optional<String> uri) {
        training = on.ledger.looks().showed(training, state, state.name(), uri, Optional.empty());
        return training;
    }
}
