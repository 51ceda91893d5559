package org.dropfolder.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the ledger promises of what whoever wants to know is told. */
abstract class NoticesContract extends OrdersContract {
    private static final int MANY = 100;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void aTrainingIsToldFromTheQuestionWhetherItMayStartToItsModel() {
        Training training = waiting("cats");
        ledger.orders().ask(training, "Waiting for approval");
        assertThat(now(training).trouble()).contains("Waiting for approval");
        clock.pass(MINUTE);
        ledger.orders().ask(training, "Waiting for approval, still");
        intend(training);
        ledger.trainings().started(training, "model-1", Optional.of("QUEUED"), clock.instant());
        showed(training, TrainingState.RUNNING, Optional.empty());
        showed(training, TrainingState.COMPLETED, Optional.empty());
        assertThat(told()).containsExactly("training.waiting_for_approval", "training.started");
        showed(training, TrainingState.COMPLETED, Optional.of("model/cats/version/1"));
        showed(training, TrainingState.COMPLETED, Optional.of("model/cats/version/1"));
        List<Notice> last = allClaimed();
        assertThat(last).singleElement().satisfies(notice -> {
            assertThat(notice.type()).isEqualTo("training.completed");
            assertThat(notice.datasetId()).contains(training.datasetId());
            assertThat(notice.at()).isEqualTo(now(training).endedAt().orElseThrow());
            assertThat(notice.data()).contains("\"model_id\":\"model-1\"", "\"custom_model_uri\":\"model/cats/version/1\"", "\"images\":15",
                "\"price\":\"40\"", "\"ended\":\"" + notice.at().toString().substring(0, 19));
        });
    }

    @Test
    void aModelThatShowsLateIsToldAsOfThen() {
        Training training = running("cats");
        showed(training, TrainingState.COMPLETED, Optional.empty());
        clock.pass(Duration.ofHours(30));
        Instant shown = clock.instant();
        showed(training, TrainingState.COMPLETED, Optional.of("model/cats/version/1"));
        clock.pass(MINUTE);
        showed(training, TrainingState.COMPLETED, Optional.of("model/cats/version/1"));
        allClaimed();
        assertThat(allClaimed()).singleElement().satisfies(notice -> assertThat(notice.at()).isEqualTo(shown));
        assertThat(now(training).endedAt()).contains(shown.minus(Duration.ofHours(30)));
    }

    @Test
    void theDayCountsFromTheFirstTryAndAnewBehindWhatPeopleAddedAndAfterAStart() {
        running("cats");
        clock.pass(Duration.ofDays(3));
        Instant first = clock.instant();
        Notice notice = ledger.notices().claim(MANY).get(0);
        assertThat(notice.firstTry()).isEqualTo(first);
        ledger.notices().failed(notice, "no answer", false, first);
        clock.pass(MINUTE);
        Notice second = ledger.notices().claim(MANY).get(0);
        assertThat(second.firstTry()).isEqualTo(first);
        assertThat(ledger.notices().passed(second)).hasValueSatisfying(passed -> {
            assertThat(passed.firstTry()).isEqualTo(clock.instant());
            assertThat(passed.passedAt()).contains(clock.instant());
        });
        clock.pass(Duration.ofDays(3));
        try (Ledger next = open(newLease(), false)) {
            next.endClaimsOfOthers();
            assertThat(next.notices().claim(MANY).get(0).firstTry()).isEqualTo(clock.instant());
        }
    }

    @Test
    void aTrainingThatEndsWithoutAModelIsTold() {
        showed(running("cats"), TrainingState.FAILED, Optional.empty());
        showed(running("dogs"), TrainingState.GONE, Optional.empty());
        assertThat(told()).containsExactly("training.started", "training.started", "training.failed", "training.failed");
    }

