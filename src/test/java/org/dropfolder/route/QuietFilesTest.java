package org.dropfolder.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.component.file.GenericFile;
import org.dropfolder.TestClock;
import org.dropfolder.pipeline.Folders;
import org.dropfolder.pipeline.Leftovers;
import org.dropfolder.pipeline.Lookout;
import org.dropfolder.pipeline.Stillness;
import org.dropfolder.pipeline.Threshold;
import org.dropfolder.store.FolderStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuietFilesTest {
    private static final Duration SETTLE = Duration.ofSeconds(1);

    private final TestClock clock = TestClock.of2000();
    @TempDir
    private Path inbox;
    @TempDir
    private Path data;
    private QuietFiles filter;

    @BeforeEach
    void begin() {
        FolderStore store = new FolderStore(inbox, data);
        Stillness stillness = new Stillness(store, SETTLE, Duration.ofMinutes(2), clock);
        // only what a ledger knows needs one
        Folders folders = new Folders(null, store, stillness, Optional.empty());
        Lookout.Pace pace = new Lookout.Pace(Duration.ofMillis(250), Duration.ofSeconds(5), Duration.ofSeconds(5));
        filter = new QuietFiles(new Threshold(folders, store, stillness, new Leftovers(store, stillness, Duration.ofMillis(250), clock),
            Optional.empty()),
            new Lookout(pace, stillness, Optional.empty(), clock));
    }

    @Test
    void letsAFilePassOnceItStoodStill() throws IOException {
        write("photo.jpg", "whole");

        assertThat(passes("photo.jpg")).isFalse();
        clock.pass(SETTLE);
        assertThat(passes("photo.jpg")).isTrue();
    }

    @Test
    void holdsAFileBackThatGrows() throws IOException {
        write("photo.jpg", "half");
        passes("photo.jpg");
        clock.pass(SETTLE);
        write("photo.jpg", "half and half");

        assertThat(passes("photo.jpg")).isFalse();
        clock.pass(SETTLE.minusMillis(1));
        assertThat(passes("photo.jpg")).isFalse();
        clock.pass(Duration.ofMillis(1));
        assertThat(passes("photo.jpg")).isTrue();
    }

    @Test
    void holdsAFileBackThatIsWrittenWithoutChangingItsSizeOrTime() throws IOException {
        FileTime time = FileTime.fromMillis(1_000_000);
        for (String content : new String[] {"....", "wh..", "who.", "whol"}) {
            write("photo.jpg", content);
            Files.setLastModifiedTime(inbox.resolve("photo.jpg"), time);
            assertThat(passes("photo.jpg")).isFalse();
            clock.pass(SETTLE);
        }
        assertThat(passes("photo.jpg")).isTrue();
    }

    @Test
    void knowsFilesOfOneNameInTwoFoldersApart() throws IOException {
        write("cats/photo.jpg", "a cat");
        passes("cats/photo.jpg");
        clock.pass(SETTLE);
        write("dogs/photo.jpg", "a dog");

        assertThat(passes("dogs/photo.jpg")).isFalse();
        assertThat(passes("cats/photo.jpg")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {".hidden.jpg", "~lock.jpg", "photo.jpg.part", "photo.tmp", "Thumbs.db", "desktop.ini"})
    void passesOverJunkHoweverStill(String junk) throws IOException {
        write(junk, "no picture");
        passes(junk);
        clock.pass(SETTLE);

        assertThat(passes(junk)).isFalse();
    }

    @Test
    void entersFoldersAtOnceButNoJunkAndNoLinks() throws IOException {
        Files.createDirectories(inbox.resolve("cats"));
        Files.createDirectories(inbox.resolve("__MACOSX"));
        Files.createSymbolicLink(inbox.resolve("loop"), inbox);

        assertThat(passes("cats")).isTrue();
        assertThat(passes("__MACOSX")).isFalse();
        assertThat(passes("loop")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\u200B", "a\nb", "\u202Egnp", "_Inbox"})
    void entersNoFolderWhoseNameIsNoDatasets(String name) throws IOException {
        Files.createDirectories(inbox.resolve(name));
        Files.createDirectories(inbox.resolve("cats").resolve(name));

        assertThat(passes(name)).isFalse();
        assertThat(passes("cats/" + name)).as("below a dataset's").isTrue();
    }

    private void write(String name, String content) throws IOException {
        Path file = inbox.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content, StandardCharsets.UTF_8);
    }

    /** As the endpoint shows a file. */
    private boolean passes(String name) {
        File file = inbox.resolve(name).toFile();
        GenericFile<File> shown = new GenericFile<>();
        shown.setFile(file);
        shown.setEndpointPath(inbox.toString());
        shown.setFileNameOnly(file.getName());
        shown.setRelativeFilePath(name);
        shown.setDirectory(file.isDirectory());
        shown.setFileLength(file.length());
        shown.setLastModified(file.lastModified());
        return filter.accept(shown);
    }
}
