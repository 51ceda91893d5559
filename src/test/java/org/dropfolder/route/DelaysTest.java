package org.dropfolder.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class DelaysTest {
    private static final int MANY = 10_000;

    private final Delays delays = new Delays();
    private final AtomicInteger woken = new AtomicInteger();

    @AfterEach
    void stop() {
        delays.shutdownNow();
    }

    @Test
    void wakesWhatSleptForLongEnough() {
        delays.schedule(woken::incrementAndGet, 1, TimeUnit.HOURS);
        delays.schedule((Runnable) woken::incrementAndGet, 5, TimeUnit.MILLISECONDS);

        await().until(() -> woken.get() == 1);
        assertThat(delays.getQueue()).hasSize(1);
    }

    @Test
    void letsAnyNumberSleepOnEightThreads() {
        sleepLong(MANY);

        assertThat(delays.getQueue()).hasSize(MANY);
        assertThat(delays.getPoolSize()).isLessThanOrEqualTo(8);
    }

    @Test
    void keepsNoProgramAlive() {
        AtomicInteger daemons = new AtomicInteger();
        delays.schedule((Runnable) () -> daemons.addAndGet(Thread.currentThread().isDaemon() ? 1 : -1), 0, TimeUnit.SECONDS);

        await().until(() -> daemons.get() == 1);
    }

    @Test
    void wakesAllAtOnce() {
        sleepLong(MANY);

        delays.wakeAll();

        assertThat(woken).hasValue(MANY);
        assertThat(delays.getQueue()).isEmpty();
    }

    @Test
    void letsNothingSleepAnyMoreOnceAllWereWoken() {
        delays.wakeAll();

        sleepLong(3);

        await().until(() -> woken.get() == 3);
    }

    @Test
    void wakesEachSleeperOnce() throws Exception {
        ScheduledFuture<?> early = delays.schedule((Runnable) woken::incrementAndGet, 0, TimeUnit.SECONDS);
        early.get();
        sleepLong(1);

        delays.wakeAll();
        delays.wakeAll();

        assertThat(woken).hasValue(2);
    }

    /** Else it would keep a shutdown waiting for as long as it sleeps. A race, so it is run more than once. */
    @RepeatedTest(100)
    void forgetsNoSleeperThatComesWhileAllAreWoken() throws Exception {
        Thread sleepers = new Thread(() -> sleepLong(MANY / 10));
        sleepers.start();
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofNanos(1_000)).until(() -> delays.getQueue().size() > MANY / 100);

        delays.wakeAll();
        sleepers.join();

        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> woken.get() == MANY / 10);
    }

    private void sleepLong(int sleepers) {
        for (int i = 0; i < sleepers; i++) {
            delays.schedule((Runnable) woken::incrementAndGet, 1, TimeUnit.HOURS);
        }
    }
}
