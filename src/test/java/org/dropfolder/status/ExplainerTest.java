package org.dropfolder.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.dropfolder.folder.Start;
import org.dropfolder.TestClock;
import org.dropfolder.ledger.Batch;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Doubt;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.LedgerStory;
import org.dropfolder.ledger.Training;
import org.dropfolder.ledger.TrainingState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people are told of a dataset, on its way from the first image to the model. */
class ExplainerTest {
    private static final BigDecimal PRICE = BigDecimal.valueOf(40);

    @TempDir
    private Path folder;

    private final TestClock clock = new TestClock();
    private LedgerStory story;
    private Ledger ledger;
    private Rules rules = rules(false, 5);

    @BeforeEach
    void begin() {
        story = new LedgerStory(folder, clock, false);
        ledger = story.ledger();
    }

    @AfterEach
    void end() {
        story.close();
    }

    @Test
    void knowsOnlyWhatWasDropped() {
        story.setAside("", "lost.jpg", "no folder");

        assertThat(explainer().of("cats")).isEmpty();
        assertThat(explainer().of("")).as("what lay in no folder is no dataset").isEmpty();
    }

    @Test
    void anImageWaitsForOthersToGoWith() {
        story.image("cats", "tom.jpg");
        tells("1 image waits", "It is sent.", in(5));

        story.image("cats", "kitty.jpg");
        tells("2 images wait", "They are sent together", in(5));
    }

    @Test
    void imagesAreOnTheirWay() {
        story.sent("cats", 3);

        tells("3 images are on the way", "answer", Optional.empty());
    }

    @Test
    void tooFewImagesAskForMore() {
        story.uploaded("cats", 4);

        tells("A training takes 15 images, and it has 4.", "Drop 11 more", Optional.empty());
    }

    @Test
    void aDatasetOfWhichAllWasSetAsideHasNone() {
        story.setAside("cats", "tom.txt", "tom is no image");

        tells("it has none", "Drop 15 more", Optional.empty());
        assertThat(explainer().of("cats").orElseThrow().setAside()).singleElement()
            .satisfies(file -> assertThat(List.of(file.dropped(), file.reason())).containsExactly("cats/tom.txt", "tom is no image"));
    }

    @Test
    void tellsHowManyMoreWereSetAsideThanItNames() {
        for (int i = 1; i <= 7; i++) {
            clock.pass(Duration.ofMillis(1));
            story.setAside("cats", i + ".jpg", i + ".jpg is no image");
        }

        assertThat(explainer().of("cats").orElseThrow()).satisfies(explanation -> {
            assertThat(explanation.setAside()).hasSize(5).first().extracting(Explanation.SetAside::dropped).isEqualTo("cats/7.jpg");
            assertThat(explanation.moreSetAside()).isEqualTo(2);
        });
    }

    @Test
    void aCaptionWaitsForItsImage() {
        story.uploaded("cats", 4);
        story.caption("cats", "late.txt");

        tells("'late.txt' waits for its image", "set aside", in(600));
    }

    @Test
    void enoughImagesWaitForQuiet() {
        story.uploaded("cats", 15);
        tells("waits until nothing more comes", "for about 40 US dollars.", in(60));

        clock.pass(Duration.ofSeconds(59));
        tells("waits until nothing more comes", "training starts", in(1));
    }

    @Test
    void aTrainingThatIsDueSaysWhatTheServerFound() {
        Dataset cats = story.uploaded("cats", 15);
        clock.pass(Duration.ofSeconds(61));
        tells("all is quiet", "training starts", in(-1));

        ledger.trainings().waitsFor(ledger.trainings().waiting(cats, 1, "cats", 15, PRICE), "Waiting for what still lies in its folder.");
        tells("Waiting for what still lies in its folder.", "training starts", in(-1));
    }

    @Test
    void aTrainingThatNeedsApprovalSaysHow() {
        rules = rules(true, 5);
        Dataset cats = story.uploaded("cats", 15);
        tells("waits until nothing more comes", "once you approve it", in(60));

        clock.pass(Duration.ofSeconds(60));
        tells("waits for your approval", "dropfolder train \"cats\"", Optional.empty());

        ledger.trainings().waiting(cats, 1, "cats", 15, PRICE);
        ledger.orders().approve(cats.id(), PRICE);
        tells("all is quiet", "training starts", in(0));
    }

