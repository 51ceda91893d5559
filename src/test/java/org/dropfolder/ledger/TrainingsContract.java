package org.dropfolder.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the ledger promises of trainings, and so of money. */
abstract class TrainingsContract extends BatchesContract {
    private static final Duration DELAY = Duration.ofSeconds(30);
    private static final Duration DAY = Duration.ofHours(24);

    @Test
    void intentIsHadByOne() throws Exception {
        Training training = waiting("cats");
        assertThat(atOnce(() -> intend(training))).containsOnlyOnce(true);
        assertThat(now(training).state()).isEqualTo(TrainingState.INTENDED);
    }

    @Test
    void anIntentNotesWhatIsPaidForAndWhatWasKnown() {
        Training training = waiting("cats");
        assertThat(ledger.trainings().intend(training, 17, PRICE, List.of("one", "two"), 5)).isTrue();
        Training now = now(training);
        assertThat(now.images()).isEqualTo(17);
        assertThat(now.price()).contains(PRICE);
        assertThat(now.modelsKnownThen()).containsExactly("one", "two");
        assertThat(now.intendedAt()).contains(clock.instant());
        assertThat(history("cats").get(0)).contains("intended", "17 images", "40 US dollars");
        assertThatIllegalStateException().isThrownBy(now::knownModelId).withMessageContaining("INTENDED");
    }

    @Test
    void aDatasetHasOneFirstTraining() throws Exception {
        Dataset cats = ready("cats");
        assertThat(atOnce(() -> ledger.trainings().waiting(cats, 1, "a model", 15, PRICE))).containsOnly(
            ledger.trainings().newestOf(cats.id()).orElseThrow());
        assertThat(ledger.trainings().newest()).containsOnlyKeys(cats.id());
    }

    @Test
    void theDailyLimitCountsWhatMayHaveBeenPaid() {
        Training doubtful = waiting("cats");
        intend(doubtful);
        ledger.trainings().inDoubt(doubtful, "no answer");
        running("dogs");
        Training never = waiting("cows");
        intend(never);
        assertThat(ledger.trainings().intendedToday()).isEqualTo(3);
        ledger.trainings().notStarted(never, "no connection", Optional.of(clock.instant()));
        assertThat(ledger.trainings().intendedToday()).isEqualTo(2);

        assertThat(ledger.trainings().intend(never, 15, PRICE, List.of(), 2)).isFalse();
        assertThat(now(never).state()).isEqualTo(TrainingState.WAITING);
        clock.pass(DAY.minusMillis(1));
        assertThat(ledger.trainings().intend(never, 15, PRICE, List.of(), 2)).isFalse();
        clock.pass(Duration.ofMillis(1));
        assertThat(ledger.trainings().intend(never, 15, PRICE, List.of(), 2)).isTrue();
    }

    @Test
    void theDailyLimitCountsWhatIsSentAgain() {
        Training doubtful = waiting("cats");
        for (int sent = 1; sent <= 3; sent++) {
            assertThat(ledger.trainings().intend(doubtful, 15, PRICE, List.of(), 3)).isTrue();
            assertThat(ledger.trainings().intendedToday()).isEqualTo(sent);
            ledger.trainings().inDoubt(doubtful, "no answer");
            ledger.trainings().notFound(doubtful, "it is not listed");
            clock.pass(Duration.ofMinutes(10));
        }
        assertThat(ledger.trainings().intend(doubtful, 15, PRICE, List.of(), 3)).as("each may have been paid").isFalse();
        assertThat(ledger.trainings().nextAllowed(3)).contains(clock.instant().minus(Duration.ofMinutes(30)).plus(DAY));
    }

    @Test
    void theDailyLimitHoldsForManyThreads() throws Exception {
        List<Training> trainings = List.of(waiting("cats"), waiting("dogs"), waiting("cows"), waiting("birds"));
        atOnce(() -> trainings.stream().map(t -> ledger.trainings().intend(t, 15, PRICE, List.of(), 2)).toList());
        assertThat(trainings).filteredOn(t -> now(t).state() == TrainingState.INTENDED).hasSize(2);
        assertThat(ledger.trainings().intendedToday()).isEqualTo(2);
    }

