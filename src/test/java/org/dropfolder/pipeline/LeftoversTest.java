package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.dropfolder.TestClock;
import org.dropfolder.store.Dropped;
import org.dropfolder.store.FolderStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in the inbox and can't be taken. */
class LeftoversTest {
    private static final Duration LONG = Duration.ofSeconds(92);

    @TempDir
    private Path folder;
    private final TestClock clock = TestClock.of2000();
    private Path inbox;
    private Stillness stillness;
    private Leftovers leftovers;

    @BeforeEach
    void begin() throws IOException {
        inbox = Files.createDirectories(folder.resolve("inbox"));
        FolderStore store = new FolderStore(inbox, folder.resolve("data"));
        stillness = new Stillness(store, Duration.ofSeconds(1), Duration.ofMinutes(2), clock);
        leftovers = new Leftovers(store, stillness, Duration.ofMillis(250), clock);
    }

    @Test
    void aLinkIsSaidOnceInTheLogAndToldInItsFolder() throws IOException {
        link("cats/more/photo.jpg");
        try (LogLines log = new LogLines(Leftovers.class)) {
            for (int i = 0; i < 5; i++) {
                assertThat(leftovers.barred("cats/more/photo.jpg")).isTrue();
                clock.pass(Duration.ofMinutes(1));
            }
            assertThat(log.containing("cats/more/photo.jpg")).singleElement().asString().contains("only a link", "Copy the file");
        }
        assertThat(leftovers.in("cats")).singleElement().asString().startsWith("more/photo.jpg is only a link");
        assertThat(leftovers.in("dogs")).isEmpty();
        assertThat(leftovers.in("")).isEmpty();
        assertThat(leftovers.changed()).containsExactly("cats");
        assertThat(leftovers.changed()).isEmpty();
    }

    @Test
    void whatLiesDirectlyInTheInboxIsToldThereAndAFolderOfItInItself() throws IOException {
        link("linked");
        leftovers.tell("bad name", "its name can't be used");
        assertThat(leftovers.barred("linked")).isTrue();
        assertThat(leftovers.in("")).hasSize(2);
        assertThat(leftovers.in("bad name")).containsExactly("its name can't be used");
        assertThat(leftovers.changed()).containsExactlyInAnyOrder("", "linked", "bad name");
    }

    @Test
    void whatIsNotAllThereIsToldAfterAWhileAndNoMoreOnceItGrows() {
        Dropped half = new Dropped("cats/more/photo.jpg", 1, Instant.EPOCH);
        stillness.still(half);
        clock.pass(Duration.ofSeconds(1));
        stillness.still(half);
        stillness.unfinished(new Examined(Examined.Finding.UNFINISHED, half, Optional.empty(), Optional.empty()));
        assertThat(leftovers.changed()).isEmpty();

        clock.pass(Duration.ofSeconds(30));
        assertThat(leftovers.changed()).containsExactly("cats");
        assertThat(leftovers.in("cats")).singleElement().asString().startsWith("more/photo.jpg is not all there yet");
        assertThat(leftovers.in("dogs")).isEmpty();
        assertThat(leftovers.changed()).isEmpty();

        stillness.still(new Dropped(half.source(), 2, Instant.EPOCH));
        assertThat(leftovers.changed()).containsExactly("cats");
        assertThat(leftovers.in("cats")).isEmpty();
    }

    @Test
    void oneThatCanBeTakenNowIsToldNoMoreAndSaidAgainWhenItCannot() throws IOException {
        Path link = link("cats/photo.jpg");
        try (LogLines log = new LogLines(Leftovers.class)) {
            leftovers.barred("cats/photo.jpg");
            leftovers.changed();
            Files.delete(link);
            Files.writeString(link, "meow");
            assertThat(leftovers.barred("cats/photo.jpg")).isFalse();
            assertThat(leftovers.in("cats")).isEmpty();
            assertThat(leftovers.changed()).containsExactly("cats");

            Files.delete(link);
            link("cats/photo.jpg");
            assertThat(leftovers.barred("cats/photo.jpg")).isTrue();
            assertThat(log.containing("only a link")).hasSize(2);
        }
    }

    @Test
    void oneThatNobodyMeetsAnyMoreIsForgotten() throws IOException {
        link("cats/photo.jpg");
        leftovers.barred("cats/photo.jpg");
        leftovers.changed();
        clock.pass(LONG);
        assertThat(leftovers.changed()).containsExactly("cats");
        assertThat(leftovers.in("cats")).isEmpty();
    }

    @Test
    void remembersAThousandAndSaysOnceThatThereAreMore() {
        try (LogLines log = new LogLines(Leftovers.class)) {
            for (int i = 0; i < Leftovers.REMEMBERED + 50; i++) {
                leftovers.tell("cats/" + i + ".jpg", i + ".jpg can't be read.");
            }
            assertThat(leftovers.in("cats")).hasSize(Leftovers.REMEMBERED);
            assertThat(log.containing("More than 1000")).hasSize(1);
            assertThat(log.containing("can't be read")).hasSize(Leftovers.REMEMBERED);
        }
    }

    @Test
    void aNameDisturbsNoLineOfTheLog() throws IOException {
        String hostile = "a\nb\u202E.jpg";
        link("cats/" + hostile);
        try (LogLines log = new LogLines(Leftovers.class)) {
            leftovers.barred("cats/" + hostile);
            assertThat(log.containing("a?b?.jpg")).singleElement().asString().doesNotContain("\n", "\u202E");
        }
    }

    private Path link(String location) throws IOException {
        Path link = inbox.resolve(location);
        Files.createDirectories(link.getParent());
        return Files.createSymbolicLink(link, folder.resolve("elsewhere"));
    }
}