    @Test
    void whatIsInDoubtIsToldAndOnceMoreWhenAPersonDecides() {
        doubtfulBatch("cats");
        assertThat(allClaimed()).singleElement().satisfies(notice -> {
            assertThat(notice.type()).isEqualTo("upload.in_doubt");
            assertThat(notice.data()).isEqualTo("{\"why\":\"no answer\",\"left_to_a_person\":false}");
        });
        Batch batch = ledger.batches().open(dataset("cats").id()).orElseThrow();
        ledger.batches().leaveToAPerson(batch, "it can't be known");
        ledger.batches().leaveToAPerson(batch, "it can't be known");
        assertThat(allClaimed()).singleElement()
            .satisfies(notice -> assertThat(notice.data()).isEqualTo("{\"why\":\"it can't be known\",\"left_to_a_person\":true}"));

        Training training = waiting("dogs");
        intend(training);
        ledger.trainings().inDoubt(training, "reset");
        ledger.datasets().intend(dataset("cows"));
        ledger.datasets().creationInDoubt(dataset("cows"), "no answer to it");
        assertThat(allClaimed()).satisfiesExactly(
            notice -> assertThat(notice.type()).isEqualTo("training.in_doubt"),
            notice -> assertThat(notice.data()).isEqualTo("{\"why\":\"no answer to it\",\"left_to_a_person\":false}"));
        ledger.trainings().leaveToAPerson(training, "sent three times");
        assertThat(allClaimed()).singleElement()
            .satisfies(notice -> assertThat(notice.data()).isEqualTo("{\"why\":\"sent three times\",\"left_to_a_person\":true}"));
    }

    @Test
    void whatOnlyAPersonCanTellFromTheBeginningIsToldOnce() {
        Training training = waiting("dogs");
        intend(training);
        ledger.trainings().leaveToAPerson(training, "it has no name");
        ledger.trainings().leaveToAPerson(training, "it has no name");
        assertThat(allClaimed()).singleElement().satisfies(notice -> {
            assertThat(notice.type()).isEqualTo("training.in_doubt");
            assertThat(notice.data()).isEqualTo("{\"why\":\"it has no name\",\"left_to_a_person\":true}");
        });
        assertThat(told()).isEmpty();
    }

    @Test
    void filesThatAreSetAsideAreGatheredForAMinuteWhicheverWayTheyWent() {
        unusable("cats/notes.jpg", "notes");
        Asset waiting = image("cats/tom.jpg", "tom");
        clock.pass(MINUTE.minusSeconds(1));
        ledger.assets().setAside(waiting, "it is \"gone\"", TARGETS).forEach(this::rest);
        assertThat(ledger.notices().claim(MANY)).isEmpty();
        clock.pass(Duration.ofSeconds(1));
        List<Notice> gathered = allClaimed();
        assertThat(gathered).singleElement().satisfies(notice -> assertThat(notice.data()).startsWith("{\"count\":2,\"files\":[")
            .contains("{\"file\":\"cats/notes.jpg\",\"reason\":", "{\"file\":\"cats/tom.jpg\",\"reason\":\"it is \\\"gone\\\"\"}"));

        unusable("cats/more.jpg", "more");
        clock.pass(MINUTE);
        assertThat(allClaimed()).singleElement().satisfies(notice -> assertThat(notice.data()).startsWith("{\"count\":1,"));
    }

    @Test
    void twentyOfManyFilesAreNamedAndAllAreCounted() {
        for (int i = 0; i < 45; i++) {
            unusable("cats/" + i + ".jpg", "content " + i);
        }
        clock.pass(MINUTE);
        assertThat(allClaimed()).singleElement().satisfies(notice -> assertThat(notice.data()).startsWith("{\"count\":45,")
            .contains("cats/19.jpg").doesNotContain("cats/20.jpg"));
    }

    @Test
    void whatIsToldNextDoesNotWaitForThatMinute() {
        unusable("cats/notes.jpg", "notes");
        clock.pass(Duration.ofSeconds(5));
        doubtfulBatch("cats");
        assertThat(told()).containsExactly("files.set_aside", "upload.in_doubt");
    }

