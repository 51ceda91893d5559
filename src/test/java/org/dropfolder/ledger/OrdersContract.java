package org.dropfolder.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the ledger promises of what a person orders, and of files that come again. */
abstract class OrdersContract extends DoubtsContract {
    private static final Duration DAY = Duration.ofHours(24);

    @Test
    void approvalIsGivenToWhatWaitsAndStandsInTheHistoryWithItsPrice() {
        Dataset cats = ready("cats");
        assertThat(approve(cats)).isFalse();
        Training training = waiting("cats");
        ledger.datasets().troubled(cats.id(), "402", clock.instant().plus(DAY));
        ledger.trainings().waitsFor(training, "approval");
        assertThat(approve(cats)).isTrue();
        assertThat(now(training).approvedAt()).contains(clock.instant());
        assertThat(now(training).trouble()).isEmpty();
        assertThat(dataset("cats").retryAt()).as("a person who approves wants it tried now").isEmpty();
        assertThat(history("cats").get(0)).contains("approved", "40 US dollars");
        clock.pass(DAY);
        assertThat(approve(cats)).isTrue();
        assertThat(now(training).approvedAt()).as("an order counts from when it was given last").contains(clock.instant());
        intend(training);
        assertThat(approve(cats)).isFalse();
    }

    @Test
    void aFirstRunIsWantedOnce() throws Exception {
        Dataset cats = filled("cats", 2);
        assertThat(atOnce(() -> want(cats, 1))).containsOnlyOnce(true);
        Training training = ledger.trainings().newestOf(cats.id()).orElseThrow();
        assertThat(training.run()).isOne();
        assertThat(training.state()).isEqualTo(TrainingState.WAITING);
        assertThat(training.approvedAt()).contains(clock.instant());
        assertThat(history("cats").get(0)).contains("ordered", "run 1", "40 US dollars");
        assertThat(want(cats, 2)).as("the first has not ended").isFalse();
    }

    @Test
    void aNextRunIsWantedOnceTheLastHasEnded() throws Exception {
        filled("cats", 2);
        Training first = running("cats");
        Dataset cats = dataset("cats");
        assertThat(want(cats, 2)).isFalse();
        ledger.looks().showed(first, TrainingState.COMPLETED, "COMPLETED", Optional.of("uri"), Optional.empty());
        assertThat(want(cats, 3)).isFalse();
        assertThat(ledger.trainings().candidates(2, Optional.empty(), clock.instant())).isEmpty();
        assertThat(atOnce(() -> want(cats, 2))).containsOnlyOnce(true);
        Training second = ledger.trainings().newestOf(cats.id()).orElseThrow();
        assertThat(second.run()).isEqualTo(2);
        assertThat(ledger.trainings().candidates(2, Optional.empty(), clock.instant())).containsExactly("cats");
        assertThat(intend(second)).isTrue();
        assertThat(ledger.trainings().candidates(2, Optional.empty(), clock.instant())).isEmpty();
    }

    @Test
    void whoeverOrderedAfterTheLastArrivalDoesNotWaitForQuiet() {
        Dataset cats = filled("cats", 2);
        Training training = waiting("cats");
        clock.pass(Duration.ofSeconds(1));
        assertThat(ledger.trainings().candidates(2, Optional.empty(), clock.instant().minusSeconds(60))).isEmpty();
        approve(cats);
        assertThat(ledger.trainings().candidates(2, Optional.empty(), clock.instant().minusSeconds(60))).containsExactly("cats");
        clock.pass(Duration.ofSeconds(1));
        image("cats/late.jpg", "late");
        assertThat(ledger.trainings().candidates(2, Optional.empty(), clock.instant().minusSeconds(60))).isEmpty();
        assertThat(now(training).approvedAt()).isPresent();
    }

    @Test
    void aTrainingInDoubtIsTakenUpAndStillCountsAsPaid() {
        Training training = waiting("cats");
        assertThat(ledger.orders().trainAgain(training.datasetId(), 1, PRICE)).isFalse();
        intend(training);
        assertThat(ledger.orders().trainAgain(training.datasetId(), 1, PRICE)).as("its request may be under way").isFalse();
        ledger.trainings().inDoubt(training, "no answer");
        assertThat(ledger.orders().trainAgain(training.datasetId(), 1, PRICE)).as("it was not looked for").isFalse();
        ledger.doubts().notFound(ledger.doubts().of(training.datasetId()).get(0));
        assertThat(ledger.orders().trainAgain(training.datasetId(), 1, PRICE)).isTrue();
        assertThat(ledger.orders().trainAgain(training.datasetId(), 1, PRICE)).isFalse();
        assertThat(now(training).state()).isEqualTo(TrainingState.WAITING);
        assertThat(now(training).approvedAt()).contains(clock.instant());
        assertThat(ledger.doubts().of(training.datasetId())).isEmpty();
        assertThat(ledger.trainings().intendedToday()).isOne();
        assertThat(history("cats").get(0)).contains("doubt", "40 US dollars");
    }

    @Test
    void aBatchInDoubtIsReleasedWithItsImages() {
        Asset image = image("cats/tom.jpg", "tom");
        Batch batch = send("cats").batch();
        assertThat(ledger.orders().sendAgain(batch.datasetId())).isEmpty();
        ledger.batches().inDoubt(batch, "no answer");
        assertThat(ledger.orders().sendAgain(batch.datasetId())).map(Batch::id).contains(batch.id());
        assertThat(ledger.orders().sendAgain(batch.datasetId())).isEmpty();
        assertThat(now(batch).state()).isEqualTo(BatchState.RELEASED);
        assertThat(now(image).state()).isEqualTo(AssetState.ACCEPTED);
        assertThat(ledger.doubts().of(batch.datasetId())).isEmpty();
        assertThat(claim("cats").images()).extracting(Asset::id).containsExactly(image.id());
    }

