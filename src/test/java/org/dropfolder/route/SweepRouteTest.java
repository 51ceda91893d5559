package org.dropfolder.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dropfolder.server.RouteFixture.soon;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.dropfolder.TestClock;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.BatchState;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Training;
import org.dropfolder.ledger.TrainingState;
import org.dropfolder.pipeline.Accepted;
import org.dropfolder.pipeline.Intake;
import org.dropfolder.server.RouteFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first sweep of a process. What is there was left by another one, some hours ago. */
class SweepRouteTest {
    private static final String BATCH = "seda:image-accepted";
    private static final String TRAIN = "seda:dataset-uploaded";
    private static final String LOOK = "seda:training-started";
    private static final String TELL = "seda:training-ended";

    private final TestClock clock = TestClock.of2000();
    @TempDir
    private Path folder;
    private Scene scene;
    private RouteFixture routes;

    @BeforeEach
    void prepare() throws Exception {
        scene = Scene.of(folder, clock, List.of("sweep"));
        routes = scene.routes();
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void wakesNobodyWhereNothingIsDue() throws Exception {
        sweepHoursLater();

        assertThat(routes.bodiesAt(BATCH)).isEmpty();
        assertThat(routes.bodiesAt(TRAIN)).isEmpty();
        assertThat(routes.bodiesAt(LOOK)).isEmpty();
        assertThat(routes.bodiesAt(TELL)).isEmpty();
    }

    @Test
    void wakesTheUploadOfImagesThatWait() throws Exception {
        scene.accepted("kittens", 2);
        scene.accepted("puppies", 1);

        sweepHoursLater();

        assertThat(routes.bodiesAt(BATCH)).containsExactlyInAnyOrder(new Accepted("kittens", 0), new Accepted("puppies", 0));
    }

    @Test
    void endsThePausesThatAnEarlierProcessMade() throws Exception {
        Dataset kittens = scene.accepted("kittens", 2);
        routes.ledger().datasets().troubled(kittens.id(), "a pause", clock.instant().plus(Duration.ofDays(1)));

        sweepHoursLater();

        assertThat(routes.bodiesAt(BATCH)).containsExactly(new Accepted("kittens", 0));
    }

    @Test
    void wakesTheTrainingOfADatasetThatIsLongQuiet() throws Exception {
        scene.uploaded("kittens", 15);
        scene.uploaded("puppies", 14);

        sweepHoursLater();

        assertThat(routes.bodiesAt(TRAIN)).containsExactly("kittens");
    }

    @Test
    void wakesWhoFollowsATraining() throws Exception {
        Training training = scene.running("kittens", "kittens");

        sweepHoursLater();

        assertThat(routes.bodiesAt(LOOK)).containsExactly(training.id());
        assertThat(routes.bodiesAt(TRAIN)).isEmpty();
    }

    @Test
    void wakesWhoFollowsATrainingWhoseNextLookIsFarAwayToo() throws Exception {
        Dataset kittens = routes.ledger().datasets().named("kittens", "kittens");
        Training training = scene.followed(kittens, "a-model", clock.instant().plus(Duration.ofDays(1)));

        sweepHoursLater();

        assertThat(routes.bodiesAt(LOOK)).containsExactly(training.id());
    }

    @Test
    void wakesWhoTellsOfAnEndThatWasNotTold() throws Exception {
        Training training = scene.running("kittens", "kittens");
        routes.ledger().looks().showed(training, TrainingState.FAILED, "ERRORED", Optional.empty(), Optional.empty());

        sweepHoursLater();

        assertThat(routes.bodiesAt(TELL)).containsExactly(training.id());
    }

    @Test
    void finishesAMoveThatWasCutOffAndWakesItsUpload() throws Exception {
        routes.drop("kittens/a.jpg", RouteFixture.jpeg("a"));
        Intake intake = routes.bean("intake", Intake.class);
        intake.arrive(intake.examine("kittens/a.jpg"));

        sweepHoursLater();

        assertThat(routes.bodiesAt(BATCH)).containsExactly(new Accepted("kittens", 0));
        assertThat(routes.filesIn("pending")).containsExactly("kittens/1-a.jpg");
        assertThat(routes.inbox().resolve("kittens/a.jpg")).doesNotExist();
    }

    @Test
    void setsACaptionAsideWhoseImageDidNotCome() throws Exception {
        scene.accept("kittens/a.txt", "a cat".getBytes(StandardCharsets.UTF_8));

        sweepHoursLater();

        assertThat(routes.filesIn("rejected")).containsExactly("kittens/a.txt", "kittens/a.txt.reason.txt");
    }

    @Test
    void takesUpABatchThatWasClaimedAndNotSent() throws Exception {
        Dataset kittens = scene.acceptedForAKnownDataset("kittens", 2);
        routes.ledger().batches().claim(kittens, 0, 100, Long.MAX_VALUE);

        sweepHoursLater();

        assertThat(routes.bodiesAt(BATCH)).containsExactly(new Accepted("kittens", 0));
        assertThat(scene.waiting("kittens")).hasSize(2);
    }

    @Test
    void leavesABatchInDoubtThatWasSent() throws Exception {
        Dataset kittens = scene.acceptedForAKnownDataset("kittens", 2);
        routes.ledger().batches().claim(kittens, 0, 100, Long.MAX_VALUE);
        routes.ledger().batches().intend(routes.ledger().batches().claimed(kittens).batch());

        sweepHoursLater();

        assertThat(routes.ledger().batches().open(kittens.id()).orElseThrow().state())
                .isEqualTo(BatchState.IN_DOUBT);
        assertThat(routes.ledger().assets().tally(kittens.id()).of(AssetState.BATCHED)).isEqualTo(2);
        assertThat(routes.bodiesAt(BATCH)).isEmpty();
    }

    @Test
    void leavesATrainingInDoubtThatMayHaveBeenPaid() throws Exception {
        Dataset kittens = scene.uploaded("kittens", 15);
        Training training = routes.ledger().trainings().waiting(kittens, 1, "kittens", 15, new BigDecimal("40"));
        routes.ledger().trainings().intend(training, 15, BigDecimal.TEN, List.of(), 5);

        sweepHoursLater();

        assertThat(scene.training("kittens").orElseThrow().state()).isEqualTo(TrainingState.IN_DOUBT);
        assertThat(routes.bodiesAt(TRAIN)).isEmpty();
    }

    /** Comes back when the first sweep is done. */
    private void sweepHoursLater() throws Exception {
        clock.pass(Duration.ofHours(6));
        routes.start();
        soon().until(() -> routes.completed("sweep") > 0 && routes.camel().getInflightRepository().size("sweep") == 0);
    }
}
