package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dropfolder.pipeline.PipelineFixture.MODELS;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.dropfolder.ideogram.CustomModel;
import org.dropfolder.ideogram.ModelDetail;
import org.dropfolder.ledger.LedgerWork;
import org.dropfolder.ledger.Training;
import org.dropfolder.ledger.TrainingState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrackerTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path folder;

    private PipelineFixture on;
    private Tracker tracker;
    private Training training;

    @BeforeEach
    void begin() throws IOException {
        on = new PipelineFixture(folder);
        tracker = new Tracker(on.ledger, MODELS, on.clock);
        on.image("cats/tom.jpg", "tom");
        training = on.running("cats");
    }

    @AfterEach
    void end() {
        on.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CREATING", "DRAFT", "TRAINING", "BAKING", ""})
    void followsWhatIsUnderWay(String word) {
        on.clock.pass(MODELS.pollTimeout());
        Training now = look(word, Optional.empty());
        assertThat(now.state()).isEqualTo(TrainingState.RUNNING);
        assertThat(now.status()).contains(word);
        looksAgainAfter(MODELS.pollDelay());
        assertThat(tracker.toBeTold(now)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"ERRORED,FAILED", "ARCHIVED,ARCHIVED"})
    void anEndWithoutAModelIsToldAtOnce(String word, TrainingState state) {
        Training ended = look(word, Optional.empty());
        assertThat(ended.state()).isEqualTo(state);
        assertThat(ended.endedAt()).contains(on.clock.instant());
        assertThat(tracker.follows(ended)).isFalse();
        assertThat(tracker.toBeTold(ended)).isTrue();
    }

    @Test
    void aModelWithItsUriIsToldOnce() {
        Training ended = look("COMPLETED", Optional.of("model/cats/version/1"));
        assertThat(ended.state()).isEqualTo(TrainingState.COMPLETED);
        assertThat(ended.uri()).contains("model/cats/version/1");
        assertThat(tracker.follows(ended)).isFalse();
        assertThat(tracker.toBeTold(ended)).isTrue();
        on.ledger.trainings().announced(ended);
        assertThat(tracker.toBeTold(tracker.training(ended.id()))).isFalse();
    }

    @Test
    void aModelWithoutItsUriIsLookedAtSoonForAnHourAndHourlyThen() {
        for (Duration passed = Duration.ZERO; passed.compareTo(HOUR) <= 0; passed = passed.plus(Duration.ofMinutes(20))) {
            assertThat(tracker.toBeTold(look("COMPLETED", Optional.empty()))).isFalse();
            looksAgainAfter(MODELS.pollDelay());
            on.clock.pass(Duration.ofMinutes(20));
        }
        look("COMPLETED", Optional.empty());
        looksAgainAfter(HOUR);
        assertThat(tracker.toBeTold(look("COMPLETED", Optional.of("model/cats")))).isTrue();
        assertThat(tracker.follows(training)).isFalse();
    }

    @Test
    void anUnknownWordIsLoggedOnce() {
        try (LogLines log = new LogLines(Tracker.class)) {
            look("BAKING", Optional.empty());
            look("BAKING", Optional.empty());
            look("COOLING", Optional.empty());
            assertThat(log.containing("not known here")).hasSize(2);
            assertThat(log.containing("'BAKING'")).hasSize(1);
        }
    }

    @Test
    void callsATrainingStalledAndStillLooksAtItHourly() {
        on.clock.pass(MODELS.pollTimeout().plusMillis(1));
        assertThat(look("TRAINING", Optional.empty()).state()).isEqualTo(TrainingState.STALLED);
        looksAgainAfter(HOUR);
        assertThat(tracker.toBeTold(training)).isFalse();
        assertThat(look("BAKING", Optional.empty()).state()).isEqualTo(TrainingState.STALLED);
        assertThat(look("COMPLETED", Optional.of("model/cats")).state()).isEqualTo(TrainingState.COMPLETED);
    }

    @Test
    void oneOfTwoFollowersLooks() {
        on.clock.pass(MODELS.pollDelay());
        assertThat(tracker.millisUntilLook(training)).as("a moment, so that it sleeps before it looks").isOne();
        assertThat(tracker.claim(training)).isTrue();
        assertThat(tracker.claim(training)).isFalse();
        training = tracker.training(training.id());
        looksAgainAfter(MODELS.pollDelay());
    }

    @Test
    void aLookThatFindsNothingNewIsWrittenDownByItsClaimAlone() throws Exception {
        look("TRAINING", Optional.empty());
        on.clock.pass(MODELS.pollDelay());
        LedgerWork work = LedgerWork.of(on.ledger, () -> {
            assertThat(tracker.claim(training)).isTrue();
            look("TRAINING", Optional.empty());
        });
        assertThat(work.commits()).isOne();
        looksAgainAfter(MODELS.pollDelay());
        assertThat(look("COMPLETED", Optional.of("model/cats/version/1")).state()).isEqualTo(TrainingState.COMPLETED);
    }

    @Test
    void aServerThatStopsFollowsNothing() {
        assertThat(tracker.follows(training)).isTrue();
        tracker.stop();
        assertThat(tracker.follows(training)).isFalse();
        assertThat(tracker.claim(training)).isFalse();
        assertThat(tracker.training(training.id())).as("the next server knows it").isEqualTo(training);
    }

    private Training look(String word, Optional<String> uri) {
        CustomModel model = new CustomModel(training.knownModelId(), "cats", word, uri.isPresent(), true, uri,
            Optional.empty(), Optional.empty(), Optional.empty(), List.of());
        training = tracker.record(training, new ModelDetail(model));
        return training;
    }

    private void looksAgainAfter(Duration wait) {
        assertThat(tracker.follows(training)).isTrue();
        assertThat(tracker.millisUntilLook(training)).isEqualTo(wait.toMillis());
    }
}
