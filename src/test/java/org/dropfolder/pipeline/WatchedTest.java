package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.dropfolder.pipeline.Watched.Phase;
import org.dropfolder.pipeline.Watched.Watch;
import org.dropfolder.store.Dropped;
import org.junit.jupiter.api.Test;

class WatchedTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final Watched watched = new Watched();

    @Test
    void knowsByFolderWhatWasNotOffered() {
        watched.put(watch("cats/tom.jpg", Phase.SETTLING));
        watched.put(watch("dogs/rex.jpg", Phase.UNFINISHED));
        watched.put(watch("beside.jpg", Phase.SETTLING));

        assertThat(watched.unoffered("cats"::equals)).containsExactly(watch("cats/tom.jpg", Phase.SETTLING));
        assertThat(watched.unoffered(String::isEmpty)).containsExactly(watch("beside.jpg", Phase.SETTLING));
        assertThat(watched.unoffered(any -> true)).hasSize(3);

        watched.put(watch("cats/tom.jpg", Phase.OFFERED));

        assertThat(watched.unoffered("cats"::equals)).isEmpty();
        assertThat(watched.of("cats/tom.jpg")).contains(watch("cats/tom.jpg", Phase.OFFERED));
    }

    @Test
    void whatMadeRoomIsKnownNoMore() {
        IntStream.range(0, Watched.MOST).forEach(i -> watched.put(watch("cats/" + i + ".jpg", Phase.SETTLING)));
        Watch next = watch("dogs/rex.jpg", Phase.SETTLING);
        watched.put(next);
        assertThat(watched.of("dogs/rex.jpg")).as("all others were seen lately").isEmpty();

        watched.put(next.seenAt(NOW.plus(Watched.FORGOTTEN).plus(Duration.ofMillis(1))));

        assertThat(watched.of("dogs/rex.jpg")).isPresent();
        assertThat(watched.of("cats/0.jpg")).isEmpty();
        assertThat(watched.unoffered("cats"::equals)).hasSize(Watched.MOST - 1).noneMatch(watch -> watch.file().source().equals("cats/0.jpg"));
    }

    private static Watch watch(String source, Phase phase) {
        return new Watch(new Dropped(source, 1, NOW), NOW, NOW, NOW, Duration.ofSeconds(1), phase);
    }
}
