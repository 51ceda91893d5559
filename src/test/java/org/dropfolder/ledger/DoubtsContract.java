package org.dropfolder.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the ledger promises of what was sent and may have happened. */
abstract class DoubtsContract extends FatesContract {
    private static final Duration LOOK = Duration.ofSeconds(40);

    @Test
    void aDoubtBeginsAndEndsWithWhatIsInDoubt() {
        Batch batch = doubtfulBatch("cats");
        Dataset cats = dataset("cats");
        assertThat(ledger.doubts().of(cats.id())).containsExactly(
            new Doubt(cats.id(), Doubt.What.BATCH, clock.instant(), 0, Optional.of(clock.instant())));
        assertThat(ledger.doubts().due()).as("the first look is due at once").containsExactly("cats");
        ledger.batches().found(batch, Fates.ALL_THERE, TARGETS);
        assertThat(ledger.doubts().of(cats.id())).isEmpty();
        assertThat(ledger.doubts().due()).isEmpty();
    }

    @Test
    void whatWasCutOffIsADoubtToo() {
        image("cats/tom.jpg", "tom");
        Batch sent = send("cats").batch();
        Training training = waiting("dogs");
        intend(training);
        ledger.datasets().intend(dataset("cows"));
        clock.pass(LEASE.plusMillis(1));
        ledger.batches().expire();
        ledger.trainings().doubtExpired();
        ledger.datasets().doubtExpiredCreations();
        assertThat(doubts("cats")).containsExactly(Doubt.What.BATCH);
        assertThat(doubts("dogs")).containsExactly(Doubt.What.TRAINING);
        assertThat(doubts("cows")).containsExactly(Doubt.What.CREATION);
        assertThat(ledger.doubts().due()).containsExactlyInAnyOrder("cats", "dogs", "cows");

        ledger.batches().released(sent, "it surely did not happen");
        ledger.trainings().notStarted(training, "it surely did not happen", Optional.of(clock.instant()));
        ledger.datasets().notCreated(dataset("cows"));
        assertThat(ledger.doubts().due()).as("its owner knew after all").containsExactly("cows");
        ledger.datasets().ready(dataset("cows"), "id of cows", false);
        assertThat(ledger.doubts().due()).isEmpty();
    }

    @Test
    void aDatasetCanBeInDoubtOfTwoThings() {
        doubtfulBatch("cats");
        doubtfulTraining("cats");
        assertThat(doubts("cats")).containsExactly(Doubt.What.BATCH, Doubt.What.TRAINING);
        assertThat(ledger.doubts().due()).containsExactly("cats");
        ledger.trainings().started(ledger.trainings().newestOf(dataset("cats").id()).orElseThrow(), "model-1",
            Optional.empty(), clock.instant());
        assertThat(doubts("cats")).containsExactly(Doubt.What.BATCH);
    }

    @Test
    void aLookIsClaimedByOneOnceItIsDue() throws Exception {
        doubtfulBatch("cats");
        Doubt doubt = doubt("cats");
        Instant next = clock.instant().plus(LOOK);
        assertThat(atOnce(() -> ledger.doubts().claimLook(doubt, next))).containsOnlyOnce(true);
        assertThat(ledger.doubts().due()).isEmpty();
        Doubt later = doubt("cats");
        assertThat(ledger.doubts().claimLook(later, next.plus(LOOK))).as("it is not due").isFalse();
        clock.pass(LOOK);
        assertThat(ledger.doubts().due()).containsExactly("cats");
        assertThat(ledger.doubts().claimLook(doubt, next.plus(LOOK))).as("as it stood before").isFalse();
        assertThat(ledger.doubts().claimLook(later, next.plus(LOOK))).isTrue();
    }

    @Test
    void countsTheLooksThatDidNotFindIt() {
        Batch batch = doubtfulBatch("cats");
        Doubt first = doubt("cats");
        ledger.doubts().notFound(first);
        ledger.doubts().notFound(first);
        assertThat(doubt("cats").looks()).as("once each").isOne();
        clock.pass(LOOK);
        assertThat(doubt("cats").since()).isEqualTo(first.since());

        ledger.batches().found(batch, again(batch), TARGETS);
        doubtfulBatch("cats");
        ledger.doubts().notFound(first);
        assertThat(doubt("cats")).as("a doubt of its own").isEqualTo(
            new Doubt(batch.datasetId(), Doubt.What.BATCH, clock.instant(), 0, Optional.of(clock.instant())));
    }

    @Test
    void aPersonIsToldOnceAndNobodyLooksAnyMore() {
        Batch batch = doubtfulBatch("cats");
        ledger.batches().leaveToAPerson(batch, "decide, please");
        ledger.batches().leaveToAPerson(batch, "decide, please");
        assertThat(history("cats")).filteredOn("decide, please"::equals).hasSize(1);
        assertThat(doubt("cats").nextLook()).isEmpty();
        assertThat(ledger.doubts().due()).isEmpty();
        assertThat(ledger.doubts().claimLook(doubt("cats"), clock.instant())).isFalse();
        assertThat(now(batch).state()).isEqualTo(BatchState.IN_DOUBT);
    }

