package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.dropfolder.pipeline.PipelineFixture.LEASE;
import static org.dropfolder.pipeline.PipelineFixture.MODELS;
import static org.dropfolder.pipeline.PipelineFixture.jpeg;
import static org.dropfolder.pipeline.PipelineFixture.listing;

import org.dropfolder.ideogram.CustomModel;
import org.dropfolder.ideogram.ModelList;
import org.dropfolder.ideogram.ModelName;
import org.dropfolder.ideogram.TrainModel;
import org.dropfolder.ideogram.TrainingStarted;
import org.dropfolder.ledger.Claimed;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Training;
import org.dropfolder.ledger.TrainingState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

class TrainerTest {
    private static final int IMAGES = 3;
    private static final Duration QUIET = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private PipelineFixture on;
    private Trainer trainer;

    @BeforeEach
    void begin() throws IOException {
        on = new PipelineFixture(folder);
        trainer = trainer(false, 5, MODELS);
    }

    @AfterEach
    void end() {
        on.close();
    }

    @Test
    void isDueOnceThereAreEnoughAndAllIsQuiet() throws IOException {
        assertThat(due()).as("nothing was dropped").isFalse();
        quietDataset();
        assertThat(due()).isTrue();
        Training training = trainer.training(trainer.dataset("cats"));
        assertThat(training.state()).isEqualTo(TrainingState.WAITING);
        assertThat(training.modelName()).isEqualTo(ModelName.of("cats"));
        assertThat(training.images()).isEqualTo(IMAGES);
    }

    @Test
    void isNotDueWithTooFewImages() throws IOException {
        on.filled("cats", IMAGES - 1);
        on.image("cats/copy.jpg", "picture 0");
        on.clock.pass(QUIET);
        isHeldBack();
    }

    @Test
    void isNotDueBeforeTheDatasetIsKnown() throws IOException {
        for (int i = 0; i < IMAGES; i++) {
            on.image("cats/" + i + ".jpg", "picture " + i);
        }
        on.upload("cats");
        on.clock.pass(QUIET);
        isHeldBack();
        on.ready("cats");
        assertThat(due()).isTrue();
    }

    @Test
    void isNotDueWhileAPauseIsOn() throws IOException {
        quietDataset();
        on.ledger.datasets().troubled(on.dataset("cats").id(), "429", on.clock.instant().plusSeconds(1));
        isHeldBack();
        on.clock.pass(Duration.ofSeconds(1));
        assertThat(due()).isTrue();
    }

    @Test
    void isNotDueBeforeItWasQuietForTheWholeTime() throws IOException {
        on.filled("cats", IMAGES);
        assertThat(trainer.millisUntilQuiet("cats")).isEqualTo(QUIET.toMillis());
        on.clock.pass(QUIET.minusMillis(1));
        assertThat(trainer.millisUntilQuiet("cats")).isEqualTo(1);
        isHeldBack();
        on.clock.pass(Duration.ofMillis(1));
        assertThat(due()).isTrue();
        on.clock.pass(QUIET);
        assertThat(trainer.millisUntilQuiet("cats")).isZero();
        assertThat(trainer.millisUntilQuiet("dogs")).isZero();
    }

    @Test
    void isNotDueWhileAnImageWaits() throws IOException {
        on.filled("cats", IMAGES);
        on.image("cats/more.jpg", "more");
        on.clock.pass(QUIET);
        isHeldBack();
    }

    @Test
    void isNotDueWhileAnImageArrives() throws IOException {
        on.filled("cats", IMAGES);
        on.drop("cats/more.jpg", jpeg("more"));
        on.intake.arrive("cats/more.jpg");
        on.clock.pass(Duration.ofHours(1));
        isHeldBack();
    }

    @Test
    void isNotDueWhileACaptionWaitsForItsImage() throws IOException {
        on.filled("cats", IMAGES);
        on.caption("cats/more.txt", "a cat");
        on.clock.pass(QUIET);
        isHeldBack();
    }

    @Test
    void isNotDueWhileABatchIsInDoubt() throws IOException {
        on.filled("cats", IMAGES);
        on.image("cats/more.jpg", "more");
        Claimed sent = on.send("cats");
        on.clock.pass(QUIET);
        isHeldBack();
        on.ledger.batches().inDoubt(sent.batch(), "no answer");
        isHeldBack();
    }

