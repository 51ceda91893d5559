package org.dropfolder.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InboxLooksTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final InboxLooks looks = new InboxLooks();
    private final AtomicInteger polls = new AtomicInteger();

    @AfterEach
    void stop() {
        looks.shutdownNow();
    }

    @Test
    void pollsByItselfAsItsEndpointSays() {
        looks.scheduleWithFixedDelay(polls::incrementAndGet, 0, 1, TimeUnit.MILLISECONDS);

        await().until(() -> polls.get() > 2);
    }

    @Test
    void pollsInBetweenWhenItIsAskedTo() {
        looks.scheduleWithFixedDelay(polls::incrementAndGet, 1, 1, TimeUnit.HOURS);

        looks.pollIn(Duration.ZERO);

        await().until(() -> polls.get() == 1);
        looks.pollIn(Duration.ofMillis(1));
        await().until(() -> polls.get() == 2);
    }

    @Test
    void remembersOnlyWhatItWasAskedForLast() {
        looks.scheduleWithFixedDelay(polls::incrementAndGet, 1, 1, TimeUnit.HOURS);
        for (int i = 0; i < 1_000; i++) {
            looks.pollIn(HOUR);
        }

        assertThat(looks.getQueue()).hasSize(2);
    }

    @Test
    void isAskedInVainOnceItHasStopped() {
        looks.shutdownNow();

        looks.pollIn(Duration.ZERO);

        assertThat(looks.getQueue()).isEmpty();
    }
}
