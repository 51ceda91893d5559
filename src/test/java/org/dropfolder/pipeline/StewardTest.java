package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dropfolder.pipeline.PipelineFixture.IMAGES;
import static org.dropfolder.pipeline.PipelineFixture.PRICE;
import static org.dropfolder.pipeline.PipelineFixture.QUIET;
import static org.dropfolder.pipeline.PipelineFixture.listing;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.dropfolder.folder.Start;
import org.dropfolder.ideogram.TrainingStarted;
import org.dropfolder.ledger.Commits;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.DatasetState;
import org.dropfolder.ledger.Event;
import org.dropfolder.ledger.Training;
import org.dropfolder.ledger.TrainingState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person may order, and what is refused since it could pay twice. */
class StewardTest {
    private static final ModelSettings NAMED = new ModelSettings("{dataset} {run}", Duration.ofSeconds(30), Duration.ofHours(24));

    @TempDir
    private Path folder;
    private PipelineFixture on;
    private Trainer trainer;
    private Steward steward;

    @BeforeEach
    void start() throws IOException {
        on = new PipelineFixture(folder);
        hire(5);
    }

    @AfterEach
    void stop() {
        on.close();
    }

    @Test
    void saysWhenNothingWasEverDroppedThere() throws IOException {
        on.drop("loose.jpg", PipelineFixture.jpeg("loose"));
        on.accept("loose.jpg");
        for (String name : List.of("nobody", "", "../cats", "<b>\u202Ecats\n")) {
            assertThat(train(name).outcome()).isEqualTo(Answer.Outcome.UNKNOWN);
            assertThat(steward.retry(new Order(name, false)).outcome()).isEqualTo(Answer.Outcome.UNKNOWN);
        }
        assertThat(train("a\nb\u202E").message()).contains("a?b?").doesNotContain("\n", "\u202E");
    }

    @Test
    void startsATrainingThatNobodyWantedYetAtOnce() throws IOException {
        on.filled("cats", IMAGES);
        Answer answer = train("cats");
        assertThat(answer.done()).isTrue();
        assertThat(answer.message()).contains("cats", "about 40 US dollars", "Nothing else is waited for");
        assertThat(training().approvedAt()).contains(on.clock.instant());
        assertThat(training().modelName()).isEqualTo("cats 1");
        assertThat(trainer.millisUntilQuiet("cats")).isZero();
        assertThat(trainer.due("cats")).as("without the quiet that others wait for").isTrue();
        assertThat(trainer.intend(training(), listing(IMAGES))).isTrue();
        assertThat(steward.trainingsDue(answer)).containsExactly("cats");
        assertThat(steward.batchesDue(answer)).isEmpty();
    }

    @Test
    void tooFewImagesAreToldWithTheNumbers() throws IOException {
        on.filled("cats", IMAGES - 1);
        on.image("cats/late.jpg", "late");
        Answer answer = train("cats");
        assertThat(answer.outcome()).isEqualTo(Answer.Outcome.REFUSED);
        assertThat(answer.message()).contains("2 images", "1 on the way", "takes 3", "40 US dollars");
        assertThat(steward.trainingsDue(answer)).isEmpty();
    }

    @Test
    void approvesWhatWaitsAndStillWaitsForWhatIsOnItsWay() throws IOException {
        on.filled("cats", IMAGES);
        trainer.due("cats");
        on.image("cats/late.jpg", "late");
        on.clock.pass(Duration.ofSeconds(1));
        assertThat(train("cats").message()).contains("Approved", "40 US dollars", "images that are not in the dataset yet");
        assertThat(trainer.due("cats")).isFalse();
        on.upload("cats");
        on.drop("cats/later.jpg", PipelineFixture.jpeg("later"));
        assertThat(train("cats").message()).contains("still lies in its folder");
        assertThat(trainer.due("cats")).isFalse();
        on.clock.pass(Duration.ofMillis(1));
        on.accept("cats/later.jpg");
        on.upload("cats");
        assertThat(trainer.due("cats")).as("what came after the order is waited for as ever").isFalse();
        assertThat(trainer.millisUntilQuiet("cats")).isPositive();
        on.clock.pass(QUIET);
        assertThat(trainer.due("cats")).isTrue();
    }

    @Test
    void theDailyLimitHoldsAndIsTold() throws IOException {
        hire(0);
        on.filled("cats", IMAGES);
        assertThat(train("cats").message()).contains("Approved", "dropfolder.training.daily");
        assertThat(trainer.due("cats")).isFalse();
    }

    @Test
    void whatIsUnderWayIsNotPaidTwice() throws IOException {
        Dataset cats = on.quiet("cats");
        train("cats");
        assertThat(trainer.intend(training(), listing(IMAGES))).isTrue();
        assertThat(refused("cats")).contains("at this moment");
        trainer.started(training(), new TrainingStarted("model-1", Optional.empty(), Optional.of("QUEUED"), Optional.empty()));
        assertThat(refused("cats")).contains("under way", "model-1");
        assertThat(steward.train(new Order("cats", true)).done()).isFalse();
        assertThat(on.ledger.trainings().newestOf(cats.id()).orElseThrow().run()).isOne();
    }