    @Test
    void whatLiesInTheInboxHoldsItBackForTenMinutesOnly() throws IOException {
        on.filled("cats", IMAGES);
        on.drop("cats/sub/still being copied.jpg", jpeg("mo"));
        on.drop("dogs/of another.jpg", jpeg("rex"));
        on.clock.pass(Duration.ofMinutes(9));
        isHeldBack();
        on.clock.pass(Duration.ofMinutes(2));
        assertThat(due()).isTrue();
    }

    @Test
    void isNotDueASecondTime() throws IOException {
        quietDataset();
        Training training = begun();
        assertThat(trainer.intend(training, listing(IMAGES))).isTrue();
        assertThat(due()).isFalse();
        on.ledger.trainings().inDoubt(training, "no answer");
        assertThat(due()).isFalse();
        trainer.started(training, new TrainingStarted("model-1", Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(due()).isFalse();
    }

    @Test
    void waitsForApproval() throws IOException {
        trainer = trainer(true, 5, MODELS);
        Dataset cats = quietDataset();
        assertThat(due()).isFalse();
        assertThat(trainer.training(cats).trouble().orElse("")).contains("approval", "40 US dollars", "train \"cats\"");
        assertThat(on.ledger.trainings().approve(cats.id())).isTrue();
        assertThat(due()).isTrue();
    }

    @Test
    void waitsForApprovalOfWhatItFoundThere() throws IOException {
        for (int i = 0; i < IMAGES; i++) {
            on.image("cats/" + i + ".jpg", "picture " + i);
        }
        on.ledger.datasets().ready(on.dataset("cats"), "id-1", true);
        on.upload("cats");
        on.clock.pass(QUIET);
        assertThat(due()).isFalse();
        on.ledger.trainings().approve(on.dataset("cats").id());
        assertThat(due()).isTrue();
    }

    @Test
    void waitsForTomorrowOnceTheDailyLimitIsReached() throws IOException {
        trainer = trainer(false, 1, MODELS);
        on.filled("dogs", IMAGES);
        Dataset cats = quietDataset();
        Training first = begun();
        assertThat(trainer.due("dogs")).isTrue();
        Training second = trainer.training(on.dataset("dogs"));
        assertThat(trainer.intend(first, listing(IMAGES))).isTrue();
        assertThat(trainer.intend(second, listing(IMAGES))).as("though it was due").isFalse();
        assertThat(trainer.due("dogs")).isFalse();
        assertThat(trainer.training(on.dataset("dogs")).trouble().orElse("")).contains("tomorrow");
        on.clock.pass(Duration.ofHours(24));
        assertThat(trainer.due("dogs")).isTrue();
        assertThat(on.dataset("cats")).isEqualTo(cats);
    }

    @Test
    void sendsOneRequestAfterItsIntent() throws IOException {
        Dataset cats = quietDataset();
        Training training = begun();
        on.ledger.datasets().troubled(cats.id(), "429", on.clock.instant());
        assertThatExceptionOfType(LostClaimException.class).as("not before").isThrownBy(() -> trainer.request(training));
        assertThat(trainer.intend(training, listing(IMAGES + 1, "known"))).isTrue();
        assertThat(trainer.intend(training, listing(IMAGES))).isFalse();
        assertThat(trainer.current(training).images()).as("what Ideogram lists").isEqualTo(IMAGES + 1);
        assertThat(trainer.current(training).modelsKnownThen()).containsExactly("known");
        assertThat(trainer.request(training)).isEqualTo(new TrainModel(cats.knownId(), training.modelName()));

        Training started = trainer.started(training,
            new TrainingStarted("model-1", Optional.empty(), Optional.of("QUEUED"), Optional.empty()));
        assertThat(started.state()).isEqualTo(TrainingState.RUNNING);
        assertThat(started.status()).contains("QUEUED");
        assertThat(started.nextLook()).contains(on.clock.instant().plus(MODELS.pollDelay()));
        assertThat(on.trouble("cats")).isEmpty();
    }

    @Test
    void sendsNothingOnceItsClaimIsLost() throws IOException {
        quietDataset();
        Training training = begun();
        trainer.intend(training, listing(IMAGES));
        on.clock.pass(LEASE.plusMillis(1));
        on.ledger.trainings().doubtExpired();
        assertThatExceptionOfType(LostClaimException.class).isThrownBy(() -> trainer.request(training))
            .withMessageContaining(training.modelName());
    }

    @Test
    void paysForNothingWhileSomethingCameMeanwhile() throws IOException {
        quietDataset();
        Training training = begun();
        on.drop("cats/late.jpg", jpeg("late"));
        assertThat(trainer.intend(training, listing(IMAGES))).as("in the inbox").isFalse();
        on.accept("cats/late.jpg");
        assertThat(trainer.intend(training, listing(IMAGES))).as("in pending/").isFalse();
        assertThat(trainer.current(training).state()).isEqualTo(TrainingState.WAITING);
    }

    @Test
    void paysForNothingUntilIdeogramListsTheImages() throws IOException {
        quietDataset();
        Training training = begun();
        assertThat(trainer.intend(training, listing(IMAGES - 1))).isFalse();
        assertThat(trainer.current(training).trouble().orElse("")).contains("lists 2 images");
        assertThat(trainer.intend(training, listing(IMAGES))).isTrue();
    }

    @Test
    void followsAModelThatSomebodyElseTrained() throws IOException {
        quietDataset();
        Training training = begun();
        assertThat(trainer.adopts(training, listing(IMAGES))).isFalse();
        assertThat(trainer.adopts(training, listing(IMAGES, "theirs"))).isTrue();
        assertThat(trainer.current(training).state()).isEqualTo(TrainingState.RUNNING);
        assertThat(trainer.current(training).knownModelId()).isEqualTo("theirs");
        assertThat(trainer.adopts(training, listing(IMAGES, "theirs"))).as("known now").isFalse();
        assertThat(trainer.intend(training, listing(IMAGES, "theirs"))).isFalse();
        assertThat(due()).isFalse();
    }

    @Test
    void followsAModelThatOnlyTheListOfModelsShows() throws IOException {
        Dataset cats = quietDataset();
        Training training = begun();
        assertThat(trainer.adoptsAny(training, new ModelList(List.of(model("other", "id of dogs"))))).isFalse();
        ModelList both = new ModelList(List.of(model("theirs", cats.knownId()), model("other", "id of dogs")));
        assertThat(trainer.adoptsAny(training, both)).isTrue();
        assertThat(trainer.current(training).knownModelId()).isEqualTo("theirs");
    }

    @Test
    void fillsTheModelsNameIn() throws IOException {
        trainer = trainer(false, 5, new ModelSettings("v{run} of {dataset}", MODELS.pollDelay(), MODELS.pollTimeout()));
        on.filled("the {run}", IMAGES);
        quietDataset();
        assertThat(begun().modelName()).isEqualTo("v1 of cats");
        trainer.due("the {run}");
        assertThat(trainer.training(on.dataset("the {run}")).modelName()).isEqualTo(ModelName.of("v1 of the {run}"));
    }

    @Test
    void saysHowFarADatasetIs() throws IOException {
        try (LogLines log = new LogLines(Trainer.class)) {
            on.filled("cats", IMAGES - 1);
            trainer.tell("cats");
            assertThat(log.containing("cats: 2 images are in the dataset; 1 more")).hasSize(1);
            on.image("cats/more.jpg", "more");
            on.upload("cats");
            trainer.tell("cats");
            assertThat(log.containing("nothing more came for 60 s")).hasSize(1);
            on.running("cats");
            trainer.tell("cats");
            assertThat(log.containing("images are in the dataset")).hasSize(2);
        }
    }

    private Dataset quietDataset() throws IOException {
        on.filled("cats", IMAGES);
        on.clock.pass(QUIET);
        return on.dataset("cats");
    }

    private Training begun() throws IOException {
        assertThat(due()).isTrue();
        return trainer.training(on.dataset("cats"));
    }

    private boolean due() throws IOException {
        return trainer.due("cats");
    }

    private void isHeldBack() throws IOException {
        assertThat(due()).isFalse();
        assertThat(on.ledger.trainings().newestOf(on.dataset("cats").id())).as("nothing is even wanted").isEmpty();
    }

    private Trainer trainer(boolean approval, int daily, ModelSettings models) {
        Spending spending = new Spending(IMAGES, QUIET, approval, daily, new BigDecimal("40"));
        return new Trainer(on.ledger, on.store, spending, models, on.clock);
    }

    private static CustomModel model(String id, String dataset) {
        return new CustomModel(id, "", "TRAINING", false, true, Optional.empty(), Optional.of(dataset),
            Optional.empty(), Optional.empty(), List.of());
    }
}
