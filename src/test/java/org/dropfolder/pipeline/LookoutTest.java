package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.dropfolder.TestClock;
import org.dropfolder.store.FolderStore;
import org.dropfolder.store.InboxWatcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the inbox is looked through, by a clock that stands until it is moved. */
class LookoutTest {
    private static final Duration SCAN = Duration.ofMillis(100);
    private static final Duration SETTLE = Duration.ofSeconds(1);
    private static final Lookout.Pace PACE = new Lookout.Pace(SCAN, Duration.ofSeconds(5), Duration.ofMinutes(1));
    private static final int MANY = 500;

    private final TestClock clock = TestClock.of2000();
    private final AtomicReference<Duration> alarm = new AtomicReference<>(Duration.ZERO);
    @TempDir
    private Path inbox;
    private Stillness stillness;
    private InboxWatcher watcher;
    private Lookout lookout;

    @BeforeEach
    void start() {
        stillness = new Stillness(new FolderStore(inbox, Path.of("none")), SETTLE, Duration.ofMinutes(2), clock);
        watcher = new InboxWatcher(inbox);
        begin(new Lookout(PACE, stillness, Optional.empty(), clock));
    }

    private void begin(Lookout made) {
        lookout = made;
        lookout.start(alarm::set);
    }

    @AfterEach
    void close() {
        watcher.close();
    }

    @Test
    void looksAtOnceAfterTheStart() {
        assertThat(untilNextLook()).isZero();
    }

    @Test
    void doublesThePauseWhileNothingHappensUpToFiveSeconds() throws IOException {
        assertThat(pauses(8)).containsExactly(200L, 400L, 800L, 1600L, 3200L, 5000L, 5000L, 5000L);
    }

    @Test
    void doublesItUpToAMinuteWhereTheSystemTellsOfChanges() throws IOException {
        watch();

        assertThat(pauses(12)).containsExactly(200L, 400L, 800L, 1600L, 3200L, 6400L, 12800L, 25600L, 51200L, 60000L, 60000L, 60000L);
    }

    @Test
    void doublesItUpToFiveSecondsWhereTheSystemTellsNothingAnyMore() throws IOException {
        watch();
        watcher.close();
        await().until(() -> watcher.blind().isPresent());

        assertThat(pauses(7)).endsWith(3200L, 5000L, 5000L);
    }

    @Test
    void looksSoonAgainAfterALookThatFoundSomething() throws IOException {
        pauses(4);

        look(3);

        assertThat(untilNextLook()).isEqualTo(SCAN);
    }

    @Test
    void looksSoonAgainWhileAFileMaySoonStandStillAndJustWhenItMay() throws IOException {
        watch();
        pauses(12);
        Files.writeString(inbox.resolve("a.jpg"), "some bytes");
        await().until(() -> alarm.get().equals(SCAN));
        look(0);
        Instant seen = clock.instant();

        List<Duration> looks = new ArrayList<>();
        while (clock.instant().isBefore(seen.plus(SETTLE))) {
            look(0);
            looks.add(Duration.between(seen, clock.instant()));
        }

        assertThat(looks).hasSizeBetween(5, 10).last().isEqualTo(SETTLE);
    }

    @Test
    void looksForADroppedFileLongBeforeThePauseIsOver() throws IOException {
        watch();
        pauses(12);
        assertThat(alarm.get()).isEqualTo(Duration.ofMinutes(1));
        clock.pass(SCAN);
        assertThat(lookout.begins()).isFalse();

        Files.writeString(inbox.resolve("a.jpg"), "some bytes");

        await().until(lookout::begins);
        assertThat(alarm.get()).isZero();
    }

    @Test
    void findsADroppedFileByItselfWhereTheSystemTellsNothing() throws IOException {
        pauses(8);
        Files.writeString(inbox.resolve("a.jpg"), "some bytes");

        look(0);

        assertThat(stillness.settling()).isTrue();
        assertThat(alarm.get()).isEqualTo(SCAN);
    }

    @Test
    void looksForItNoSoonerThanItsShortestPauseAfterALook() throws IOException {
        watch();
        pauses(12);

        Files.writeString(inbox.resolve("a.jpg"), "some bytes");

        await().until(() -> alarm.get().equals(SCAN));
        assertThat(lookout.begins()).isFalse();
        assertThat(untilNextLook()).isEqualTo(SCAN);
    }

