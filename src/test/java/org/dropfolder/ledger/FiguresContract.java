package org.dropfolder.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the ledger promises to whoever measures. */
abstract class FiguresContract extends ChangesContract {
    @Test
    void countsTheImagesOfThoseDatasetsThatChangedAlone() {
        image("cats/tom.jpg", "tom");
        image("dogs/rex.jpg", "rex");
        unusable("dogs/broken.jpg", "broken");
        long before = ledger.changes().now();
        assertThat(ledger.figures().imagesSince(Changes.BEGINNING)).hasSize(2);
        assertThat(ledger.figures().imagesSince(before)).isEmpty();

        Asset max = arrive("dogs/max.jpg", "max");
        assertThat(ledger.figures().imagesSince(before)).containsOnlyKeys(dataset("dogs").id());
        assertThat(ledger.figures().imagesSince(before).get(dataset("dogs").id()).tally().images())
            .isEqualTo(Map.of(AssetState.ACCEPTED, 1, AssetState.REJECTED, 1, AssetState.ARRIVING, 1));
        ledger.assets().withdrawn(max);
        assertThat(ledger.figures().imagesSince(before).get(dataset("dogs").id()).tally().pending()).isEqualTo(1);
    }

    @Test
    void aDatasetWhoseLastImageLeftIsToldWithNone() {
        long before = ledger.changes().now();
        ledger.assets().withdrawn(arrive("cats/tom.jpg", "tom"));

        assertThat(ledger.figures().imagesSince(before).get(dataset("cats").id()))
            .isEqualTo(new Figures.Images(new Tally(Map.of()), Optional.empty()));
    }

    @Test
    void theOldestWaitingImageIsTheOneThatArrivedFirstUntilItIsUploaded() {
        Instant first = clock.instant();
        image("cats/tom.jpg", "tom");
        clock.pass(Duration.ofMinutes(1));
        image("cats/kit.jpg", "kit");
        assertThat(ledger.figures().imagesSince(0).get(dataset("cats").id()).oldestWaiting()).contains(first);

        ready("cats");
        upload("cats");
        assertThat(ledger.figures().imagesSince(0).get(dataset("cats").id()).oldestWaiting()).isEmpty();
        assertThat(ledger.figures().batches()).isEqualTo(Map.of(BatchState.UPLOADED, new Figures.Sum(1, 6)));
    }

    @Test
    void moneyCountsOnceItMayBeSpent() {
        Training training = waiting("cats");
        assertThat(ledger.figures().waitingTrainings().oldest()).contains(clock.instant());
        intend(training);
        assertThat(ledger.figures().spent()).isZero();

        ledger.trainings().inDoubt(now(training), "the answer was lost");
        assertThat(ledger.figures().spent()).isEqualByComparingTo(PRICE);
        assertThat(ledger.figures().doubts().get(Doubt.What.TRAINING)).isEqualTo(new Figures.InDoubt(1, 0, clock.instant()));
        running("dogs");
        assertThat(ledger.figures().spent()).isEqualByComparingTo("80");
        assertThat(ledger.figures().trainings()).isEqualTo(Map.of(TrainingState.IN_DOUBT, 1L, TrainingState.RUNNING, 1L));
        assertThat(ledger.figures().waitingTrainings().oldest()).isEmpty();
    }

    @Test
    void aTrainingWaitsForApprovalFromTheQuestionToTheAnswer() {
        Training training = waiting("cats");
        waiting("dogs");
        assertThat(ledger.figures().waitingTrainings().forApproval()).isZero();
        ledger.orders().ask(training, "Waiting for approval");
        assertThat(ledger.figures().waitingTrainings().forApproval()).isOne();

        ledger.orders().approve(training.datasetId(), PRICE);
        assertThat(ledger.figures().waitingTrainings().forApproval()).isZero();
        assertThat(ledger.figures().trainings()).isEqualTo(Map.of(TrainingState.WAITING, 2L));
    }

    @Test
    void aNoticeThatIsGivenUpDoesNotWaitAndIsCounted() {
        Instant then = clock.instant();
        running("cats");
        running("dogs");
        assertThat(ledger.figures().notices()).isEqualTo(new Figures.Undelivered(2, Optional.of(then), 0));

        for (Notice notice : ledger.notices().claim(2)) {
            ledger.notices().giveUp(notice, "no answer for a day");
        }
        assertThat(ledger.figures().notices()).isEqualTo(new Figures.Undelivered(0, Optional.empty(), 2));
    }
}
