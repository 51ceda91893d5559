package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dropfolder.pipeline.PipelineFixture.IMAGES;
import static org.dropfolder.pipeline.PipelineFixture.MODELS;
import static org.dropfolder.pipeline.PipelineFixture.QUIET;
import static org.dropfolder.pipeline.PipelineFixture.jpeg;
import static org.dropfolder.pipeline.PipelineFixture.listing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.dropfolder.ideogram.ModelName;
import org.dropfolder.ideogram.TrainingStarted;
import org.dropfolder.ledger.Claimed;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Training;
import org.dropfolder.ledger.TrainingState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a training is due. */
class TrainerTest {
    @TempDir
    Path folder;

    private PipelineFixture on;
    private Trainer trainer;

    @BeforeEach
    void begin() throws IOException {
        on = new PipelineFixture(folder);
        trainer = on.trainer(false, 5, MODELS);
    }

    @AfterEach
    void end() {
        on.close();
    }

    @Test
    void isDueOnceThereAreEnoughAndAllIsQuiet() throws IOException {
        assertThat(due()).as("nothing was dropped").isFalse();
        on.quiet("cats");
        assertThat(due()).isTrue();
        Training training = trainer.training(trainer.dataset("cats"));
        assertThat(training.state()).isEqualTo(TrainingState.WAITING);
        assertThat(training.modelName()).isEqualTo(ModelName.of("cats"));
        assertThat(training.images()).isEqualTo(IMAGES);
    }

    /** A sweep may look between the moment when its images are known and the one when its models are. */
    @Test
    void aModelThatWasThereBeforeCountsThoughItsTrainingWaitsAlready() throws IOException {
        on.ledger.datasets().ready(on.folders.dataset("cats"), "id of cats", true);
        for (int i = 0; i < IMAGES; i++) {
            on.image("cats/" + i + ".jpg", "picture " + i);
        }
        on.upload("cats");
        on.clock.pass(QUIET);
        assertThat(trainer.due("cats")).as("only after approval").isFalse();

        trainer.learnModels(on.dataset("cats"), listing(IMAGES, "the model"));

        assertThat(trainer.training(on.dataset("cats")).modelId()).contains("the model");
        assertThat(trainer.training(on.dataset("cats")).state()).isEqualTo(TrainingState.RUNNING);
    }

    @Test
    void isNotDueWithTooFewImages() throws IOException {
        on.filled("cats", IMAGES - 1);
        on.image("cats/copy.jpg", "picture 0");
        on.clock.pass(QUIET);
        isNotWanted();
    }

    @Test
    void isNotDueBeforeTheDatasetIsKnown() throws IOException {
        for (int i = 0; i < IMAGES; i++) {
            on.image("cats/" + i + ".jpg", "picture " + i);
        }
        on.upload("cats");
        on.clock.pass(QUIET);
        isNotWanted();
        on.ready("cats");
        assertThat(due()).isTrue();
    }

    @Test
    void isNotDueWhileAPauseIsOn() throws IOException {
        on.quiet("cats");
        on.ledger.datasets().troubled(on.dataset("cats").id(), "429", on.clock.instant().plusSeconds(1));
        isNotWanted();
        on.clock.pass(Duration.ofSeconds(1));
        assertThat(due()).isTrue();
    }

    @Test
    void isNotDueBeforeItWasQuietForTheWholeTime() throws IOException {
        on.filled("cats", IMAGES);
        assertThat(trainer.millisUntilQuiet("cats")).isEqualTo(QUIET.toMillis());
        on.clock.pass(QUIET.minusMillis(1));
        assertThat(trainer.millisUntilQuiet("cats")).isEqualTo(1);
        isHeldBack("until nothing more came for 60 s");
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
        isHeldBack("images that are not in the dataset");
    }

    @Test
    void isNotDueWhileAnImageArrives() throws IOException {
        on.filled("cats", IMAGES);
        on.drop("cats/more.jpg", jpeg("more"));
        on.intake.arrive(on.intake.examine("cats/more.jpg"));
        on.clock.pass(Duration.ofHours(1));
        isHeldBack("images that are not in the dataset");
    }

    @Test
    void isNotDueWhileACaptionWaitsForItsImage() throws IOException {
        on.filled("cats", IMAGES);
        on.caption("cats/more.txt", "a cat");
        on.clock.pass(QUIET);
        isHeldBack("caption more.txt");
    }