    @Test
    void aCreationThatWasNotFoundIsTriedAgainAndByAnybody() {
        Dataset cats = dataset("cats");
        ledger.datasets().creationNotFound(cats, "nothing was sent");
        ledger.datasets().intend(cats);
        ledger.datasets().creationNotFound(cats, "it is under way");
        assertThat(dataset("cats").state()).isEqualTo(DatasetState.INTENDED);
        ledger.datasets().creationInDoubt(cats, "no answer");
        assertThat(doubts("cats")).containsExactly(Doubt.What.CREATION);
        try (Ledger other = open(newLease(), false)) {
            other.datasets().creationNotFound(cats, "not listed");
        }
        assertThat(dataset("cats").state()).isEqualTo(DatasetState.NEW);
        assertThat(doubts("cats")).isEmpty();
        assertThat(history("cats")).containsExactly("not listed");
        assertThat(ledger.datasets().intend(cats)).isTrue();
    }

    @Test
    void countsWhatAnAdoptedDatasetHadOnce() {
        Dataset ours = ready("dogs");
        ledger.datasets().foundImages(ours, 9);
        assertThat(dataset("dogs").foundImages()).as("it is not adopted").isEmpty();
        Dataset cats = ledger.datasets().ready(dataset("cats"), "id of cats", true);
        ledger.datasets().foundImages(cats, 7);
        ledger.datasets().foundImages(cats, 8);
        assertThat(dataset("cats").foundImages()).contains(7);
    }

    @Test
    void modelsThatWereFoundAreKnownFromThenOnInTheirDataset() {
        Dataset cats = ready("cats");
        ledger.datasets().foundModels(cats, List.of());
        assertThat(dataset("cats").modelsFound()).isEmpty();
        ledger.datasets().foundModels(cats, List.of("one", "two"));
        ledger.datasets().foundModels(cats, List.of("two", "three"));
        assertThat(dataset("cats").modelsFound()).containsExactly("one", "two", "three");
        assertThat(ledger.trainings().knows(cats, "three")).isTrue();
        assertThat(ledger.trainings().knows(ready("dogs"), "three")).isFalse();
    }

    @Test
    void aTrainingThatWasNotFoundWaitsAgainAndStillCountsAsOneOfToday() {
        Training training = doubtfulTraining("cats");
        ledger.trainings().notFound(training, "not listed");
        assertThat(now(training).state()).isEqualTo(TrainingState.WAITING);
        assertThat(now(training).trouble()).isEmpty();
        assertThat(now(training).modelsKnownThen()).isEqualTo(training.modelsKnownThen());
        assertThat(doubts("cats")).isEmpty();
        assertThat(ledger.trainings().intendedToday()).isOne();
        assertThat(history("cats").get(0)).contains("is started anew: not listed");

        intend(training);
        ledger.trainings().notFound(training, "it is under way");
        assertThat(now(training).state()).isEqualTo(TrainingState.INTENDED);
    }

    @Test
    void aTrainingThatWasNotStartedPausesAlone() {
        Training training = waiting("cats");
        Instant later = clock.instant().plus(LOOK);
        for (int failures = 1; failures < 3; failures++) {
            intend(training);
            ledger.trainings().notStarted(training, "402", Optional.of(later));
            assertThat(now(training).state()).isEqualTo(TrainingState.WAITING);
            assertThat(now(training).failures()).isEqualTo(failures);
            assertThat(now(training).retryAt()).contains(later);
        }
        assertThat(dataset("cats").retryAt()).isEmpty();
        ledger.datasets().endPauses();
        assertThat(now(training).retryAt()).isEmpty();
        assertThat(now(training).failures()).isZero();
    }

    @Test
    void aLookThatCameLateDoesNotUndoAnEnd() {
        Training training = running("cats");
        ledger.looks().showed(training, TrainingState.COMPLETED, "COMPLETED", Optional.of("model/cats"), Optional.empty());
        Training ended = now(training);
        assertThat(ledger.looks().showed(training, TrainingState.RUNNING, "TRAINING", Optional.empty(),
            Optional.of(clock.instant()))).isEqualTo(ended);
        assertThat(history("cats")).filteredOn(event -> event.contains("RUNNING")).isEmpty();
        ledger.trainings().announced(ended);
        assertThat(ledger.looks().showed(ended, TrainingState.COMPLETED, "COMPLETED", Optional.of("model/cats"), Optional.empty())
            .announcedAt()).as("the same end is no news").isPresent();
    }

    private Training doubtfulTraining(String dataset) {
        Training training = waiting(dataset);
        ledger.trainings().intend(training, 15, PRICE, List.of("old"), 5);
        ledger.trainings().inDoubt(training, "no answer");
        return now(training);
    }

    private Doubt doubt(String dataset) {
        return ledger.doubts().of(dataset(dataset).id()).get(0);
    }

    private List<Doubt.What> doubts(String dataset) {
        return ledger.doubts().of(dataset(dataset).id()).stream().map(Doubt::what).toList();
    }
}
