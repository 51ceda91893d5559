package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.dropfolder.pipeline.PipelineFixture.IMAGES;
import static org.dropfolder.pipeline.PipelineFixture.LEASE;
import static org.dropfolder.pipeline.PipelineFixture.MODELS;
import static org.dropfolder.pipeline.PipelineFixture.PRICE;
import static org.dropfolder.pipeline.PipelineFixture.QUIET;
import static org.dropfolder.pipeline.PipelineFixture.jpeg;
import static org.dropfolder.pipeline.PipelineFixture.listing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dropfolder.ideogram.CustomModel;
import org.dropfolder.ideogram.ModelList;
import org.dropfolder.ideogram.ModelName;
import org.dropfolder.ideogram.TrainModel;
import org.dropfolder.ideogram.TrainingStarted;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Training;
import org.dropfolder.ledger.TrainingState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens once a training is due. */
class TrainerSpendingTest {
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
    void sendsOneRequestAfterItsIntent() throws IOException {
        Dataset cats = on.quiet("cats");
        Training training = begun();
        on.ledger.datasets().troubled(cats.id(), "429", on.clock.instant());
        assertThatExceptionOfType(LostClaimException.class).as("not before").isThrownBy(() -> new TrainingRequests(on.ledger).plain(training));
        assertThat(trainer.intend(training, listing(IMAGES + 1, "known"))).isTrue();
        assertThat(trainer.intend(training, listing(IMAGES))).isFalse();
        assertThat(on.ledger.trainings().get(training.id()).images()).as("what Ideogram lists").isEqualTo(IMAGES + 1);
        assertThat(on.ledger.trainings().get(training.id()).modelsKnownThen()).containsExactly("known");
        assertThat(new TrainingRequests(on.ledger).plain(training)).isEqualTo(new TrainModel(cats.knownId(), training.modelName()));

        Training started = trainer.started(training,
            new TrainingStarted("model-1", Optional.empty(), Optional.of("QUEUED"), Optional.empty()));
        assertThat(started.state()).isEqualTo(TrainingState.RUNNING);
        assertThat(started.status()).contains("QUEUED");
        assertThat(started.nextLook()).contains(on.clock.instant().plus(MODELS.pollDelay()));
        assertThat(on.trouble("cats")).isEmpty();
    }

    @Test
    void sendsNothingOnceItsClaimIsLost() throws IOException {
        on.quiet("cats");
        Training training = begun();
        trainer.intend(training, listing(IMAGES));
        on.clock.pass(LEASE.plusMillis(1));
        on.ledger.trainings().doubtExpired();
        assertThatExceptionOfType(LostClaimException.class).isThrownBy(() -> new TrainingRequests(on.ledger).plain(training))
            .withMessageContaining(training.modelName());
    }

    @Test
    void paysForNothingWhileSomethingCameMeanwhile() throws IOException {
        on.quiet("cats");
        Training training = begun();
        on.drop("cats/late.jpg", jpeg("late"));
        assertThat(trainer.intend(training, listing(IMAGES))).as("in the inbox").isFalse();
        on.accept("cats/late.jpg");
        assertThat(trainer.intend(training, listing(IMAGES))).as("in pending/").isFalse();
        assertThat(on.ledger.trainings().get(training.id()).state()).isEqualTo(TrainingState.WAITING);
    }

    @Test
    void paysForNothingUntilIdeogramListsTheImages() throws IOException {
        on.quiet("cats");
        Training training = begun();
        assertThat(trainer.intend(training, listing(IMAGES - 1))).isFalse();
        assertThat(on.ledger.trainings().get(training.id()).trouble().orElse("")).contains("lists 2 images");
        assertThat(trainer.intend(training, listing(IMAGES))).isTrue();
    }

    @Test
    void followsAModelThatSomebodyElseTrained() throws IOException {
        on.quiet("cats");
        Training training = begun();
        assertThat(trainer.adopts(training, listing(IMAGES))).isFalse();
        assertThat(trainer.adopts(training, listing(IMAGES, "theirs"))).isTrue();
        assertThat(on.ledger.trainings().get(training.id()).state()).isEqualTo(TrainingState.RUNNING);
        assertThat(on.ledger.trainings().get(training.id()).knownModelId()).isEqualTo("theirs");
        assertThat(trainer.adopts(training, listing(IMAGES, "theirs"))).as("known now").isFalse();
        assertThat(trainer.intend(training, listing(IMAGES, "theirs"))).isFalse();
        assertThat(due()).isFalse();
    }

