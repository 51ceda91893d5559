package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dropfolder.TestClock;
import org.dropfolder.store.Dropped;
import org.dropfolder.store.FolderStore;
import org.junit.jupiter.api.Test;

class StillnessTest {
    private static final Duration SETTLE = Duration.ofSeconds(1);
    private static final Duration UNFINISHED = Duration.ofMinutes(2);
    private static final Duration INSTANT = Duration.ofMillis(1);

    private static final String TOM = "cats/tom.jpg";

    private final TestClock clock = new TestClock();
    private final Stillness stillness = new Stillness(new FolderStore(Path.of("none"), Path.of("none")), SETTLE, UNFINISHED, clock);

    @Test
    void aFileIsStillOnceItStoodForTheWholeTime() {
        assertThat(look(1, 1)).isFalse();
        clock.pass(SETTLE.minus(INSTANT));
        assertThat(look(1, 1)).isFalse();
        clock.pass(INSTANT);
        assertThat(look(1, 1)).isTrue();
    }

    @Test
    void aLookThatTakesLongIsNoticedUntilItEnds() {
        assertThat(stillness.isBusy()).isFalse();
        stillness.lookBegins();
        clock.pass(Stillness.LONG_LOOK);
        assertThat(stillness.isBusy()).isFalse();
        clock.pass(INSTANT);
        assertThat(stillness.isBusy()).isTrue();
        stillness.lookEnds();
        assertThat(stillness.isBusy()).isFalse();
    }

    @Test
    void aGrowingFileIsNeverStill() {
        for (int size = 0; size < 100; size++) {
            assertThat(look(size, 1)).isFalse();
            clock.pass(SETTLE);
        }
    }

    @Test
    void aNewTimeBeginsTheWaitAnewEvenAtTheSameSize() {
        look(1, 1);
        clock.pass(SETTLE);
        assertThat(look(1, 2)).isFalse();
        clock.pass(SETTLE.minus(INSTANT));
        assertThat(look(1, 2)).isFalse();
        clock.pass(INSTANT);
        assertThat(look(1, 2)).isTrue();
    }

    @Test
    void aClockThatIsSetBackBeginsTheWaitAnewAndDoesNotStretchIt() {
        look(1, 1);
        clock.pass(Duration.ofHours(-1));
        assertThat(look(1, 1)).isFalse();
        clock.pass(SETTLE);
        assertThat(look(1, 1)).isTrue();
    }

    @Test
    void aFilesOwnTimeSaysNothing() {
        long longAgo = 0;
        assertThat(look(1, longAgo)).isFalse();
        clock.pass(SETTLE);
        assertThat(look(1, longAgo)).isTrue();
    }

    @Test
    void whatIsNotTakenIsOfferedAgainAfterAPauseThatDoubles() {
        look(1, 1);
        for (long seconds : List.of(1, 2, 4, 8, 16, 32, 60, 60, 60)) {
            clock.pass(Duration.ofSeconds(seconds).minus(INSTANT));
            assertThat(look(1, 1)).as("before %d s", seconds).isFalse();
            clock.pass(INSTANT);
            assertThat(look(1, 1)).as("after %d s", seconds).isTrue();
        }
        assertThat(look(2, 1)).isFalse();
        clock.pass(SETTLE);
        assertThat(look(2, 1)).as("a changed one begins anew").isTrue();
    }

    @Test
    void aFileIsNotStillWhileItsContentIsReplacedByOneOfTheSameSizeAndTime() {
        for (int change = 1; change < 10; change++) {
            assertThat(stillness.still(tom(1, 1, change))).isFalse();
            clock.pass(SETTLE);
        }
        assertThat(stillness.still(tom(1, 1, 9))).isTrue();
    }

    @Test
    void whatEndsTooEarlyIsOfferedOnceMoreAfterItStoodStillForLong() {
        look(1, 1);
        clock.pass(SETTLE);
        assertThat(look(1, 1)).isTrue();
        tellUnfinished(1);
        for (int i = 1; i < UNFINISHED.toSeconds(); i++) {
            assertThat(look(1, 1)).as("after %d s", i).isFalse();
            assertThat(stillness.endsHere(tom(1, 1, 1))).as("after %d s", i).isFalse();
            clock.pass(SETTLE);
        }
        assertThat(look(1, 1)).isTrue();
        assertThat(stillness.endsHere(tom(1, 1, 1))).isTrue();
    }

    @Test
    void whatEndsTooEarlyIsOfferedAgainEachTimeItGrewAndStandsStill() {
        for (int size = 1; size < 200; size++) {
            assertThat(look(size, 1)).as("it has %d bytes now", size).isFalse();
            clock.pass(SETTLE);
            assertThat(look(size, 1)).as("%d bytes stand still", size).isTrue();
            assertThat(stillness.endsHere(tom(size, 1, 1))).isFalse();
            tellUnfinished(size);
            clock.pass(SETTLE);
        }
    }

    @Test
    void whatGrewWhileItWasFoundToEndTooEarlyIsNotWaitedForThatLong() {
        look(1, 1);
        clock.pass(SETTLE);
        assertThat(look(1, 1)).isTrue();
        assertThat(look(2, 1)).isFalse();
        tellUnfinished(1);
        clock.pass(SETTLE);
        assertThat(look(2, 1)).isTrue();
    }

