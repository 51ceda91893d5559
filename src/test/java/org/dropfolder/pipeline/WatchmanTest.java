package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.dropfolder.TestClock;
import org.dropfolder.ledger.LedgerException;
import org.dropfolder.pipeline.Trouble.Of;
import org.junit.jupiter.api.Test;

class WatchmanTest {
    private final TestClock clock = new TestClock();
    private final Map<Of, String> wrong = new EnumMap<>(Of.class);
    private final Map<Of, Integer> looks = new EnumMap<>(Of.class);
    private final Watchman watchman = new Watchman(Stream.of(Of.values()).map(this::post).toList(), clock);

    @Test
    void seesNothingWhereNothingIs() {
        assertThat(watchman.look()).isFalse();
        assertThat(watchman.troubles()).isEmpty();
    }

    @Test
    void tellsATroubleOnceWhenItBeginsAndOnceWhenItEnds() {
        try (LogLines log = new LogLines(Watchman.class)) {
            wrong.put(Of.INBOX, "it is gone");
            for (int i = 0; i < 10; i++) {
                watchman.look();
                clock.pass(Duration.ofSeconds(5));
            }
            assertThat(log.containing("it is gone")).containsExactly("it is gone (/place/of/INBOX)");
            wrong.clear();
            watchman.look();
            watchman.look();
            assertThat(log.containing("The inbox can be used again")).hasSize(1);
        }
    }

    @Test
    void saysThatATroubleEndedOnceSoThatAllAreWokenOnce() {
        wrong.put(Of.DATA, "full");
        assertThat(watchman.look()).isFalse();
        wrong.clear();
        assertThat(watchman.look()).isTrue();
        assertThat(watchman.look()).isFalse();
    }

    @Test
    void looksSeldomAtWhatIsWellAndEachTimeAtWhatIsNot() {
        wrong.put(Of.KEY, "refused");
        watchman.look();
        clock.pass(Duration.ofSeconds(29));
        watchman.look();
        assertThat(looks).containsEntry(Of.KEY, 2).containsEntry(Of.LEDGER, 1);
        clock.pass(Duration.ofSeconds(1));
        watchman.look();
        assertThat(looks).containsEntry(Of.KEY, 3).containsEntry(Of.LEDGER, 2);
    }

    @Test
    void aTroubleKeepsItsBeginAndTellsItsNewestWords() {
        wrong.put(Of.DATA, "full");
        watchman.look();
        Trouble first = watchman.troubleOf(Of.DATA).orElseThrow();
        clock.pass(Duration.ofSeconds(5));
        wrong.put(Of.DATA, "read-only");
        watchman.look();
        assertThat(watchman.troubles()).containsExactly(new Trouble(Of.DATA, first.since(), "read-only"));
    }

    @Test
    void findsTheTroubleThatAFailureComesFromAtOnce() {
        wrong.putAll(Map.of(Of.KEY, "refused", Of.LEDGER, "locked", Of.INBOX, "gone"));
        assertThat(behind(Failures.answer(401))).contains(Of.KEY);
        assertThat(behind(new LedgerException("locked"))).contains(Of.LEDGER);
        assertThat(behind(new IOException("no such folder"))).contains(Of.INBOX);
    }

    @Test
    void aFailureOfItsOwnHasNoTroubleBehindIt() {
        wrong.putAll(Map.of(Of.KEY, "refused", Of.LEDGER, "locked", Of.INBOX, "gone", Of.DATA, "full"));
        for (Exception own : List.of(Failures.answer(500), Failures.answer(403), Failures.notSent(), new IllegalStateException())) {
            assertThat(watchman.behind(own)).isEmpty();
        }
        wrong.clear();
        clock.pass(Duration.ofMinutes(1));
        assertThat(watchman.behind(new IOException("this file alone"))).isEmpty();
    }

    @Test
    void manyFailuresAtATimeAreOneLook() {
        for (int i = 0; i < 100; i++) {
            watchman.behind(new IOException("this file alone"));
        }
        assertThat(looks).containsEntry(Of.DATA, 1);
        clock.pass(Duration.ofSeconds(1));
        watchman.behind(new IOException("this file alone"));
        assertThat(looks).containsEntry(Of.DATA, 2);
    }

    @Test
    void theNextLookSaysThatATroubleEndedWhichAFailingStepSawEnd() throws InterruptedException {
        Semaphore looking = new Semaphore(0);
        Semaphore answer = new Semaphore(0);
        Iterator<Optional<String>> answers = List.of(Optional.of("locked"), Optional.<String>empty()).iterator();
        Watchman two = new Watchman(List.of(new Watchman.Post(Of.LEDGER, "/place", () -> {
            looking.release();
            answer.acquireUninterruptibly();
            return answers.next();
        })), clock);
        Thread first = new Thread(() -> two.behind(new LedgerException("locked")));
        Thread second = new Thread(() -> two.behind(new LedgerException("locked")));
        first.start();
        looking.acquire();
        second.start();
        await().until(() -> second.getState() == Thread.State.BLOCKED);
        answer.release(2);
        first.join();
        second.join();

        assertThat(two.troubles()).isEmpty();
        assertThat(two.look()).isTrue();
        assertThat(two.look()).isFalse();
    }

    private Optional<Of> behind(Exception failure) {
        return watchman.behind(failure).map(Trouble::of);
    }

    private Watchman.Post post(Of of) {
        return new Watchman.Post(of, "/place/of/" + of.name(), () -> {
            looks.merge(of, 1, Integer::sum);
            return Optional.ofNullable(wrong.get(of));
        });
    }
}