    @Test
    void onlyADoubtOrAnAnswerEndsAnIntent() {
        Training training = waiting("cats");
        intend(training);
        ledger.trainings().waitsFor(training, "something");
        assertThat(ledger.orders().approve(training.datasetId(), PRICE)).isFalse();
        ledger.trainings().adopted(training, "another model", clock.instant());
        assertThat(now(training).state()).isEqualTo(TrainingState.INTENDED);
        assertThat(now(training).trouble()).isEmpty();
        assertThat(history("cats")).noneMatch(event -> event.contains("another model"));
        ledger.trainings().inDoubt(training, "no answer");
        ledger.trainings().notStarted(training, "a doubt is not settled by saying so", Optional.of(clock.instant()));
        assertThat(now(training).state()).isEqualTo(TrainingState.IN_DOUBT);
        assertThat(now(training).trouble()).contains("no answer");
        assertThat(intend(training)).isFalse();
    }

    @Test
    void anAnswerThatComesAfterExpiryStillCountsForATraining() {
        Training training = waiting("cats");
        intend(training);
        clock.pass(LEASE);
        assertThat(ledger.trainings().renew(training)).isTrue();
        clock.pass(LEASE.plusMillis(1));
        assertThat(ledger.trainings().doubtExpired()).isOne();
        assertThat(ledger.trainings().doubtExpired()).isZero();
        assertThat(now(training).state()).isEqualTo(TrainingState.IN_DOUBT);
        assertThat(history("cats").get(0)).contains("in doubt");
        assertThat(ledger.trainings().renew(training)).isFalse();
        assertThat(ledger.trainings().started(training, "model-1", Optional.empty(), clock.instant()).state())
            .isEqualTo(TrainingState.RUNNING);
        assertThat(now(training).knownModelId()).isEqualTo("model-1");
    }

    @Test
    void aSecondAnswerChangesNothing() {
        Training training = running("cats");
        ledger.trainings().started(training, "another", Optional.empty(), clock.instant().plus(DELAY));
        assertThat(now(training)).isEqualTo(training);
        assertThat(history("cats")).noneMatch(event -> event.contains("another"));
    }

    @Test
    void onlyItsOwnerSaysWhatBecameOfAnIntent() {
        Training training = waiting("cats");
        intend(training);
        try (Ledger other = open(newLease(), false)) {
            assertThat(other.trainings().renew(training)).isFalse();
            other.trainings().notStarted(training, "not mine", Optional.of(clock.instant()));
            other.trainings().inDoubt(training, "not mine");
        }
        assertThat(now(training).state()).isEqualTo(TrainingState.INTENDED);
    }

    @Test
    void aRunIsWantedOnceBehindTheLast() {
        Dataset cats = filled("cats", 2);
        Training first = ledger.trainings().waiting(cats, 1, "cats v1", 2, PRICE);
        assertThat(first.price()).as("said before it is spent").contains(PRICE);
        assertThat(ledger.trainings().waiting(cats, 1, "cats again", 2, PRICE)).isEqualTo(first);
        assertThat(ledger.trainings().waiting(cats, 3, "cats v3", 2, PRICE)).as("none is left out").isEqualTo(first);
        Training second = ledger.trainings().waiting(cats, 2, "cats v2", 2, PRICE);
        assertThat(second.run()).isEqualTo(2);
        assertThat(second.modelName()).isEqualTo("cats v2");
    }

    @Test
    void aCompletedOneIsFollowedByAnotherOnceEnoughCame() {
        filled("cats", 3);
        Training first = ledger.trainings().waiting(dataset("cats"), 1, "cats v1", 1, PRICE);
        Training running = ledger.trainings().adopted(first, "model-1", clock.instant());
        assertThat(ledger.trainings().candidates(1, Optional.of(2), clock.instant())).as("under way").isEmpty();
        ledger.looks().showed(running, TrainingState.COMPLETED, "COMPLETED", Optional.empty(), Optional.empty());
        assertThat(ledger.trainings().candidates(1, Optional.of(2), clock.instant())).containsExactly("cats");
        assertThat(ledger.trainings().candidates(1, Optional.of(3), clock.instant())).isEmpty();
        assertThat(ledger.trainings().candidates(1, Optional.empty(), clock.instant())).isEmpty();
        ledger.looks().showed(running, TrainingState.FAILED, "ERRORED", Optional.empty(), Optional.empty());
        assertThat(ledger.trainings().candidates(1, Optional.of(2), clock.instant())).as("only by a person").isEmpty();
    }

    @Test
    void followsAModelThatWasThere() {
        Training training = ledger.trainings().adopted(waiting("cats"), "model-7", clock.instant());
        assertThat(training.state()).isEqualTo(TrainingState.RUNNING);
        assertThat(training.price()).isEmpty();
        assertThat(ledger.trainings().knows(dataset("cats"), "model-7")).isTrue();
        assertThat(ledger.trainings().knows(dataset("cats"), "model-8")).isFalse();
        assertThat(ledger.trainings().intendedToday()).isZero();
        assertThat(history("cats").get(0)).contains("model-7", "nothing was sent");
    }