    @Test
    void aCarefulStartWaitsForYouWhereNoPictureWasMeasured() {
        rules = rules(Start.CAREFUL, 5, Optional.empty());
        story.uploaded("cats", 15);
        clock.pass(Duration.ofSeconds(60));

        tells("waits for your approval", "dropfolder train \"cats\"", Optional.empty());
    }

    @Test
    void anOrderedTrainingNeedNotWaitForQuiet() {
        Dataset cats = story.uploaded("cats", 15);
        ledger.trainings().waiting(cats, 1, "cats", 15, PRICE);
        ledger.orders().approve(cats.id(), PRICE);

        tells("all is quiet", "training starts", in(0));
    }

    @Test
    void aTrainingThatDidNotStartSaysWhyAndWhenItIsTriedAgain() {
        Training training = story.intended("cats");
        clock.pass(Duration.ofSeconds(60));
        ledger.trainings().notStarted(training, "The balance is empty.", Optional.of(clock.instant().plusSeconds(90)));

        tells("The balance is empty.", "tries again", in(90));
    }

    @Test
    void anAdoptedDatasetSaysWhyItNeedsApproval() {
        ledger.datasets().ready(ledger.datasets().named("cats", "cats"), "an id", true);
        story.uploaded("cats", 15);
        clock.pass(Duration.ofSeconds(60));

        assertThat(prospect().why()).contains("was at Ideogram before");
    }

    @Test
    void theDailyLimitSaysWhenItEnds() {
        rules = rules(false, 2);
        story.intended("dogs");
        clock.pass(Duration.ofHours(3));
        story.intended("birds");
        clock.pass(Duration.ofHours(3));
        story.uploaded("cats", 15);
        clock.pass(Duration.ofHours(1));

        tells("allows 2 in 24 hours", "It starts then", in(17 * 3600));
    }

    @Test
    void aDailyLimitOfNoneSaysWhichSettingItIs() {
        rules = rules(false, 0);
        story.uploaded("cats", 15);
        clock.pass(Duration.ofHours(1));

        tells("dropfolder.training.daily is 0", "Set it higher", Optional.empty());
    }

    @Test
    void aFailureSaysWhyAndWhenItIsTriedAgain() {
        Dataset cats = story.uploaded("cats", 4);
        ledger.datasets().troubled(cats.id(), "No connection to nowhere (refused).", clock.instant().plusSeconds(30));
        tells("No connection to nowhere (refused).", "tries again", in(30));

        clock.pass(Duration.ofSeconds(31));
        tells("it has 4", "Drop 11 more", Optional.empty());
    }

    @Test
    void aBatchInDoubtIsLookedForAndThenLeftToAPerson() {
        Batch batch = story.sent("cats", 3);
        ledger.batches().inDoubt(batch, "The connection broke.");
        Doubt doubt = ledger.doubts().of(batch.datasetId()).get(0);
        tells("Batch 1 with 3 images may have reached Ideogram. The connection broke.", "looks for it", doubt.nextLook());

        ledger.batches().leaveToAPerson(batch, "nobody knows");
        tells("nobody knows", "dropfolder retry \"cats\"", Optional.empty());
    }

    @Test
    void aTrainingInDoubtSaysThatItMayBePaid() {
        Training training = story.intended("cats");
        tells("is being started", "answer", Optional.empty());

        ledger.trainings().inDoubt(training, "The connection broke.");
        tells("may have been started, and paid. The connection broke.", "Nothing is sent twice",
            ledger.doubts().of(training.datasetId()).get(0).nextLook());
    }

    @Test
    void aCreationInDoubtSaysSo() {
        Dataset cats = story.image("cats", "tom.jpg");
        ledger.datasets().intend(cats);
        ledger.datasets().creationInDoubt(cats, "no answer");

        assertThat(prospect().why()).contains("'cats' may have been created");
    }