    @Test
    void whatSomebodyIsTellingIsNotAddedTo() {
        unusable("cats/notes.jpg", "notes");
        clock.pass(MINUTE);
        Notice claimed = ledger.notices().claim(MANY).get(0);
        unusable("cats/more.jpg", "more");
        ledger.notices().failed(claimed, "no answer", false, clock.instant());
        clock.pass(MINUTE);
        assertThat(ledger.notices().claim(MANY)).singleElement().satisfies(again -> {
            assertThat(again.messageId()).isEqualTo(claimed.messageId());
            assertThat(again.data()).isEqualTo(claimed.data());
            assertThat(again.tries()).isEqualTo(2);
        });
    }

    @Test
    void aNoticeWaitsForTheOneBeforeOfItsDatasetAndForNoOther() {
        running("cats");
        doubtfulBatch("cats");
        running("dogs");
        List<Notice> first = ledger.notices().claim(MANY);
        assertThat(first).extracting(Notice::type).containsExactly("training.started", "training.started");
        assertThat(ledger.notices().claim(MANY)).isEmpty();
        Notice cats = first.get(0);
        ledger.notices().failed(cats, "no answer", false, clock.instant().plus(MINUTE));
        assertThat(ledger.notices().claim(MANY)).isEmpty();
        clock.pass(MINUTE);
        assertThat(ledger.notices().claim(MANY)).extracting(Notice::messageId).containsExactly(cats.messageId());
        assertThat(ledger.notices().waiting()).isEqualTo(3);
    }

    @Test
    void aNoticeIsToldByOneWhoeverElseWouldTellIt() throws Exception {
        running("cats");
        assertThat(atOnce(() -> ledger.notices().claim(MANY).size())).containsOnlyOnce(1);
        try (Ledger other = open(newLease(), false)) {
            assertThat(other.notices().claim(MANY)).isEmpty();
        }
    }

    @Test
    void whoseClaimRanOutChangesNothingAnyMore() {
        running("cats");
        Notice lost = ledger.notices().claim(MANY).get(0);
        clock.pass(LEASE.plusMillis(1));
        try (Ledger other = open(newLease(), false)) {
            Notice taken = other.notices().claim(MANY).get(0);
            assertThat(taken.messageId()).isEqualTo(lost.messageId());
            assertThat(ledger.notices().passed(lost)).isEmpty();
            ledger.notices().delivered(lost);
            assertThat(ledger.notices().giveUp(lost, "late")).isFalse();
            assertThat(ledger.notices().failed(lost, "late", false, clock.instant())).isFalse();
            assertThat(ledger.notices().waiting()).isOne();
            assertThat(other.notices().passed(taken)).isPresent();
            other.notices().failed(taken, "no answer", false, clock.instant());
            assertThat(other.notices().claim(MANY).get(0).passedAt()).as("it does not pass twice").isPresent();
        }
    }

    @Test
    void aClockThatIsSetBackKeepsNothingWaiting() {
        running("cats");
        ledger.notices().failed(ledger.notices().claim(MANY).get(0), "no answer", false, clock.instant().plus(Duration.ofHours(1)));
        clock.pass(MINUTE.negated());
        assertThat(ledger.notices().claim(MANY)).as("set right by a minute").isEmpty();
        clock.pass(Duration.ofDays(-30));
        Notice claimed = ledger.notices().claim(MANY).get(0);
        assertThat(claimed.firstTry()).isEqualTo(clock.instant());
        clock.pass(MINUTE.negated());
        assertThat(ledger.notices().claim(MANY)).as("somebody has it").isEmpty();
        clock.pass(Duration.ofDays(-30));
        assertThat(ledger.notices().claim(MANY)).extracting(Notice::messageId).containsExactly(claimed.messageId());
    }