    @Test
    void aCreationInDoubtMayBeTriedAgain() {
        Dataset cats = dataset("cats");
        ledger.datasets().intend(cats);
        assertThat(ledger.orders().createAgain(cats.id())).isFalse();
        ledger.datasets().creationInDoubt(cats, "no answer");
        assertThat(ledger.orders().createAgain(cats.id())).isTrue();
        assertThat(ledger.orders().createAgain(cats.id())).isFalse();
        assertThat(dataset("cats").state()).isEqualTo(DatasetState.NEW);
        assertThat(ledger.doubts().of(cats.id())).isEmpty();
        assertThat(ledger.datasets().intend(cats)).isTrue();
    }

    @Test
    void pausesEndAtAPersonsWord() {
        Dataset cats = dataset("cats");
        assertThat(ledger.orders().goOn(cats.id())).isFalse();
        ledger.datasets().troubled(cats.id(), "no connection", clock.instant().plus(DAY));
        assertThat(ledger.orders().goOn(cats.id())).isTrue();
        assertThat(dataset("cats")).isEqualTo(cats);
        Training training = waiting("cats");
        intend(training);
        ledger.trainings().notStarted(training, "402", Optional.of(clock.instant().plus(DAY)));
        assertThat(ledger.orders().goOn(cats.id())).isTrue();
        assertThat(now(training).retryAt()).isEmpty();
        assertThat(ledger.orders().goOn(cats.id())).isFalse();
    }

    @Test
    void whatWasSetAsideArrivesAgainFromWhereItLies() {
        Asset aside = unusable("cats/tom.jpg", "tom");
        caption("cats/tim.txt", "no image");
        assertThat(ledger.aside().of(aside.datasetId())).containsExactly(now(aside));
        Asset again = again(aside, "tom", Optional.empty()).orElseThrow();
        assertThat(again.state()).isEqualTo(AssetState.ARRIVING);
        assertThat(again.becomes()).isEqualTo(AssetState.ACCEPTED);
        assertThat(again.movingFrom()).contains(aside.target());
        assertThat(again.target()).startsWith("pending/");
        assertThat(again.reason()).isEmpty();
        assertThat(again.sentName()).contains("tom.jpg");
        assertThat(ledger.assets().arrivingFrom("cats/tom.jpg")).as("it does not come from the inbox").isEmpty();
        assertThat(again(aside, "tom", Optional.empty())).as("once").isEmpty();
        assertThat(rest(again).state()).isEqualTo(AssetState.ACCEPTED);
        assertThat(ledger.aside().of(aside.datasetId())).isEmpty();
        assertThat(ledger.assets().tally(aside.datasetId())).isEqualTo(new Tally(Map.of(AssetState.ACCEPTED, 1)));
    }

    @Test
    void twoFilesOfOnePlaceMayArriveAgainTogether() {
        Asset one = unusable("cats/tom.jpg", "one");
        Asset two = unusable("cats/tom.jpg", "two");
        Asset dropped = arrive("cats/tom.jpg", "three");
        assertThat(again(one, "one", Optional.empty())).isPresent();
        assertThat(again(two, "two", Optional.empty())).isPresent();
        assertThat(ledger.assets().arrivingFrom("cats/tom.jpg")).contains(dropped);
    }

    @Test
    void whatComesAgainIsJudgedByTheRulesForAllThatArrives() {
        Asset copy = unusable("cats/copy.jpg", "tom");
        Asset still = unusable("cats/still.jpg", "still");
        image("cats/tom.jpg", "tom");
        Asset duplicate = again(copy, "tom", Optional.empty()).orElseThrow();
        assertThat(duplicate.becomes()).isEqualTo(AssetState.DUPLICATE);
        assertThat(rest(duplicate).firstId()).isPresent();
        Asset stays = again(still, "still", Optional.of("another reason")).orElseThrow();
        assertThat(stays.state()).isEqualTo(AssetState.REJECTED);
        assertThat(stays.target()).isEqualTo(still.target());
        assertThat(stays.reason()).contains("another reason");
        Asset full = ledger.aside().arriveAgain(stays, arrival(AssetKind.IMAGE, "cats/still.jpg", "still", Optional.empty()),
            1, FULL, TARGETS).orElseThrow();
        assertThat(full.reason()).contains(FULL);
        upload("cats");
        assertThat(ledger.assets().tally(copy.datasetId()))
            .isEqualTo(new Tally(Map.of(AssetState.UPLOADED, 1, AssetState.DUPLICATE, 1, AssetState.REJECTED, 1)));
    }

    private Optional<Asset> again(Asset asset, String content, Optional<String> reason) {
        return ledger.aside().arriveAgain(asset, arrival(AssetKind.IMAGE, asset.source(), content, reason), LIMIT, FULL, TARGETS);
    }

    private boolean approve(Dataset dataset) {
        return ledger.orders().approve(dataset.id(), PRICE);
    }

    private boolean want(Dataset dataset, int run) {
        return ledger.orders().want(dataset, run, "model of " + dataset.name(), 2, PRICE);
    }
}