    @Test
    void aRunningTrainingSaysWhenItIsLookedAt() {
        story.running("cats");
        tells("is being trained with 15 images. Ideogram calls it TRAINING.", "looks at it again", in(30));

        story.image("cats", "late.jpg");
        assertThat(prospect().why()).contains("1 image came later", "does not know them");
    }

    @Test
    void aModelThatIsReadySaysWhere() {
        story.ended("cats", TrainingState.COMPLETED, Optional.of("model/cats/version/1"));

        tells("Its model is ready: model/cats/version/1", "dropfolder train --again \"cats\"", Optional.empty());
        assertThat(prospect().ended()).isTrue();
        Explanation explanation = explainer().of("cats").orElseThrow();
        assertThat(explanation.status().training().price()).isEqualByComparingTo(PRICE);
        assertThat(explanation.events().get(0).what()).contains("COMPLETED");
    }

    @Test
    void aModelThatIsToBeFollowedSaysWhatTheNextTakes() {
        rules = rules(Start.AUTO, 5, Optional.of(4));
        story.ended("cats", TrainingState.COMPLETED, Optional.of("model/cats/version/1"));
        tells("Its model is ready: model/cats/version/1", "A next version is trained, for about 40 US dollars, once 19 images are",
            Optional.empty());

        story.uploaded("cats", 4);
        tells("waits until nothing more comes", "Then its training starts", in(60));
    }

    @Test
    void aModelWhosePlaceIsNotToldYetIsWaitedFor() {
        story.ended("cats", TrainingState.COMPLETED, Optional.empty());

        tells("has not told yet where it is", "looks again", Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({"FAILED, failed", "ARCHIVED, archived", "GONE, not at Ideogram any more"})
    void aTrainingThatEndedOtherwiseSaysHow(TrainingState state, String how) {
        story.ended("cats", state, Optional.empty());

        tells(how, "each is paid", Optional.empty());
    }

    @Test
    void aStalledTrainingIsStillLookedAt() {
        Training training = story.running("cats");
        ledger.looks().showed(training, TrainingState.STALLED, "TRAINING", Optional.empty(), in(3600));

        tells("longer than dropfolder.poll.timeout", "looks at it again", in(3600));
    }

    @Test
    void aNextVersionThatAPersonOrderedIsNotToldToWaitForApproval() {
        Training first = story.ended("cats", TrainingState.COMPLETED, Optional.of("model/cats/version/1"));
        ledger.orders().want(ledger.datasets().get(first.datasetId()), 2, "cats 2", 15, PRICE);
        clock.pass(Duration.ofSeconds(1));
        story.uploaded("cats", 1);

        tells("waits until nothing more comes", "Then its training starts, for about 40 US dollars.", in(60));
    }

    @Test
    void commandsOfASimulatedRunSayThatItIsOne() {
        rules = new Rules(true, 15, rules.batchQuiet(), rules.trainingQuiet(), rules.captionWait(), new Rules.Spending(Start.APPROVE, 5, PRICE, Optional.empty()));
        story.uploaded("cats", 15);
        clock.pass(Duration.ofMinutes(2));

        assertThat(prospect().next()).endsWith("dropfolder train \"cats\" --simulate");
    }

    private void tells(String why, String next, Optional<Instant> at) {
        Prospect prospect = prospect();
        assertThat(prospect.why()).contains(why);
        assertThat(prospect.next()).contains(next);
        assertThat(prospect.at()).isEqualTo(at);
        assertThat(explainer().of("cats")).map(Explanation::prospect).contains(prospect);
    }

    private Prospect prospect() {
        return explainer().prospect("cats").orElseThrow();
    }

    private Explainer explainer() {
        return new Explainer(ledger, new StatusReport(ledger, 15, false), rules, clock);
    }

    private Optional<Instant> in(int seconds) {
        return Optional.of(clock.instant().plusSeconds(seconds));
    }

    private static Rules rules(boolean approval, int daily) {
        return rules(approval ? Start.APPROVE : Start.AUTO, daily, Optional.empty());
    }

    private static Rules rules(Start start, int daily, Optional<Integer> retrain) {
        return new Rules(false, 15, Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofMinutes(10),
            new Rules.Spending(start, daily, PRICE, retrain));
    }
}
