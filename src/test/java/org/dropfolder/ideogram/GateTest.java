package org.dropfolder.ideogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTest {

    private static final Duration POLL = Duration.ofMillis(2);

    private final SetClock clock = new SetClock();

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 1", "4, 2", "8, 6"})
    void uploadsLeaveTwoPlacesToOthers(int inFlight, int uploads) throws Exception {
        Gate gate = new Gate(inFlight, clock);
        for (int upload = 0; upload < uploads; upload++) {
            gate.enter(true);
        }

        Waiting oneMore = new Waiting(gate, true);

        for (int other = uploads; other < inFlight; other++) {
            gate.enter(false);
        }
        assertThat(gate.inFlight()).isEqualTo(inFlight);
        oneMore.stop();
    }

    @Test
    void givesAPlaceBackOnceHoweverOftenItsPassIsClosed() throws Exception {
        Gate gate = new Gate(2, clock);
        Gate.Pass pass = gate.enter(true);
        Gate.Pass other = gate.enter(false);

        pass.close();
        pass.close();

        assertThat(gate.inFlight()).isEqualTo(1);
        other.close();
        assertThat(gate.inFlight()).isZero();
        assertThat(gate.places()).isEqualTo(2);
    }

    @Test
    void refusesEverybodyWhilePaused() throws Exception {
        Gate gate = new Gate(2, clock);
        gate.closeFor(Duration.ofSeconds(30));
        gate.closeFor(Duration.ofSeconds(10));
        clock.now = clock.now.plusSeconds(12);

        for (boolean upload : List.of(true, false)) {
            assertThatExceptionOfType(ApiException.class).isThrownBy(() -> gate.enter(upload)).satisfies(refused -> {
                assertThat(refused.status()).isEqualTo(429);
                assertThat(refused.retryAfter()).contains(Duration.ofSeconds(18));
                assertThat(Failure.of(refused).repeatsEffect()).isTrue();
            });
        }
        assertThat(gate.inFlight()).isZero();

        clock.now = clock.now.plusSeconds(18);
        gate.enter(true).close();
        assertThat(gate.closedUntil()).isEqualTo(clock.now);
    }

    @Test
    void refusesThoseThatWaitedWhenThePauseBegan() throws Exception {
        Gate gate = new Gate(1, clock);
        Gate.Pass first = gate.enter(false);
        Waiting second = new Waiting(gate, true);

        gate.closeFor(Duration.ofSeconds(5));
        first.close();

        assertThat(second.failure()).isInstanceOf(ApiException.class);
        assertThat(gate.inFlight()).isZero();
        clock.now = clock.now.plusSeconds(5);
        gate.enter(true).close();
    }

    @Test
    void stopsWaitingWhenInterruptedAndNothingHappened() throws Exception {
        Gate gate = new Gate(1, clock);
        Gate.Pass first = gate.enter(true);
        Waiting general = new Waiting(gate, false);
        Waiting upload = new Waiting(gate, true);

        for (Waiting waiting : List.of(general, upload)) {
            Throwable failure = waiting.stop();
            assertThat(failure).isInstanceOf(NotSentException.class);
            assertThat(Failure.of(failure).kind()).isEqualTo(Failure.Kind.DID_NOT_HAPPEN);
        }
        first.close();
        gate.enter(true).close();
        assertThat(gate.inFlight()).isZero();
    }

    @Test
    void givesAnUploadsPlaceBackWhenItIsStoppedWaitingForAGeneralOne() throws Exception {
        Gate gate = new Gate(1, clock);
        Gate.Pass other = gate.enter(false);

        new Waiting(gate, true).stop();

        other.close();
        gate.enter(true).close();
        assertThat(gate.inFlight()).isZero();
    }

    @Test
    void servesThoseWhoWaitInTheirOrder() throws Exception {
        Gate gate = new Gate(1, clock);
        Gate.Pass first = gate.enter(false);
        List<Waiting> queue = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            queue.add(new Waiting(gate, false));
        }

        first.close();
        for (Waiting next : queue) {
            next.pass().close();
        }
        assertThat(gate.inFlight()).isZero();
    }

    @Test
    void needsAtLeastOnePlace() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Gate(0, clock));
    }

    /** A thread that stands at the gate. */
    private static final class Waiting {

        private final CompletableFuture<Gate.Pass> outcome = new CompletableFuture<>();
        private final AtomicReference<Boolean> stillInterrupted = new AtomicReference<>(false);
        private final Thread thread;

        Waiting(Gate gate, boolean upload) {
            thread = new Thread(() -> {
                try {
                    outcome.complete(gate.enter(upload));
                } catch (IOException refused) {
                    stillInterrupted.set(Thread.currentThread().isInterrupted());
                    outcome.completeExceptionally(refused);
                }
            });
            thread.start();
            await().pollInterval(POLL).until(() -> thread.getState() == Thread.State.WAITING);
        }

        Gate.Pass pass() {
            await().pollInterval(POLL).until(outcome::isDone);
            return outcome.join();
        }

        Throwable failure() {
            await().pollInterval(POLL).until(outcome::isCompletedExceptionally);
            return outcome.handle((pass, failure) -> failure).join();
        }

        Throwable stop() {
            thread.interrupt();
            Throwable failure = failure();
            assertThat(stillInterrupted).hasValue(true);
            return failure;
        }
    }

    private static final class SetClock extends Clock {

        private Instant now = Instant.parse("2026-11-20T08:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
