package org.dropfolder.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.dropfolder.TestClock;
import org.dropfolder.pipeline.Stillness;
import org.dropfolder.store.FolderStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The endpoint asks every 100 ms, as it is set here; the pace says when it may look. */
class InboxPaceTest {
    private static final Duration SCAN = Duration.ofMillis(100);

    private final TestClock clock = TestClock.of2000();

    @TempDir
    private Path inbox;

    private Stillness stillness;
    private InboxPace pace;

    @BeforeEach
    void start() {
        stillness = new Stillness(new FolderStore(inbox, Path.of("none")), Duration.ofSeconds(1), Duration.ofMinutes(2), clock);
        pace = new InboxPace(SCAN, Duration.ofSeconds(5), stillness, clock);
    }

    @Test
    void looksAtOnceAfterTheStart() {
        assertThat(mayLook()).isTrue();
    }

    @Test
    void doublesThePauseWhileNothingHappensUpToFiveSeconds() {
        List<Duration> pauses = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            look(0);
            pauses.add(untilNextLook());
        }

        assertThat(pauses.stream().map(Duration::toMillis)).containsExactly(200L, 400L, 800L, 1600L, 3200L, 5000L, 5000L, 5000L);
    }

    @Test
    void looksSoonAgainAfterALookThatFoundSomething() {
        look(0);
        look(0);
        look(3);

        assertThat(untilNextLook()).isEqualTo(SCAN);
    }

    @Test
    void looksSoonAgainWhileAFileMaySoonStandStill() throws IOException {
        Files.writeString(Files.createDirectory(inbox.resolve("cats")).resolve("a.jpg"), "some bytes");
        look(0);
        look(0);
        stillness.still("cats/a.jpg");
        look(0);

        assertThat(untilNextLook()).isEqualTo(SCAN);
    }

    @Test
    void keepsToALongerPauseThatWasSet() {
        Duration minute = Duration.ofMinutes(1);
        InboxPace slow = new InboxPace(minute, Duration.ofSeconds(5), stillness, clock);
        slow.commit(null, null, 0);
        slow.commit(null, null, 0);

        clock.pass(minute.minusMillis(1));

        assertThat(slow.begin(null, null)).isTrue();
    }

    /** Else the inbox would stand still for as long as the clock was wrong. */
    @Test
    void looksWhenTheClockWasSetBack() {
        look(0);
        clock.pass(Duration.ofHours(-1));

        assertThat(mayLook()).isTrue();
    }

    private void look(int found) {
        pace.commit(null, null, found);
    }

    private boolean mayLook() {
        return pace.begin(null, null);
    }

    /** As the endpoint finds out: the look begins with the first of its questions that is answered with yes. */
    private Duration untilNextLook() {
        Duration waited = Duration.ZERO;
        do {
            clock.pass(SCAN);
            waited = waited.plus(SCAN);
        } while (!mayLook());
        return waited;
    }
}
