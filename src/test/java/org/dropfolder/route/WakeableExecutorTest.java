package org.dropfolder.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WakeableExecutorTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final WakeableExecutor executor = new WakeableExecutor("a thread");
    private final AtomicInteger runs = new AtomicInteger();

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    @Test
    void runsByItselfAsItsOwnerSays() {
        executor.scheduleWithFixedDelay(runs::incrementAndGet, 0, 1, TimeUnit.MILLISECONDS);

        await().until(() -> runs.get() > 2);
    }

    @Test
    void runsInBetweenWhenItIsAskedTo() {
        executor.scheduleWithFixedDelay(runs::incrementAndGet, 1, 1, TimeUnit.HOURS);

        executor.wakeIn(Duration.ZERO);

        await().until(() -> runs.get() == 1);
        executor.wakeIn(Duration.ofMillis(1));
        await().until(() -> runs.get() == 2);
    }

    @Test
    void remembersOnlyWhatItWasAskedForLast() {
        executor.scheduleWithFixedDelay(runs::incrementAndGet, 1, 1, TimeUnit.HOURS);
        for (int i = 0; i < 1_000; i++) {
            executor.wakeIn(HOUR);
        }

        assertThat(executor.getQueue()).hasSize(2);
    }

    @Test
    void isAskedInVainOnceItHasStopped() {
        executor.shutdownNow();

        executor.wakeIn(Duration.ZERO);

        assertThat(executor.getQueue()).isEmpty();
    }
}