    @Test
    void takesNoModelForAStrangersWhileItsOwnRequestIsUnderWay() throws IOException {
        on.quiet("cats");
        Training training = begun();
        trainer.intend(training, listing(IMAGES));
        assertThat(trainer.adopts(training, listing(IMAGES, "perhaps ours", "theirs"))).as("nothing is sent").isTrue();
        assertThat(on.ledger.trainings().get(training.id()).state()).isEqualTo(TrainingState.INTENDED);
        assertThat(on.dataset("cats").modelsFound()).isEmpty();
    }

    @Test
    void followsAModelThatOnlyTheListOfModelsShows() throws IOException {
        Dataset cats = on.quiet("cats");
        Training training = begun();
        assertThat(trainer.adoptsAny(training, new ModelList(List.of(model("other", "id of dogs"))))).isFalse();
        ModelList both = new ModelList(List.of(model("theirs", cats.knownId()), model("other", "id of dogs")));
        assertThat(trainer.adoptsAny(training, both)).isTrue();
        assertThat(on.ledger.trainings().get(training.id()).knownModelId()).isEqualTo("theirs");
    }

    @Test
    void fillsTheModelsNameIn() throws IOException {
        trainer = on.trainer(false, 5, new ModelSettings("v{run} of {dataset}", MODELS.pollDelay(), MODELS.pollTimeout()));
        on.filled("the {run}", IMAGES);
        on.quiet("cats");
        assertThat(begun().modelName()).isEqualTo("v1 of cats");
        trainer.due("the {run}");
        assertThat(trainer.training(on.dataset("the {run}")).modelName()).isEqualTo(ModelName.of("v1 of the {run}"));
    }

    @Test
    void trainsANextVersionOnceSoManyMoreCame() throws IOException {
        on.retrain = Optional.of(2);
        trainer = on.trainer(false, 5, new ModelSettings("{dataset} v{run}", MODELS.pollDelay(), MODELS.pollTimeout()));
        on.quiet("cats");
        Training first = begun();
        trainer.intend(first, listing(IMAGES));
        completed(trainer.started(first, new TrainingStarted("model-1", Optional.empty(), Optional.empty(), Optional.empty())));
        assertThat(due()).isFalse();
        more("one more");
        on.clock.pass(QUIET);
        assertThat(due()).as("one more is not enough").isFalse();
        more("two more");
        assertThat(due()).as("not quiet yet").isFalse();
        on.clock.pass(QUIET);
        Training second = begun();
        assertThat(second.run()).isEqualTo(2);
        assertThat(second.modelName()).isEqualTo("cats v2");
        assertThat(second.price()).contains(PRICE);
        assertThat(trainer.intend(second, listing(IMAGES + 2, "model-1"))).isTrue();
        assertThat(due()).isFalse();
    }

    @Test
    void aListingThatLacksImagesDoesNotMakeANextVersionDue() throws IOException {
        on.retrain = Optional.of(2);
        trainer = on.trainer(false, 5, new ModelSettings("{dataset} v{run}", MODELS.pollDelay(), MODELS.pollTimeout()));
        on.filled("cats", IMAGES + 2);
        on.clock.pass(QUIET);
        Training first = begun();
        assertThat(trainer.intend(first, listing(IMAGES))).isTrue();
        completed(trainer.started(first, new TrainingStarted("model-1", Optional.empty(), Optional.empty(), Optional.empty())));
        assertThat(due()).as("nothing came since").isFalse();
        assertThat(on.ledger.trainings().candidates(IMAGES, on.retrain, on.clock.instant())).isEmpty();
    }

    @Test
    void anAnswerWithAnothersModelIsLeftToAPerson() throws IOException {
        on.filled("dogs", 1);
        on.running("dogs");
        on.quiet("cats");
        Training training = begun();
        trainer.intend(training, listing(IMAGES));
        Training answered = trainer.started(training, new TrainingStarted("model-dogs", Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(answered.state()).isEqualTo(TrainingState.IN_DOUBT);
        assertThat(answered.trouble().orElseThrow()).contains("model-dogs", "may have been paid", "retry");
        assertThat(on.ledger.doubts().due()).as("no list will tell").isEmpty();
        assertThat(due()).isFalse();
    }

    private void more(String picture) throws IOException {
        on.image("cats/" + picture + ".jpg", picture);
        on.upload("cats");
    }

    private void completed(Training training) {
        on.ledger.looks().showed(training, TrainingState.COMPLETED, "COMPLETED", Optional.of("model/cats/version/1"), Optional.empty());
    }

    private Training begun() throws IOException {
        assertThat(due()).isTrue();
        return trainer.training(on.dataset("cats"));
    }

    private boolean due() throws IOException {
        return trainer.due("cats");
    }

    private static CustomModel model(String id, String dataset) {
        return new CustomModel(id, "", "TRAINING", false, true, Optional.empty(), Optional.of(dataset),
            Optional.empty(), Optional.empty(), List.of());
    }
}
