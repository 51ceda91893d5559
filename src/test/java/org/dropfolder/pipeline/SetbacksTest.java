package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Claimed;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.DatasetState;
import org.dropfolder.ledger.Tally;
import org.dropfolder.ledger.Training;
import org.dropfolder.ledger.TrainingState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SetbacksTest {
    @TempDir
    Path folder;

    private PipelineFixture on;
    private Setbacks setbacks;
    private Dataset cats;

    @BeforeEach
    void begin() throws IOException {
        on = new PipelineFixture(folder);
        setbacks = new Setbacks(on.ledger, on.watchman, on.clock);
        on.image("cats/tom.jpg", "tom");
        cats = on.dataset("cats");
    }

    @AfterEach
    void end() {
        on.close();
    }

    static Stream<Exception> didNotHappen() {
        return Stream.of(Failures.answer(400), Failures.answer(402), Failures.answer(429), Failures.notSent());
    }

    static Stream<Exception> mayHaveHappened() {
        return Stream.of(Failures.answer(500), Failures.unreadable(), new IllegalStateException("unforeseen"),
            new UnreadableAnswerException("no name"), new LostClaimException("send"));
    }

    @ParameterizedTest
    @MethodSource("didNotHappen")
    void whatSurelyDidNotHappenWaitsForAnotherTry(Exception failure) {
        Claimed sent = on.send("cats");
        setbacks.settle(cats, sent, null, failure);
        assertThat(on.tally("cats")).isEqualTo(new Tally(Map.of(AssetState.ACCEPTED, 1)));
        assertThat(on.ledger.batches().anyOpen(cats.id())).isFalse();

        on.ledger.datasets().intend(cats);
        setbacks.settle(cats, null, null, failure);
        assertThat(on.dataset("cats").state()).isEqualTo(DatasetState.NEW);

        Training training = intended();
        setbacks.settle(cats, null, training, failure);
        assertThat(now(training).state()).isEqualTo(TrainingState.WAITING);
        assertThat(now(training).trouble()).isPresent();
        assertThat(on.ledger.trainings().intendedToday()).isZero();
    }

    @ParameterizedTest
    @MethodSource("mayHaveHappened")
    void whatMayHaveHappenedIsInDoubt(Exception failure) {
        Claimed sent = on.send("cats");
        setbacks.settle(cats, sent, null, failure);
        assertThat(on.tally("cats")).isEqualTo(new Tally(Map.of(AssetState.BATCHED, 1)));
        assertThat(on.ledger.batches().anyOpen(cats.id())).isTrue();

        on.ledger.datasets().intend(cats);
        setbacks.settle(cats, null, null, failure);
        assertThat(on.dataset("cats").state()).isEqualTo(DatasetState.IN_DOUBT);

        Training training = intended();
        setbacks.settle(cats, null, training, failure);
        assertThat(now(training).state()).isEqualTo(TrainingState.IN_DOUBT);
        assertThat(on.ledger.trainings().intendedToday()).isOne();
    }

    @Test
    void aBatchThatWasNeverSentIsNotInDoubt() {
        on.uploader.claim(cats, PipelineFixture.listing(0));
        setbacks.settle(cats, on.uploader.claimed(cats), null, new IllegalStateException("unforeseen"));
        assertThat(on.tally("cats")).isEqualTo(new Tally(Map.of(AssetState.ACCEPTED, 1)));
    }

    @Test
    void whatRanOutMeanwhileIsFreedOnlyIfItSurelyDidNotHappen() {
        Claimed sent = on.send("cats");
        on.clock.pass(PipelineFixture.LEASE.plusMillis(1));
        assertThat(on.ledger.batches().expire()).isOne();
        setbacks.settle(cats, sent, null, Failures.answer(500));
        assertThat(on.tally("cats")).isEqualTo(new Tally(Map.of(AssetState.BATCHED, 1)));
        setbacks.settle(cats, sent, null, Failures.answer(429));
        assertThat(on.tally("cats")).isEqualTo(new Tally(Map.of(AssetState.ACCEPTED, 1)));

        Training training = intended();
        on.clock.pass(PipelineFixture.LEASE.plusMillis(1));
        assertThat(on.ledger.trainings().doubtExpired()).isOne();
        setbacks.settle(cats, null, training, Failures.answer(500));
        assertThat(now(training).state()).isEqualTo(TrainingState.IN_DOUBT);
        setbacks.settle(cats, null, training, Failures.answer(429));
        assertThat(now(training).state()).isEqualTo(TrainingState.WAITING);
    }

    @Test
    void aFileThatChangedThoughSizeAndTimeDidNotIsAcceptedAnew() throws Exception {
        Claimed sent = on.send("cats");
        setbacks.settle(cats, sent, null, Failures.contentChanged(sent.images().get(0).sentName().orElseThrow()));
        assertThat(on.ledger.assets().waiting(cats.id())).singleElement()
            .satisfies(image -> assertThat(image.modified()).isEqualTo(Instant.EPOCH));
    }

    @Test
    void whatIsSettledStaysSo() throws IOException {
        Claimed sent = on.send("cats");
        on.uploader.settle(sent, PipelineFixture.taken(1));
        setbacks.settle(cats, sent, null, new IOException("the file can't be moved"));
        assertThat(on.tally("cats")).isEqualTo(new Tally(Map.of(AssetState.UPLOADED, 1)));
        Training running = on.running("cats");
        setbacks.settle(cats, null, running, Failures.answer(400));
        assertThat(now(running).state()).isEqualTo(TrainingState.RUNNING);
        assertThat(on.dataset("cats").state()).isEqualTo(DatasetState.READY);
    }

    @Test
    void aReadThatFailsSettlesNothingThatAnotherStepHasUnderWay() {
        Training training = intended();
        Claimed sent = on.send("cats");
        on.ledger.datasets().named("dogs", "dogs");
        Dataset dogs = on.dataset("dogs");
        on.ledger.datasets().intend(dogs);
        for (Exception failure : List.of(Failures.answer(429), Failures.answer(500))) {
            setbacks.postpone(cats, null, failure);
            setbacks.postpone(dogs, null, failure);
        }
        assertThat(now(training).state()).isEqualTo(TrainingState.INTENDED);
        assertThat(on.ledger.batches().renew(sent.batch())).isTrue();
        assertThat(on.ledger.datasets().renew(dogs)).isTrue();
        assertThat(on.dataset("cats").failures()).isEqualTo(2);
    }

    @Test
    void aFailureOfNoDatasetIsOnlyTold() {
        try (LogLines log = new LogLines(Setbacks.class)) {
            setbacks.postpone(null, null, Failures.answer(500));
            assertThat(log.containing("500")).hasSize(1);
        }
        assertThat(on.dataset("cats").failures()).isZero();
    }

    @Test
    void aModelThatStaysUnknownIsGone() {
        Training running = on.running("cats");
        on.clock.pass(Duration.ofMinutes(10));
        setbacks.postpone(null, running, Failures.answer(404));
        assertThat(now(running).state()).as("it may not be listed yet").isEqualTo(TrainingState.RUNNING);
        on.clock.pass(Duration.ofMillis(1));
        setbacks.postpone(null, running, Failures.answer(500));
        assertThat(now(running)).isEqualTo(running);
        setbacks.postpone(null, running, Failures.answer(404));
        assertThat(now(running).state()).isEqualTo(TrainingState.GONE);
        assertThat(now(running).nextLook()).isEmpty();
        assertThat(on.ledger.trainings().unannounced()).containsExactly(now(running));
        assertThat(on.dataset("cats").failures()).isZero();
    }

    @Test
    void eachFailureInARowDoublesThePauseUpToAnHour() {
        for (long seconds : List.of(30, 60, 120, 240, 480, 960, 1920, 3600, 3600)) {
            setbacks.settle(cats, null, null, Failures.answer(429));
            pauses(Duration.ofSeconds(seconds));
        }
        on.ledger.datasets().untroubled(cats.id());
        setbacks.postpone(cats, null, Failures.answer(429));
        pauses(Duration.ofSeconds(30));
    }

    @Test
    void ideogramsOwnWishCountsWhereItIsLonger() {
        setbacks.settle(cats, null, null, Failures.busyFor(Duration.ofHours(2)));
        pauses(Duration.ofHours(2));
        setbacks.settle(cats, null, null, Failures.busyFor(Duration.ofSeconds(1)));
        pauses(Duration.ofSeconds(60));
    }

    @Test
    void saysWhatIsWrongOnThisMachine() {
        setbacks.postpone(cats, null, new AccessDeniedException("pending/cats/1-tom.jpg"));
        assertThat(on.trouble("cats")).contains("AccessDeniedException", "pending/cats/1-tom.jpg", "tried again");
    }

    private Training intended() {
        on.ready("cats");
        Training training = on.ledger.trainings().waiting(cats, 1, "the cats", 15, new BigDecimal("40"));
        assertThat(on.ledger.trainings().intend(training, 15, new BigDecimal("40"), List.of(), 5)).isTrue();
        return training;
    }

    private Training now(Training training) {
        return on.ledger.trainings().get(training.id());
    }

    private void pauses(Duration pause) {
        assertThat(on.dataset("cats").retryAt()).contains(on.clock.instant().plus(pause));
    }
}
