package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.dropfolder.pipeline.PipelineFixture.LEASE;
import static org.dropfolder.pipeline.PipelineFixture.jpeg;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dropfolder.image.Reason;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Claimed;
import org.dropfolder.ledger.Commits;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.DatasetState;
import org.dropfolder.ledger.Tally;
import org.dropfolder.ledger.Training;
import org.dropfolder.ledger.TrainingState;
import org.dropfolder.pipeline.PipelineFixture.Cut;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweeperTest {
    private static final Duration INSTANT = Duration.ofMillis(1);
    private static final Sweeper.Pace PACE = new Sweeper.Pace(Duration.ofSeconds(5), Duration.ofSeconds(60),
        Duration.ofMinutes(10), Duration.ofSeconds(30), 2, Optional.empty());

    @TempDir
    Path folder;

    private PipelineFixture on;
    private Sweeper sweeper;

    @BeforeEach
    void begin() throws IOException {
        on = new PipelineFixture(folder);
        sweeper = newSweeper();
    }

    @AfterEach
    void end() {
        on.close();
    }

    @Test
    void theFirstSweepFinishesAllMovesThatWereCutOff() throws IOException {
        on.drop("cats/tom.jpg", jpeg("tom"));
        on.intake.arrive(on.intake.examine("cats/tom.jpg"));
        on.image("cats/tim.jpg", "tim");
        Claimed sent = on.send("cats");
        on.uploader.settle(sent, PipelineFixture.taken(1));
        restart();
        sweeper.finishMoves();
        assertThat(on.files()).containsExactly("done/cats/2-tim.jpg", "pending/cats/1-tom.jpg");
        assertThat(on.tally("cats")).isEqualTo(new Tally(Map.of(AssetState.ACCEPTED, 1, AssetState.UPLOADED, 1)));
    }

    @Test
    void laterSweepsLeaveMovesAloneThatMayBeUnderWay() throws IOException {
        on.drop("cats/tom.jpg", jpeg("tom"));
        on.intake.arrive(on.intake.examine("cats/tom.jpg"));
        on.clock.pass(Duration.ofMinutes(1));
        sweeper.finishMoves();
        assertThat(on.files()).isEmpty();
        on.clock.pass(INSTANT);
        sweeper.finishMoves();
        assertThat(on.files()).containsExactly("pending/cats/1-tom.jpg");
    }

    @Test
    void aMoveThatStillFailsDoesNotHoldUpTheOthers() throws IOException {
        on.drop("cats/tom.jpg", jpeg("tom"));
        on.drop("dogs/rex.jpg", jpeg("rex"));
        on.intake.arrive(on.intake.examine("cats/tom.jpg"));
        on.clock.pass(INSTANT);
        on.intake.arrive(on.intake.examine("dogs/rex.jpg"));
        Files.createDirectories(on.data.resolve("pending"));
        Files.write(on.data.resolve("pending/cats"), jpeg("a file where a folder belongs"));
        restart();
        sweeper.finishMoves();
        assertThat(on.files()).containsExactly("pending/cats", "pending/dogs/2-rex.jpg");
        Files.delete(on.data.resolve("pending/cats"));
        sweeper.finishMoves();
        assertThat(on.files()).as("what failed by its own fault has a pause").containsExactly("pending/dogs/2-rex.jpg");
        on.clock.pass(Duration.ofSeconds(5));
        sweeper.finishMoves();
        assertThat(on.files()).containsExactly("pending/cats/1-tom.jpg", "pending/dogs/2-rex.jpg");
    }

    @Test
    void aFileThatWasTakenAwayDoesNotHoldUpItsDuplicate() throws IOException {
        on.drop("cats/tom.jpg", jpeg("tom"));
        on.intake.arrive(on.intake.examine("cats/tom.jpg"));
        on.image("cats/copy.jpg", "tom");
        Files.delete(on.inbox.resolve("cats/tom.jpg"));
        restart();
        sweeper.finishMoves();
        assertThat(on.tally("cats")).isEqualTo(new Tally(Map.of(AssetState.ACCEPTED, 1)));
    }

    @Test
    void takesClaimsFromThoseWhoFellSilent() throws IOException {
        on.image("cats/tom.jpg", "tom");
        on.image("dogs/rex.jpg", "rex");
        on.uploader.claim(on.dataset("cats"), PipelineFixture.listing(0));
        on.send("dogs");
        Dataset cows = on.ledger.datasets().named("cows", "cows");
        on.ledger.datasets().intend(cows);
        Training training = on.ledger.trainings().waiting(on.ready("cats"), 1, "the cats", 15, new BigDecimal("40"));
        on.ledger.trainings().intend(training, 15, new BigDecimal("40"), List.of(), 5);
        restart();
        sweeper.expireClaims();
        assertThat(on.tally("cats").of(AssetState.BATCHED)).as("the claim may live").isOne();
        on.clock.pass(LEASE);
        sweeper.expireClaims();
        assertThat(on.tally("cats")).isEqualTo(new Tally(Map.of(AssetState.ACCEPTED, 1)));
        assertThat(on.tally("dogs")).isEqualTo(new Tally(Map.of(AssetState.BATCHED, 1)));
        assertThat(on.dataset("cows").state()).isEqualTo(DatasetState.IN_DOUBT);
        assertThat(on.ledger.trainings().get(training.id()).state()).isEqualTo(TrainingState.IN_DOUBT);
    }

    @Test
    void setsCaptionsAsideWhoseImageDidNotCome() throws IOException {
        on.caption("cats/lonely.txt", "a cat");
        on.caption("cats/tom.txt", "another cat");
        on.image("cats/tom.jpg", "tom");
        on.clock.pass(PACE.captionWait());
        sweeper.setLonelyCaptionsAside();
        assertThat(on.files()).hasSize(3).noneMatch(file -> file.startsWith("rejected"));
        on.clock.pass(INSTANT);
        sweeper.setLonelyCaptionsAside();
        assertThat(on.read("rejected/cats/lonely.txt.reason.txt"))
            .isEqualTo(Reason.captionWithoutImage("lonely.txt", "10 min").text() + "\n");
        assertThat(on.files()).hasSize(4);
    }

    @Test
    void noCaptionIsLonelyForATimeInWhichNoServerTookItsImage() throws IOException {
        on.caption("cats/tom.txt", "a cat");
        on.clock.pass(PACE.captionWait().plus(INSTANT));
        restart();
        sweeper.setLonelyCaptionsAside();
        assertThat(on.files()).as("its image was copied meanwhile").noneMatch(file -> file.startsWith("rejected"));
        on.clock.pass(PACE.captionWait());
        sweeper.setLonelyCaptionsAside();
        assertThat(on.files()).noneMatch(file -> file.startsWith("rejected"));
        on.clock.pass(INSTANT);
        sweeper.setLonelyCaptionsAside();
        assertThat(on.files()).contains("rejected/cats/tom.txt");
    }

    @Test
    void aCaptionThatCannotBeMovedNowIsMovedLater() throws IOException {
        on.caption("cats/lonely.txt", "a cat");
        on.clock.pass(PACE.captionWait().plus(INSTANT));
        on.stopBefore("rename");
        assertThatExceptionOfType(Cut.class).isThrownBy(sweeper::setLonelyCaptionsAside);
        restart();
        sweeper.finishMoves();
        assertThat(on.files()).containsExactly("rejected/cats/lonely.txt", "rejected/cats/lonely.txt.reason.txt");
    }

    @Test
    void wakesBatchesThatAreOverdue() throws IOException {
        assertThat(sweeper.batchesDue()).as("the first sweep").isEmpty();
        on.image("cats/tom.jpg", "tom");
        on.clock.pass(PACE.batchWait().multipliedBy(2));
        assertThat(sweeper.batchesDue()).isEmpty();
        on.clock.pass(INSTANT);
        assertThat(sweeper.batchesDue()).containsExactly(new Accepted("cats", 0));
        on.send("cats");
        on.clock.pass(Duration.ofHours(1));
        assertThat(sweeper.batchesDue()).isEmpty();
    }

    @Test
    void theFirstSweepWakesAllThatAnEarlierProcessLeftWaiting() throws IOException {
        on.image("cats/tom.jpg", "tom");
        restart();
        assertThat(sweeper.batchesDue()).containsExactly(new Accepted("cats", 0));
        on.image("dogs/rex.jpg", "rex");
        assertThat(sweeper.batchesDue()).as("by a later sweep").doesNotContain(new Accepted("dogs", 0));
    }

    @Test
    void aCopyThatCameBeforeTheFirstSweepHidesNothingFromIt() throws IOException {
        on.image("cats/tom.jpg", "tom");
        restart();
        on.image("cats/copy of tom.jpg", "tom");
        assertThat(sweeper.batchesDue()).containsExactly(new Accepted("cats", 0));
    }

    @Test
    void doesNotWakeAgainWhatIsBeingGathered() throws IOException {
        on.image("cats/tom.jpg", "tom");
        restart();
        assertThat(sweeper.batchesDue()).hasSize(1);
        on.clock.pass(PACE.batchWait().multipliedBy(2).minus(INSTANT));
        assertThat(sweeper.batchesDue()).as("each wake-up begins the wait for quiet anew").isEmpty();
        on.clock.pass(INSTANT);
        assertThat(sweeper.batchesDue()).as("it was lost").hasSize(1);
    }

    @Test
    void wakesDatasetsThatAreQuiet() throws IOException {
        on.filled("cats", PACE.images());
        on.filled("dogs", PACE.images() - 1);
        assertThat(sweeper.trainingsDue()).isEmpty();
        on.clock.pass(PACE.trainingWait());
        assertThat(sweeper.trainingsDue()).containsExactly("cats");
        on.running("cats");
        assertThat(sweeper.trainingsDue()).isEmpty();
    }

    @Test
    void theFirstSweepWakesAllFollowersAndLaterOnesOnlyWhatIsOverdue() throws IOException {
        on.image("cats/tom.jpg", "tom");
        Training training = on.running("cats");
        restart();
        assertThat(sweeper.looksDue()).containsExactly(training.id());
        assertThat(sweeper.looksDue()).isEmpty();
        on.clock.pass(PACE.pollDelay().multipliedBy(3));
        assertThat(sweeper.looksDue()).containsExactly(training.id());
    }

    @Test
    void wakesAnnouncementsUntilTheyAreTold() throws IOException {
        on.image("cats/tom.jpg", "tom");
        Training training = on.running("cats");
        Training ended = on.ledger.looks().showed(training, TrainingState.FAILED, "ERRORED", Optional.empty(),
            Optional.empty());
        assertThat(sweeper.announcementsDue()).containsExactly(training.id());
        assertThat(sweeper.announcementsDue()).containsExactly(training.id());
        on.ledger.trainings().announced(ended);
        assertThat(sweeper.announcementsDue()).isEmpty();
    }

    @Test
    void aLedgerThatIsInOrderGivesNothingToDo() throws IOException {
        Asset image = on.image("cats/tom.jpg", "tom");
        restart();
        sweeper.expireClaims();
        sweeper.setLonelyCaptionsAside();
        sweeper.finishMoves();
        assertThat(on.ledger.assets().waiting(image.datasetId())).containsExactly(image);
        assertThat(sweeper.looksDue()).isEmpty();
        assertThat(sweeper.announcementsDue()).isEmpty();
    }

    @Test
    void pausesThatCouldNotBeEndedAreEndedByTheNextSweepAndLaterOnesAreNot() throws IOException {
        Dataset cats = on.filled("cats", 1);
        Instant retry = on.clock.instant().plus(Duration.ofHours(1));
        on.ledger.datasets().troubled(cats.id(), "refused", retry);
        restart();
        on.beforeCommit = what -> {
            throw new IllegalStateException("the disk is full");
        };
        assertThatIllegalStateException().isThrownBy(sweeper::endPauses);
        on.beforeCommit = Commits.UNDISTURBED;
        assertThat(on.dataset("cats").retryAt()).contains(retry);
        sweeper.endPauses();
        assertThat(on.dataset("cats").retryAt()).isEmpty();
        on.ledger.datasets().troubled(cats.id(), "refused again", retry);
        sweeper.endPauses();
        assertThat(on.dataset("cats").retryAt()).contains(retry);
    }

    /** A new process, a moment later. */
    private void restart() {
        on.clock.pass(INSTANT);
        on.restart();
        sweeper = newSweeper();
    }

    private Sweeper newSweeper() {
        return new Sweeper(on.ledger, on.mover, on.places, PACE, on.clock);
    }
}