    @Test
    void whatEndsTooEarlyAndCantBeSetAsideIsOfferedAgainAfterPauses() {
        look(1, 1);
        clock.pass(SETTLE);
        look(1, 1);
        tellUnfinished(1);
        clock.pass(UNFINISHED);
        int offered = 0;
        for (int i = 0; i < 600; i++, clock.pass(SETTLE)) {
            offered += look(1, 1) ? 1 : 0;
        }
        assertThat(offered).isBetween(5, 20);
    }

    @Test
    void tellsWhatIsWaitedForAfterAQuarterOfTheTimeThatItIsGiven() {
        look(1, 1);
        clock.pass(SETTLE);
        look(1, 1);
        tellUnfinished(1);
        assertThat(stillness.unfinished(10)).isEmpty();
        clock.pass(UNFINISHED.dividedBy(4));
        assertThat(stillness.unfinished(10)).containsExactly(TOM);
        assertThat(stillness.unfinished(0)).isEmpty();
        look(2, 1);
        assertThat(stillness.unfinished(10)).as("it grows").isEmpty();
    }

    @Test
    void knowsWhereSomethingIsCopiedOrVanishedHalf() {
        assertThat(stillness.isCopied("cats"::equals)).isFalse();
        look(1, 1);
        assertThat(stillness.isCopied("cats"::equals)).isTrue();
        assertThat(stillness.isCopied("dogs"::equals)).isFalse();
        clock.pass(Watched.FORGOTTEN.minus(INSTANT));
        assertThat(stillness.isCopied("cats"::equals)).as("it was not seen for some minutes").isTrue();
        clock.pass(INSTANT);
        assertThat(stillness.isCopied("cats"::equals)).as("nor for longer").isFalse();
        look(1, 1);
        assertThat(stillness.isCopied("cats"::equals)).as("it was taken, or is whole and can't be").isFalse();
        tellUnfinished(1);
        assertThat(stillness.isCopied("cats"::equals)).as("it ends too early").isTrue();
    }

    @Test
    void whatIsNotThereWhenItIsLookedAtIsNotBeingCopied() {
        assertThat(stillness.still(TOM)).isFalse();
        assertThat(stillness.isCopied("cats"::equals)).isFalse();
        clock.pass(SETTLE);
        assertThat(stillness.still(TOM)).as("a link, say: whoever wants to take it learns why").isTrue();
    }

    @Test
    void whatVanishedHalfIsBeingCopiedHoweverOftenItIsLookedFor() {
        look(1, 1);
        assertThat(stillness.still(TOM)).isFalse();
        assertThat(stillness.isCopied("cats"::equals)).isTrue();
        clock.pass(Watched.FORGOTTEN);
        assertThat(stillness.still(TOM)).isFalse();
        assertThat(stillness.isCopied("cats"::equals)).isFalse();
    }

    @Test
    void knowsWhetherSomethingMaySoonBeStill() {
        assertThat(stillness.settling()).isFalse();
        look(1, 1);
        assertThat(stillness.settling()).isTrue();
        clock.pass(SETTLE);
        look(1, 1);
        assertThat(stillness.settling()).as("it was offered").isFalse();
        look(2, 1);
        clock.pass(SETTLE.multipliedBy(2));
        assertThat(stillness.settling()).as("it was not seen any more").isFalse();
    }

    @Test
    void watchesABoundedNumberOfFiles() {
        scan(names(0, Watched.MOST + 1));
        clock.pass(SETTLE);
        assertThat(scan(names(0, Watched.MOST + 1))).hasSize(Watched.MOST);
    }

    @Test
    void getsThroughALargerHeapThanItWatchesAsFilesAreTaken() {
        Set<String> heap = names(0, 50_000);
        int looks = 0;
        while (!heap.isEmpty() && looks < 10) {
            heap.removeAll(scan(heap));
            clock.pass(SETTLE);
            looks++;
        }
        assertThat(heap).isEmpty();
    }

    @Test
    void forgetsWhatWentAwayBeforeItStoodStill() {
        scan(names(0, Watched.MOST));
        Set<String> others = names(Watched.MOST, 100);
        clock.pass(Watched.FORGOTTEN);
        assertThat(scan(others)).isEmpty();
        clock.pass(SETTLE);
        assertThat(scan(others)).as("not watched yet").isEmpty();
        clock.pass(SETTLE);
        assertThat(scan(others)).as("in the place of what was forgotten").isEqualTo(others);
    }

    private boolean look(long size, long modified) {
        return stillness.still(tom(size, modified, modified));
    }

    private static Dropped tom(long size, long modified, long changed) {
        return new Dropped(TOM, size, Instant.ofEpochMilli(modified), Instant.ofEpochMilli(changed));
    }

    private void tellUnfinished(long size) {
        stillness.unfinished(new Examined(Examined.Finding.UNFINISHED, tom(size, 1, 1), Optional.empty(), Optional.empty()));
    }

    /** One look at each, and which of them are still. */
    private Set<String> scan(Set<String> names) {
        return names.stream().filter(name -> stillness.still(new Dropped(name, 1, Instant.EPOCH))).collect(Collectors.toSet());
    }

    private static Set<String> names(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(i -> "cats/" + i + ".jpg")
            .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
