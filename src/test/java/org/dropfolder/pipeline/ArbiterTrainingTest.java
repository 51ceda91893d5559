package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.dropfolder.ideogram.CustomModel;
import org.dropfolder.ideogram.ModelList;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Doubt;
import org.dropfolder.ledger.Event;
import org.dropfolder.ledger.Training;
import org.dropfolder.ledger.TrainingState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training whose answer was lost: 40 dollars may be spent, or not. The dataset had one model at the intent. */
class ArbiterTrainingTest {
    private static final Duration DOUBT = Duration.ofMinutes(10);
    private static final Duration BETWEEN = DOUBT.dividedBy(3).plusMillis(1);
    private static final Duration POLL = Duration.ofSeconds(30);
    private static final ModelList NONE = new ModelList(List.of());

    @TempDir
    Path folder;

    private PipelineFixture on;
    private Arbiter arbiter;
    private Dataset cats;
    private Training training;

    @BeforeEach
    void begin() throws IOException {
        on = new PipelineFixture(folder);
        arbiter = arbiter(Optional.of(DOUBT));
        on.image("cats/tom.jpg", "tom");
        cats = on.ready("cats");
        training = on.ledger.trainings().waiting(cats, 1, "the cats", 15, PipelineFixture.PRICE);
        on.ledger.trainings().intend(training, 15, PipelineFixture.PRICE, List.of("old"), 1);
        on.ledger.trainings().inDoubt(training, "no answer");
    }

    @AfterEach
    void end() {
        on.close();
    }

    @Test
    void aModelInTheAccountsListIsTheTraining() {
        assertThat(arbiter.claimLook("cats")).isTrue();
        assertThat(arbiter.findsTrainingAmong(cats, models(model("old", 0), model("new", 9)))).isTrue();
        isFollowed("new");
        assertThat(arbiter.findsTrainingAmong(cats, models(model("newer", 10)))).as("settled once").isFalse();
    }

    @Test
    void aModelInTheDatasetsOwnListIsTheTraining() {
        arbiter.claimLook("cats");
        assertThat(arbiter.findsTrainingAmong(cats, NONE)).isFalse();
        assertThat(arbiter.findsTraining(cats, PipelineFixture.listing(15, "old", "new"))).isTrue();
        isFollowed("new");
        arbiter.missesTraining(cats);
        isFollowed("new");
    }

    @Test
    void ofSeveralThatAreNewTheNewestIsFollowedAndTheOthersAreKnown() {
        arbiter.claimLook("cats");
        assertThat(arbiter.findsTrainingAmong(cats, models(model("newest", 30), model("old", 0), model("newer", 20)))).isTrue();
        isFollowed("newest");
        assertThat(on.dataset("cats").modelsFound()).containsExactly("newer");
        assertThat(on.ledger.trainings().knows(cats, "newer")).isTrue();
    }

    @Test
    void ofSeveralTheOneOfOurNameIsOurs() {
        CustomModel ours = new CustomModel("ours", now().modelName(), "TRAINING", false, true, Optional.empty(),
            Optional.of(cats.knownId()), Optional.of(on.clock.instant()), Optional.empty(), List.of());
        arbiter.claimLook("cats");
        assertThat(arbiter.findsTrainingAmong(cats, models(ours, model("somebody else's", 30)))).isTrue();
        isFollowed("ours");
        assertThat(on.dataset("cats").modelsFound()).containsExactly("somebody else's");
    }

    @Test
    void modelsThatWereThereAtTheIntentAndThoseOfOtherDatasetsDoNotCount() {
        CustomModel others = new CustomModel("dogs' model", "dogs", "COMPLETED", true, true, Optional.empty(),
            Optional.of("id of dogs"), Optional.of(on.clock.instant()), Optional.empty(), List.of());
        arbiter.claimLook("cats");
        assertThat(arbiter.findsTrainingAmong(cats, models(model("old", 99), others))).isFalse();
        assertThat(arbiter.findsTraining(cats, PipelineFixture.listing(15, "old"))).isFalse();
        assertThat(now().state()).isEqualTo(TrainingState.IN_DOUBT);
    }

    @Test
    void isNotSentAgainBeforeThreeLooksAndTheTimeOfDoubt() {
        for (int looks = 1; looks <= 3; looks++) {
            miss();
            assertThat(now().state()).isEqualTo(TrainingState.IN_DOUBT);
            assertThat(doubt().looks()).as("both listings are one look").isEqualTo(looks);
            on.clock.pass(BETWEEN);
        }
        on.ledger.datasets().troubled(cats.id(), "a look failed", on.clock.instant());
        miss();
        assertThat(now().state()).isEqualTo(TrainingState.WAITING);
        assertThat(on.ledger.doubts().of(cats.id())).isEmpty();
        assertThat(history().get(0).what()).contains("the cats", "started anew", "listed by Ideogram for 10 min");
        assertThat(on.trouble("cats")).isEmpty();
        assertThat(on.ledger.trainings().intendedToday()).as("it may have been paid").isOne();
    }