    @Test
    void isNotDueWhileABatchIsInDoubt() throws IOException {
        on.filled("cats", IMAGES);
        on.image("cats/more.jpg", "more");
        Claimed sent = on.send("cats");
        on.clock.pass(QUIET);
        isHeldBack("a batch");
        on.ledger.batches().inDoubt(sent.batch(), "no answer");
        isHeldBack("a batch");
    }

    @Test
    void whatLiesInTheInboxHoldsItBackForTenMinutesOnly() throws IOException {
        on.filled("cats", IMAGES);
        on.drop("cats/sub/still being copied.jpg", jpeg("mo"));
        on.drop("dogs/of another.jpg", jpeg("rex"));
        on.clock.pass(Duration.ofMinutes(9));
        isHeldBack("still lies in its folder");
        on.clock.pass(Duration.ofMinutes(2));
        assertThat(due()).isTrue();
    }

    @Test
    void isHeldBackByWhatIsStillBeingCopiedHoweverLongThatTakes() throws IOException {
        on.filled("cats", IMAGES);
        on.drop("cats/half.jpg", new byte[0]);
        for (int minutes = 0; minutes < 20; minutes++) {
            Files.write(on.inbox.resolve("cats/half.jpg"), new byte[minutes]);
            on.stillness.still("cats/half.jpg");
            on.clock.pass(Duration.ofMinutes(1));
        }
        isHeldBack("still lies in its folder");
    }

    @Test
    void isHeldBackForSomeMinutesByAFolderThatWentAwayWithHalfAnImage() throws IOException {
        on.filled("cats", IMAGES);
        on.drop("cats/half.jpg", new byte[0]);
        on.stillness.still("cats/half.jpg");
        Files.delete(on.inbox.resolve("cats/half.jpg"));
        Files.delete(on.inbox.resolve("cats"));
        on.clock.pass(QUIET.multipliedBy(2));
        isHeldBack("still lies in its folder");
        on.clock.pass(Watched.FORGOTTEN);
        assertThat(due()).isTrue();
    }

    @Test
    void isNotDueASecondTime() throws IOException {
        on.quiet("cats");
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
        trainer = on.trainer(true, 5, MODELS);
        Dataset cats = on.quiet("cats");
        assertThat(due()).isFalse();
        assertThat(trainer.training(cats).trouble().orElse("")).contains("approval", "40 US dollars", "train \"cats\"");
        assertThat(on.ledger.orders().approve(cats.id(), PipelineFixture.PRICE)).isTrue();
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
        on.ledger.orders().approve(on.dataset("cats").id(), PipelineFixture.PRICE);
        assertThat(due()).isTrue();
    }

    @Test
    void waitsForTomorrowOnceTheDailyLimitIsReached() throws IOException {
        trainer = on.trainer(false, 1, MODELS);
        on.filled("dogs", IMAGES);
        Dataset cats = on.quiet("cats");
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
    void saysHowFarADatasetIs() throws IOException {
        try (LogLines log = new LogLines(Trainer.class)) {
            on.filled("cats", IMAGES - 1);
            trainer.tellProgress("cats");
            assertThat(log.containing("cats: 2 images in the dataset; 1 more")).hasSize(1);
            on.image("cats/more.jpg", "more");
            on.upload("cats");
            trainer.tellProgress("cats");
            trainer.tellProgress("cats");
            assertThat(log.containing("nothing more came for 60 s")).hasSize(1);
            on.running("cats");
            trainer.tellProgress("cats");
            assertThat(log.containing("and its model learns from")).hasSize(1);
        }
    }

    private Training begun() throws IOException {
        assertThat(due()).isTrue();
        return trainer.training(on.dataset("cats"));
    }

    private boolean due() throws IOException {
        return trainer.due("cats");
    }

    private void isNotWanted() throws IOException {
        assertThat(due()).isFalse();
        assertThat(on.ledger.trainings().newestOf(on.dataset("cats").id())).isEmpty();
    }

    private void isHeldBack(String why) throws IOException {
        assertThat(due()).isFalse();
        assertThat(on.ledger.trainings().newestOf(on.dataset("cats").id()).orElseThrow().trouble().orElse("")).contains(why);
    }
}