    @Test
    void aLookIsClaimedByOne() throws Exception {
        Training training = running("cats");
        Instant next = clock.instant().plus(DELAY);
        assertThat(atOnce(() -> ledger.looks().claim(training, next))).containsOnlyOnce(true);
        assertThat(ledger.looks().claim(now(training), next.plus(DELAY))).isTrue();
        assertThat(ledger.looks().claim(waiting("dogs"), next)).isFalse();
    }

    @Test
    void knowsWhichLooksAreOverdue() {
        Training cats = running("cats");
        clock.pass(DELAY);
        Training dogs = running("dogs");
        waiting("cows");
        assertThat(ledger.looks().followed()).containsExactly(cats, dogs);
        assertThat(ledger.looks().overdue(clock.instant())).containsExactly(cats);
        assertThat(ledger.looks().overdue(clock.instant().plusMillis(1))).containsExactly(cats, dogs);
        look(cats, TrainingState.FAILED, Optional.empty());
        assertThat(ledger.looks().followed()).containsExactly(dogs);
    }

    @Test
    void anEndIsToldOnce() {
        Training training = running("cats");
        assertThat(ledger.trainings().unannounced()).isEmpty();
        look(training, TrainingState.COMPLETED, Optional.empty());
        assertThat(ledger.trainings().unannounced()).as("without its URI").isEmpty();
        clock.pass(DELAY);
        Training ended = look(now(training), TrainingState.COMPLETED, Optional.of("model/cats"));
        assertThat(ended.endedAt()).contains(clock.instant().minus(DELAY));
        assertThat(ledger.trainings().unannounced()).containsExactly(ended);

        ledger.trainings().announced(ended);
        Optional<Instant> told = Optional.of(clock.instant());
        clock.pass(DELAY);
        ledger.trainings().announced(ended);
        assertThat(now(training).announcedAt()).isEqualTo(told);
        assertThat(look(now(training), TrainingState.COMPLETED, Optional.empty()).announcedAt())
            .as("an answer without what is known is no news").isEqualTo(told);
        assertThat(now(training).uri()).contains("model/cats");
        assertThat(history("cats")).filteredOn(event -> event.contains("COMPLETED")).hasSize(1);
        assertThat(look(now(training), TrainingState.COMPLETED, Optional.of("model/cats/2")).announcedAt()).isEmpty();
    }

    @Test
    void whatIsLookedAtFurtherHasNoEnd() {
        Training training = running("cats");
        Training stalled = look(training, TrainingState.STALLED, Optional.empty());
        assertThat(stalled.endedAt()).isEmpty();
        assertThat(stalled.status()).contains("WORD");
        assertThat(ledger.trainings().unannounced()).isEmpty();
        Training failed = look(stalled, TrainingState.FAILED, Optional.empty());
        assertThat(failed.endedAt()).contains(clock.instant());
        assertThat(failed.nextLook()).isEmpty();
        assertThat(ledger.trainings().unannounced()).containsExactly(failed);
    }

    @Test
    void knowsWhichDatasetsMayBeTrained() {
        filled("cats", 2);
        filled("dogs", 1);
        filled("cows", 2);
        intend(waiting("cows"));
        Dataset birds = filled("birds", 2);
        ledger.datasets().troubled(birds.id(), "why", clock.instant().plus(DELAY));
        filled("fish", 2);
        waiting("fish");
        Instant quiet = clock.instant();
        assertThat(ledger.trainings().candidates(2, Optional.empty(), quiet.minusMillis(1))).isEmpty();
        assertThat(ledger.trainings().candidates(2, Optional.empty(), quiet)).containsExactlyInAnyOrder("cats", "fish");
        clock.pass(DELAY);
        assertThat(ledger.trainings().candidates(2, Optional.empty(), quiet)).containsExactlyInAnyOrder("cats", "fish", "birds");
        image("cats/late.jpg", "late");
        assertThat(ledger.trainings().candidates(2, Optional.empty(), quiet)).containsExactlyInAnyOrder("fish", "birds");
    }

    private Training look(Training training, TrainingState state, Optional<String> uri) {
        Optional<Instant> next = TrainingState.ENDS.contains(state) ? Optional.empty() : Optional.of(clock.instant().plus(DELAY));
        return ledger.looks().showed(training, state, "WORD", uri, next);
    }
}