    @Test
    void looksSoonAgainWhereSomethingChangedDuringALook() throws Exception {
        watch();
        pauses(12);
        untilNextLook();
        CountDownLatch told = new CountDownLatch(1);
        try (InboxWatcher other = new InboxWatcher(inbox)) {
            other.listen(told::countDown);
            other.lookBegins();
            Files.writeString(inbox.resolve("a.jpg"), "some bytes");
            told.await();
        }

        // it saw nothing of that
        lookout.ended(0);

        await().until(() -> alarm.get().equals(SCAN));
    }

    @Test
    void looksWhenAnotherFolderIsTheInbox() throws IOException {
        Path there = Files.createDirectory(inbox.resolve("inbox"));
        watcher = new InboxWatcher(there);
        watch();
        pauses(12);

        Files.delete(there);

        assertThat(lookout.begins()).isTrue();
    }

    @Test
    void anIdleInboxOfManyFoldersIsLookedThroughOnceAMinute() throws IOException {
        for (int i = 0; i < MANY; i++) {
            Files.createDirectory(inbox.resolve("set " + i));
        }
        watch();
        pauses(12);
        Instant end = clock.instant().plus(Duration.ofHours(1));

        int looks = 0;
        while (clock.instant().isBefore(end)) {
            look(0);
            looks++;
        }

        assertThat(looks).isEqualTo(60);
    }

    @Test
    void looksThroughALargeInboxMoreSeldomWhereTheSystemTellsOfChanges() throws IOException {
        watch();
        pauses(12);

        untilNextLook();
        clock.pass(Duration.ofMillis(400));
        lookout.ended(0);
        assertThat(alarm.get()).isEqualTo(Duration.ofMinutes(2));
        untilNextLook();
        clock.pass(Duration.ofMillis(400));
        lookout.ended(0);
        assertThat(alarm.get()).isEqualTo(Duration.ofSeconds(200));

        untilNextLook();
        clock.pass(Duration.ofMinutes(1));
        lookout.ended(0);
        untilNextLook();
        clock.pass(Duration.ofMinutes(1));
        lookout.ended(0);
        assertThat(alarm.get()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void keepsToALongerPauseThatWasSet() throws IOException {
        Duration longPause = Duration.ofMinutes(2);
        begin(new Lookout(new Lookout.Pace(longPause, Duration.ofSeconds(5), Duration.ofMinutes(1)), stillness, Optional.empty(), clock));

        assertThat(pauses(3)).containsOnly(longPause.toMillis());
    }

    @Test
    void looksSoonAgainAfterALookThatFailed() throws IOException {
        pauses(6);
        untilNextLook();

        lookout.failed();

        assertThat(untilNextLook()).isEqualTo(SCAN);
    }

    /** Else the inbox would stand still for as long as the clock was wrong. */
    @Test
    void looksWhenTheClockWasSetBack() throws IOException {
        pauses(2);
        clock.pass(Duration.ofHours(-1));

        assertThat(lookout.begins()).isTrue();
    }

    private void watch() throws IOException {
        begin(new Lookout(PACE, stillness, Optional.of(watcher), clock));
        look(0);
        look(1);
        assumeThat(watcher.blind()).isEmpty();
    }

    /** After so many looks that found nothing, in milliseconds. */
    private List<Long> pauses(int looks) throws IOException {
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < looks; i++) {
            look(0);
            pauses.add(alarm.get().toMillis());
        }
        return pauses;
    }

    /** As the endpoint looks: at each folder and file. */
    private void look(int found) throws IOException {
        untilNextLook();
        try (Stream<Path> all = Files.walk(inbox)) {
            all.filter(path -> !path.equals(inbox)).forEach(this::meet);
        }
        lookout.ended(found);
    }

    private void meet(Path path) {
        String location = inbox.relativize(path).toString();
        if (Files.isDirectory(path)) {
            lookout.enters(location);
        } else {
            stillness.still(location);
        }
    }

    /** The alarm wakes neither too soon nor too late. */
    private Duration untilNextLook() {
        Duration pause = alarm.getAndSet(Duration.ZERO);
        if (!pause.isZero()) {
            clock.pass(pause.minusMillis(1));
            assertThat(lookout.begins()).isFalse();
            clock.pass(Duration.ofMillis(1));
        }
        assertThat(lookout.begins()).isTrue();
        return pause;
    }
}
