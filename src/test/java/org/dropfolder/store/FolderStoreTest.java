package org.dropfolder.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderStoreTest extends ImageStoreContract {
    static final String SOURCE = "cats/photo.jpg";
    static final String TARGET = "pending/cats/17-photo.jpg";

    @TempDir
    Path folder;

    private FolderStore store;

    /** A machine that stops just before one of its effects. */
    private static final class Cut extends RuntimeException {}

    @BeforeEach
    void begin() throws IOException {
        store = over(Effects.UNDISTURBED);
    }

    Path inbox() throws IOException {
        return folder.resolve("inbox");
    }

    final Path data() {
        return folder.resolve("data");
    }

    FolderStore over(Effects effects) throws IOException {
        return new FolderStore(inbox(), data(), effects);
    }

    @Override
    ImageStore store() {
        return store;
    }

    @Override
    void drop(String source, String content) throws IOException {
        Path file = inbox().resolve(source);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    @Test
    void finishesATakingThatWasCutOffAtAnyEffect() throws IOException {
        int effects = 0;
        while (isCut(effects, cut -> cut.take(SOURCE, TARGET))) {
            assertThat(isThere(SOURCE) || store.exists(TARGET)).isTrue();
            store.take(SOURCE, TARGET);
            assertTaken();
            clear(data());
            effects++;
        }
        assertTaken();
        assertThat(effects).isEqualTo(effectsOfTaking());
    }

    /** The folder, the rename. */
    int effectsOfTaking() {
        return 2;
    }

    @Test
    void finishesAMoveThatWasCutOffAtAnyEffect() throws IOException {
        int effects = 0;
        while (isCut(effects, cut -> moveOn(cut))) {
            moveOn(store);
            assertThat(files(data())).containsExactly("done/cats/17-photo.jpg");
            clear(data());
            effects++;
        }
        assertThat(effects).isGreaterThan(effectsOfTaking());
    }

    @Test
    void replacesAModelWholeHoweverItIsCutOff() throws IOException {
        int effects = 0;
        while (isCut(effects, cut -> cut.writeModel("cats", "new".getBytes(UTF_8)))) {
            if (store.exists("models/cats.json")) {
                assertThat(read("models/cats.json")).isEqualTo("old");
            }
            store.writeModel("cats", "old".getBytes(UTF_8));
            assertThat(files(data())).contains("models/cats.json").noneMatch(file -> file.endsWith(".part"));
            effects++;
        }
        assertThat(read("models/cats.json")).isEqualTo("new");
        assertThat(effects).isPositive();
    }

    @Test
    void leavesEverythingWhereItWasWhenTheDiskFails() throws IOException {
        drop(SOURCE, "meow");
        FolderStore failing = over(what -> {
            if (what.startsWith("rename") || what.startsWith("copy")) {
                throw new IOException("No space left on device");
            }
        });
        assertThatIOException().isThrownBy(() -> failing.take(SOURCE, TARGET)).withMessage("No space left on device");
        assertThat(readSource(SOURCE)).isEqualTo("meow");
        assertThat(files(data())).isEmpty();
        store.take(SOURCE, TARGET);
        assertTaken();
    }

    @Test
    void keepsTheTimeOfAFile() throws IOException {
        drop(SOURCE, "meow");
        Instant then = Instant.parse("2001-02-03T04:05:06.789012Z");
        Files.setLastModifiedTime(inbox().resolve(SOURCE), FileTime.from(then));
        assertThat(store.look(SOURCE).orElseThrow().modified()).isEqualTo(then);
        store.take(SOURCE, TARGET);
        assertThat(Files.getLastModifiedTime(data().resolve(TARGET)).toInstant()).isEqualTo(then);
    }

    @Test
    void seesACopyThatKeptTheOldTimeOfItsContent() throws IOException {
        assumeTrue(Disk.isUnix(inbox()), "only Unix tells when a file itself changed");
        Instant anHourAgo = Instant.now().minus(Duration.ofHours(1));
        drop(SOURCE, "meow");
        Files.setLastModifiedTime(inbox().resolve(SOURCE), FileTime.from(Instant.EPOCH));
        assertThat(store.inboxHolds("cats", anHourAgo)).isTrue();
        assertThat(store.inboxHolds("cats", anHourAgo.plus(Duration.ofHours(2)))).isFalse();
    }

    @Test
    void followsNoLinkOutOfTheInbox() throws IOException {
        Path secret = Files.writeString(Files.createDirectories(folder.resolve("private")).resolve("secret.jpg"), "no");
        drop("cats/sub/real.jpg", "meow");
        Files.createSymbolicLink(inbox().resolve("cats/link.jpg"), secret);
        Files.createSymbolicLink(inbox().resolve("cats/dangling.jpg"), folder.resolve("nowhere"));
        Files.createSymbolicLink(inbox().resolve("cats/folder"), secret.getParent());
        Files.createSymbolicLink(inbox().resolve("linked"), secret.getParent());

        for (String source : List.of("cats/link.jpg", "cats/dangling.jpg", "cats/folder/secret.jpg",
                "linked/secret.jpg")) {
            assertThat(store.look(source)).isEmpty();
            assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> store.openSource(source));
            assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> store.take(source, TARGET));
        }
        assertThat(secret).hasContent("no");
        store.take("cats/sub/real.jpg", TARGET);
        assertThat(store.inboxHolds("cats", Instant.EPOCH)).isFalse();
        assertThat(store.inboxHolds("linked", Instant.EPOCH)).isFalse();
    }

    @Test
    void neitherFollowsNorReplacesALinkInTheData() throws IOException {
        drop(SOURCE, "meow");
        Path secret = Files.writeString(folder.resolve("secret.jpg"), "no");
        Files.createDirectories(data().resolve(TARGET).getParent());
        Files.createSymbolicLink(data().resolve(TARGET), secret);
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> store.openTarget(TARGET));
        assertThatIOException().isThrownBy(() -> store.take(SOURCE, TARGET));
        assertThat(store.pendingFor("cats", 17, "photo.jpg")).isNotEqualTo(TARGET);
        assertThat(readSource(SOURCE)).isEqualTo("meow");
        assertThat(secret).hasContent("no");
    }

    @Test
    void skipsFoldersThatCannotBeRead() throws IOException {
        assumeTrue(Disk.isUnix(inbox()));
        drop("cats/closed/photo.jpg", "meow");
        Path closed = inbox().resolve("cats/closed");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        try {
            assumeFalse(Files.isReadable(closed), "nothing is closed to this user");
            assertThat(store.inboxHolds("cats", Instant.EPOCH)).isFalse();
            drop("cats/open.jpg", "meow");
            assertThat(store.inboxHolds("cats", Instant.EPOCH)).isTrue();
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** One piece of work on a store. */
    interface Work {
        void on(FolderStore store) throws IOException;
    }

    /** Drops the source anew and works until the effect of this number; whether there was one. */
    private boolean isCut(int effect, Work work) throws IOException {
        drop(SOURCE, "meow");
        int[] seen = {0};
        FolderStore cut = over(what -> {
            if (seen[0]++ == effect) {
                throw new Cut();
            }
        });
        try {
            work.on(cut);
            return false;
        } catch (Cut e) {
            return true;
        }
    }

    private static void moveOn(FolderStore store) throws IOException {
        if (!store.exists("done/cats/17-photo.jpg")) {
            store.take(SOURCE, TARGET);
        }
        store.move(TARGET, "done/cats/17-photo.jpg");
    }

    boolean isThere(String source) throws IOException {
        return store.look(source).isPresent();
    }

    void assertTaken() throws IOException {
        assertThat(isThere(SOURCE)).isFalse();
        assertThat(read(TARGET)).isEqualTo("meow");
        assertThat(files(data())).containsExactly(TARGET);
    }

    static List<String> files(Path root) throws IOException {
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).map(file -> root.relativize(file).toString()).sorted().toList();
        }
    }

    static void clear(Path root) throws IOException {
        try (Stream<Path> all = Files.exists(root) ? Files.walk(root) : Stream.empty()) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