    @Test
    void aServerThatStopsLooksForNothingMore() {
        arbiter.stop();
        assertThat(arbiter.claimLook("cats")).isFalse();
        assertThat(doubt().nextLook()).as("the next server looks at once").contains(on.clock.instant());
    }

    @Test
    void whatWasSentThreeTimesIsLeftToAPerson() {
        for (int sent = 1; sent < Arbiter.SENT_AT_MOST; sent++) {
            deny();
            assertThat(now().state()).isEqualTo(TrainingState.WAITING);
            on.ledger.trainings().intend(now(), 15, PipelineFixture.PRICE, List.of("old"), Arbiter.SENT_AT_MOST);
            on.ledger.trainings().inDoubt(now(), "no answer");
        }
        deny();
        assertThat(now().state()).isEqualTo(TrainingState.IN_DOUBT);
        assertThat(now().trouble().orElseThrow()).contains("sent 3 times", "retry \"cats\"");
        assertThat(arbiter.looksOn("cats")).isFalse();
    }

    @Test
    void twoLooksAreNotEnoughHoweverLongTheyLieApart() {
        miss();
        on.clock.pass(DOUBT.multipliedBy(10));
        miss();
        assertThat(now().state()).isEqualTo(TrainingState.IN_DOUBT);
        on.clock.pass(BETWEEN);
        miss();
        assertThat(now().state()).isEqualTo(TrainingState.WAITING);
    }

    @Test
    void whatAPersonDecidesIsNeverSentAgainButFoundWheneverItShows() {
        arbiter = arbiter(Optional.empty());
        for (int looks = 0; looks < 20; looks++) {
            miss();
            assertThat(arbiter.looksOn("cats")).isTrue();
            on.clock.pass(Duration.ofHours(1));
        }
        assertThat(now().state()).isEqualTo(TrainingState.IN_DOUBT);
        arbiter.claimLook("cats");
        assertThat(arbiter.findsTrainingAmong(cats, models(model("late", 1)))).isTrue();
        isFollowed("late");
    }

    @Test
    void aDoubtThatAroseAfterTheListingWasReadIsNotJudged() {
        assertThat(arbiter.findsTrainingAmong(cats, models(model("new", 9)))).isFalse();
        arbiter.missesTraining(cats);
        assertThat(doubt().looks()).isZero();
    }

    @Test
    void aModelThatShowsAfterItWasDeniedIsFollowedInsteadOfASecond() {
        for (int looks = 0; looks < 4; looks++) {
            miss();
            on.clock.pass(BETWEEN);
        }
        Trainer trainer = on.trainer(false, 5, PipelineFixture.MODELS);
        assertThat(trainer.adoptsAny(now(), models(model("old", 0), model("late", 1)))).isTrue();
        assertThat(now().modelId()).contains("late");
        assertThat(now().price()).as("it was ours").contains(PipelineFixture.PRICE);
    }

    private void deny() {
        for (int looks = 0; looks <= Arbiter.LOOKS; looks++) {
            miss();
            on.clock.pass(BETWEEN);
        }
    }

    private void miss() {
        assertThat(arbiter.claimLook("cats")).isTrue();
        assertThat(arbiter.findsTrainingAmong(cats, NONE)).isFalse();
        assertThat(arbiter.findsTraining(cats, PipelineFixture.listing(15, "old"))).isFalse();
        arbiter.missesTraining(cats);
    }

    private void isFollowed(String modelId) {
        assertThat(now().state()).isEqualTo(TrainingState.RUNNING);
        assertThat(now().modelId()).contains(modelId);
        assertThat(now().price()).contains(PipelineFixture.PRICE);
        assertThat(now().nextLook()).contains(on.clock.instant().plus(POLL));
        assertThat(now().trouble()).isEmpty();
        assertThat(on.ledger.doubts().of(cats.id())).isEmpty();
        assertThat(arbiter.looksOn("cats")).isFalse();
    }

    private Arbiter arbiter(Optional<Duration> training) {
        return new Arbiter(on.ledger, on.places, new Patience(Duration.ofMinutes(2), training), POLL, on.clock);
    }

    private Training now() {
        return on.ledger.trainings().get(training.id());
    }

    private Doubt doubt() {
        return on.ledger.doubts().of(cats.id()).get(0);
    }

    private List<Event> history() {
        return on.ledger.history().of(cats.id(), 100);
    }

    private static ModelList models(CustomModel... models) {
        return new ModelList(Arrays.asList(models));
    }

    private static CustomModel model(String id, int second) {
        return new CustomModel(id, "a name", "TRAINING", false, true, Optional.empty(), Optional.of("id of cats"),
            Optional.of(Instant.EPOCH.plusSeconds(second)), Optional.empty(), List.of());
    }
}