    @Test
    void whatPeopleAddedIsPassedOverAndTheRestBegins() {
        running("cats");
        Notice notice = ledger.notices().claim(MANY).get(0);
        ledger.notices().failed(notice, "404", true, clock.instant());
        clock.pass(MINUTE);
        Notice again = ledger.notices().claim(MANY).get(0);
        assertThat(again.refusals()).isOne();
        assertThat(ledger.notices().passOver(again, "404")).isTrue();
        assertThat(ledger.notices().passOver(again, "404")).isFalse();
        clock.pass(MINUTE);
        Notice behind = ledger.notices().claim(MANY).get(0);
        assertThat(behind.passedAt()).contains(clock.instant().minus(MINUTE));
        assertThat(behind.firstTry()).isEqualTo(clock.instant());
        assertThat(behind.refusals()).isZero();
        ledger.notices().failed(behind, "404", true, clock.instant());
        ledger.notices().failed(ledger.notices().claim(MANY).get(0), "no answer", false, clock.instant());
        assertThat(ledger.notices().claim(MANY).get(0).refusals()).as("in a row").isZero();
    }

    @Test
    void aTryThatWeBrokeOffCountsAsNone() {
        running("cats");
        Notice notice = ledger.notices().claim(MANY).get(0);
        assertThat(ledger.notices().renew(notice)).isTrue();
        ledger.notices().release(notice);
        assertThat(ledger.notices().renew(notice)).isFalse();
        assertThat(ledger.notices().claim(MANY)).singleElement().satisfies(again -> assertThat(again.tries()).isOne());
    }

    @Test
    void theDeadTellNothing() {
        running("cats");
        Notice lost = ledger.notices().claim(MANY).get(0);
        try (Ledger next = open(newLease(), false)) {
            next.endClaimsOfOthers();
            assertThat(next.notices().claim(MANY)).extracting(Notice::messageId).containsExactly(lost.messageId());
        }
    }

    @Test
    void soManyAreClaimedAtATimeAndNoMore() {
        List.of("ants", "bees", "cats", "dogs").forEach(this::running);
        List<Notice> first = ledger.notices().claim(3);
        assertThat(first).hasSize(3);
        assertThat(ledger.notices().claim(3)).isEmpty();
        ledger.notices().delivered(first.get(1));
        assertThat(ledger.notices().claim(3)).hasSize(1);
    }

    @Test
    void aRefusedKeyIsToldOnceUntilOneIsTaken() {
        ledger.notices().keyAccepted("all is well");
        ledger.notices().keyRefused("401");
        ledger.notices().keyRefused("401");
        ledger.notices().keyAccepted("all goes on");
        ledger.notices().keyAccepted("all goes on");
        assertThat(told()).containsExactly(Notice.KEY_REFUSED, Notice.KEY_ACCEPTED);
        clock.pass(Duration.ofDays(30));
        ledger.notices().keyRefused("401");
        assertThat(told()).containsExactly(Notice.KEY_REFUSED);
        clock.pass(Duration.ofDays(30));
        ledger.notices().forgetOld();
        ledger.notices().keyRefused("401");
        assertThat(told()).as("a month later it is still the same").isEmpty();
    }

    @Test
    void whatHasEndedIsForgottenAfterAWeekAndWhatWaitsNever() {
        running("cats");
        running("dogs");
        ledger.notices().delivered(ledger.notices().claim(1).get(0));
        clock.pass(Duration.ofDays(7));
        ledger.notices().forgetOld();
        assertThat(kept()).isEqualTo(2);
        clock.pass(Duration.ofMillis(1));
        ledger.notices().forgetOld();
        assertThat(kept()).isOne();
        ledger.notices().giveUp(ledger.notices().claim(1).get(0), "no answer for a day");
        assertThat(ledger.notices().waiting()).isZero();
        assertThat(kept()).isOne();
    }

    private void showed(Training training, TrainingState state, Optional<String> uri) {
        ledger.looks().showed(now(training), state, state.name(), uri, Optional.<Instant>empty());
    }

    private int kept() {
        return ledger.read(h -> h.createQuery("SELECT count(*) FROM notice").mapTo(int.class).one());
    }

    /** Claims and delivers all that is due. */
    private List<Notice> allClaimed() {
        List<Notice> some = ledger.notices().claim(MANY);
        some.forEach(ledger.notices()::delivered);
        return some;
    }

    /** The types of all that can be told now, one after the other. */
    private List<String> told() {
        return Stream.generate(this::allClaimed).takeWhile(some -> !some.isEmpty()).flatMap(List::stream)
            .map(Notice::type).toList();
    }
}
