package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.dropfolder.TestClock;
import org.junit.jupiter.api.Test;

class BatcherTest {
    private static final Duration WAIT = Duration.ofSeconds(5);

    private final TestClock clock = new TestClock();
    private final List<Duration> woken = new ArrayList<>();
    private final Batcher batcher = new Batcher(new BatchLimits(WAIT, 3, 1_000, "files"), woken::add, clock);

    @Test
    void gathersWhatComesForADataset() {
        Gathering first = batcher.gather(null, new Accepted("cats", 10));
        assertThat(first).isEqualTo(new Gathering("cats", 1, 10, clock.instant()));
        clock.pass(WAIT);
        assertThat(batcher.gather(first, new Accepted("cats", 5)))
            .isEqualTo(new Gathering("cats", 2, 15, first.since()));
    }

    @Test
    void wakesWhoeverGathersWhenTheDatasetIsQuiet() {
        batcher.gather(null, new Accepted("cats", 10));

        assertThat(woken).singleElement().satisfies(after -> assertThat(after).isBetween(WAIT, WAIT.plusMillis(50)));
    }

    @Test
    void isFullByCount() {
        assertThat(batcher.full(gathering(2, 0))).isFalse();
        assertThat(batcher.full(gathering(3, 0))).isTrue();
    }

    @Test
    void isFullByBytes() {
        assertThat(batcher.full(gathering(1, 999))).isFalse();
        assertThat(batcher.full(gathering(1, 1_000))).isTrue();
    }

    @Test
    void cutsADripOff() {
        Gathering gathering = gathering(1, 1);
        clock.pass(WAIT.multipliedBy(12).minusMillis(1));
        assertThat(batcher.full(gathering)).isFalse();
        clock.pass(Duration.ofMillis(1));
        assertThat(batcher.full(gathering)).isTrue();
    }

    private Gathering gathering(int images, long bytes) {
        return new Gathering("cats", images, bytes, clock.instant());
    }
}