    @Test
    void whatMayHaveBeenPaidIsNotSentByTrainButByRetry() throws IOException {
        on.quiet("cats");
        train("cats");
        assertThat(trainer.intend(training(), listing(IMAGES))).isTrue();
        on.ledger.trainings().inDoubt(training(), "no answer");
        assertThat(refused("cats")).contains("may have been", "40 US dollars", "retry");
        assertThat(training().state()).isEqualTo(TrainingState.IN_DOUBT);
        for (int looks = 0; looks < Arbiter.LOOKS; looks++) {
            assertThat(retry("cats").message()).contains("still being looked for", "may have been paid");
            assertThat(training().state()).isEqualTo(TrainingState.IN_DOUBT);
            on.ledger.doubts().notFound(on.ledger.doubts().of(training().datasetId()).get(0));
        }

        Answer answer = retry("cats");
        assertThat(answer.done()).isTrue();
        assertThat(answer.message()).contains("training", "40 US dollars", "paid once already");
        assertThat(training().state()).isEqualTo(TrainingState.WAITING);
        assertThat(trainer.due("cats")).isTrue();
        assertThat(trainer.adopts(training(), listing(IMAGES, "it was there"))).as("what is there is followed").isTrue();
    }

    @Test
    void whoseAnswerIsLostWhileAPersonSaysRetryIsLookedForAllTheSame() throws IOException {
        on.quiet("cats");
        train("cats");
        assertThat(trainer.intend(training(), listing(IMAGES))).isTrue();
        on.beforeCommit = what -> {
            on.beforeCommit = Commits.UNDISTURBED;
            on.ledger.trainings().inDoubt(training(), "no answer");
        };

        retry("cats");

        assertThat(on.beforeCommit).as("it happened").isSameAs(Commits.UNDISTURBED);
        assertThat(training().state()).isEqualTo(TrainingState.IN_DOUBT);
    }

    @Test
    void aModelThatIsThereIsTrainedAgainOnlyBySayingSo() throws IOException {
        ended(TrainingState.COMPLETED);
        assertThat(refused("cats")).contains("has its model already", "model/cats", "40 US dollars once more", "--again");
        Answer answer = steward.train(new Order("cats", true));
        assertThat(answer.message()).contains("once more", "run 2", "40 US dollars");
        assertThat(training().run()).isEqualTo(2);
        assertThat(training().modelName()).isEqualTo("cats 2");
        assertThat(trainer.due("cats")).isTrue();
        assertThat(steward.train(new Order("cats", true)).done()).as("said twice, it is the same run").isTrue();
        assertThat(training().run()).isEqualTo(2);
        assertThat(history()).anyMatch(what -> what.contains("run 2") && what.contains("40 US dollars"));
    }

    @Test
    void aTrainingThatFailedIsFollowedByANextOneOnlyByAPersonsWord() throws IOException {
        for (TrainingState end : List.of(TrainingState.FAILED, TrainingState.ARCHIVED, TrainingState.GONE)) {
            Training last = ended(end);
            assertThat(trainer.due("cats")).isFalse();
            assertThat(train("cats").done()).isTrue();
            assertThat(training().run()).isEqualTo(last.run() + 1);
            assertThat(trainer.due("cats")).isTrue();
        }
    }

    @Test
    void takesUpABatchInDoubtAndACreationInDoubtAndEndsPauses() throws IOException {
        on.image("cats/tom.jpg", "tom");
        on.ready("cats");
        on.ledger.batches().inDoubt(on.send("cats").batch(), "no answer");
        on.ledger.datasets().troubled(on.dataset("cats").id(), "no answer", on.clock.instant().plusSeconds(60));
        Answer answer = retry("cats");
        assertThat(answer.message()).contains("1 image", "goes again", "pause");
        assertThat(on.uploader.due("cats")).isTrue();
        assertThat(steward.batchesDue(answer)).containsExactly(new Accepted("cats", 0));

        on.image("dogs/rex.jpg", "rex");
        on.ledger.datasets().intend(on.dataset("dogs"));
        on.ledger.datasets().creationInDoubt(on.dataset("dogs"), "no answer");
        assertThat(retry("dogs").message()).contains("creation", "not listed");
        assertThat(on.dataset("dogs").state()).isEqualTo(DatasetState.NEW);
        assertThat(retry("dogs").outcome()).isEqualTo(Answer.Outcome.REFUSED);
        assertThat(retry("dogs").message()).contains("Nothing of dogs");
    }

    private void hire(int daily) {
        trainer = on.trainer(true, daily, NAMED);
        Reviewer reviewer = new Reviewer(on.ledger, on.store, on.examiner, on.mover, on.places);
        steward = new Steward(on.ledger, trainer, reviewer, new TrainingTerms(on.ledger,
            new Spending(IMAGES, QUIET, Start.APPROVE, daily, PRICE, Optional.empty(), false), NAMED, Optional.of(on.reader)));
    }

    private Answer train(String name) {
        return steward.train(new Order(name, false));
    }

    private Answer retry(String name) {
        return steward.retry(new Order(name, false));
    }

    private String refused(String name) {
        Answer answer = train(name);
        assertThat(answer.outcome()).isEqualTo(Answer.Outcome.REFUSED);
        return answer.message();
    }

    /** The newest training of cats has ended so; the first time it is made. */
    private Training ended(TrainingState end) throws IOException {
        if (on.ledger.datasets().named("cats").isEmpty()) {
            on.quiet("cats");
            trainer.due("cats");
        }
        Training training = training();
        on.ledger.trainings().intend(training, IMAGES, PRICE, List.of(), 1_000);
        Training running = on.ledger.trainings().started(training, "model-" + training.run(), Optional.empty(), on.clock.instant());
        return on.ledger.looks().showed(running, end, end.name(),
            end == TrainingState.COMPLETED ? Optional.of("model/cats") : Optional.empty(), Optional.empty());
    }

    private Training training() {
        return on.ledger.trainings().newestOf(on.dataset("cats").id()).orElseThrow();
    }

    private List<String> history() {
        return on.ledger.history().of(on.dataset("cats").id(), 100).stream().map(Event::what).toList();
    }
}
