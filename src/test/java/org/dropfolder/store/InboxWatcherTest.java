package org.dropfolder.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the system tells of, wherever it can; each test looks through the inbox as the intake does. */
class InboxWatcherTest {
    private static final int MORE_THAN_ANYBODY_COUNTS = 2_000;

    private final AtomicInteger woken = new AtomicInteger();
    private final CountDownLatch deaf = new CountDownLatch(1);
    @TempDir
    private Path folder;
    private Path inbox;
    private InboxWatcher watcher;

    @BeforeEach
    void begin() throws IOException {
        inbox = Files.createDirectory(folder.resolve("inbox"));
        Files.createDirectory(inbox.resolve("cats"));
        watcher = new InboxWatcher(inbox);
        watcher.listen(woken::incrementAndGet);
        look("cats");
        assumeThat(watcher.blind()).isEmpty();
    }

    @AfterEach
    void close() {
        watcher.close();
    }

    @Test
    void wakesForAFileInTheInboxAndInAFolderThatWasListed() throws IOException {
        wakesFor("a.jpg");
        wakesFor("cats/a.jpg");
    }

    @Test
    void wakesForAFolderAndThenForWhatIsPutIntoIt() throws IOException {
        Files.createDirectory(inbox.resolve("dogs"));
        await().until(() -> woken.get() > 0);

        look("cats", "dogs");

        wakesFor("dogs/a.jpg");
    }

    @Test
    void wakesForAFileThatGrows() throws IOException {
        Path file = wakesFor("cats/a.jpg");
        int before = woken.get();

        Files.writeString(file, "more");

        await().until(() -> woken.get() > before);
    }

    @Test
    void wakesForWhatPeopleSetInAFolderAndWhenThatIsGone() throws IOException {
        Path file = wakesFor("cats/dropfolder.yaml");
        int before = woken.get();

        Files.delete(file);

        await().until(() -> woken.get() > before);
    }

    @Test
    void whatLeavesAndWhatIsJunkWakesNobody() throws IOException {
        Path file = moveIn("cats/a.jpg");
        await().until(() -> woken.get() == 1);

        Files.delete(file);
        moveIn("cats/_status.txt");
        moveIn("cats/.b.jpg.dropping.part");
        moveIn("cats/b.jpg");

        await().until(() -> woken.get() > 1);
        // all are told of in the order in which they happened
        assertThat(woken).hasValue(2);
    }

    @Test
    void watchesTheFolderThatHasANameNow() throws IOException {
        Files.move(inbox.resolve("cats"), inbox.resolve("dogs"));
        Files.createDirectory(inbox.resolve("cats"));
        await().until(() -> woken.get() > 0);

        // more often than the two folders that came wake: each may be told of late, and ends the watch that bears its name until the next look
        for (int i = 1; i <= 3; i++) {
            wakesAfterALookFor("cats/" + i + ".jpg");
            wakesAfterALookFor("dogs/" + i + ".jpg");
        }
    }

    @Test
    void watchesAFolderThatWasDeletedAndMadeAgain() throws IOException {
        Files.delete(inbox.resolve("cats"));
        Files.createDirectory(inbox.resolve("cats"));
        await().until(() -> woken.get() > 0);

        look("cats");

        wakesFor("cats/a.jpg");
    }

    @Test
    void noticesThatAnotherFolderIsTheInboxNow() throws IOException {
        Files.move(inbox, folder.resolve("old"));
        assertThat(watcher.isReplaced()).isTrue();
        look();
        Files.createDirectories(inbox.resolve("cats"));
        assertThat(watcher.isReplaced()).isTrue();

        look("cats");

        assertThat(watcher.isReplaced()).isFalse();
        wakesFor("cats/a.jpg");
    }

    @Test
    void anInboxThatIsALinkIsWatchedWhereItLeads() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), inbox);
        try (InboxWatcher through = new InboxWatcher(link)) {
            AtomicInteger told = new AtomicInteger();
            through.listen(told::incrementAndGet);
            through.lookBegins();
            through.enters("cats");

            moveIn("cats/a.jpg");

            await().until(() -> told.get() > 0);
        }
    }

    @Test
    void aLinkInTheInboxLeadsNowhere() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.createSymbolicLink(inbox.resolve("link"), elsewhere);
        await().until(() -> woken.get() == 1);
        look("cats", "link");

        Files.writeString(elsewhere.resolve("a.jpg"), "bytes");
        moveIn("cats/a.jpg");

        await().until(() -> woken.get() > 1);
        assertThat(woken).hasValue(2);
    }

    @Test
    void losesNothingWhereMoreHappensThanTheSystemRemembers() throws Exception {
        Files.createDirectory(inbox.resolve("cats/summer"));
        await().until(() -> woken.get() > 0);
        watcher.close();
        watcher = new InboxWatcher(inbox);
        CountDownLatch told = new CountDownLatch(1);
        watcher.listen(() -> {
            woken.incrementAndGet();
            told.countDown();
            awaitQuietly(deaf);
        });
        look("cats", "cats/summer");
        moveIn("cats/first.jpg");
        told.await();
        for (int i = 0; i < MORE_THAN_ANYBODY_COUNTS; i++) {
            Files.createFile(inbox.resolve("cats/" + i + ".jpg"));
        }
        int before = woken.get();

        deaf.countDown();

        await().until(() -> woken.get() > before);
        look("cats", "cats/summer");
        wakesFor("cats/summer/a.jpg");
    }

    @Test
    void saysWhereNotAllFoldersCanBeWatchedAndWatchesTheOthers() throws IOException {
        Files.createDirectory(inbox.resolve("dogs"));
        try (InboxWatcher small = new InboxWatcher(inbox, 2)) {
            AtomicInteger told = new AtomicInteger();
            small.listen(told::incrementAndGet);
            small.lookBegins();
            small.enters("cats");
            assertThat(small.blind()).isEmpty();
            small.enters("dogs");
            assertThat(small.blind()).hasValueSatisfying(why -> assertThat(why).contains("no more than 2").contains("max_user_watches"));

            moveIn("cats/a.jpg");
            await().until(() -> told.get() > 0);
            Files.delete(inbox.resolve("cats/a.jpg"));
            Files.delete(inbox.resolve("cats"));

            await().untilAsserted(() -> {
                small.lookBegins();
                small.enters("dogs");
                assertThat(small.blind()).isEmpty();
            });
        }
    }

    /** As of a share: what others do there the system does not know. */
    @Test
    void watchesNoFileSystemThatItDoesNotKnow() {
        Path proc = Path.of("/proc/self");
        assumeThat(proc).isDirectory();
        try (InboxWatcher there = new InboxWatcher(proc)) {
            there.listen(woken::incrementAndGet);
            there.lookBegins();
            there.enters("fd");

            assertThat(there.blind()).hasValueSatisfying(why -> assertThat(why).contains("proc"));
            assertThat(there.isReplaced()).isFalse();
        }
    }

    @Test
    void isBlindOnceItIsClosed() {
        watcher.close();

        await().untilAsserted(() -> assertThat(watcher.blind()).isPresent());
    }

    private void look(String... folders) {
        watcher.lookBegins();
        for (String each : folders) {
            watcher.enters(each);
        }
    }

    private Path wakesFor(String source) throws IOException {
        int before = woken.get();
        Path file = moveIn(source);
        await().until(() -> woken.get() > before);
        return file;
    }

    /** As the intake looks whenever it was woken: what was told of since may have been another change. */
    private void wakesAfterALookFor(String source) throws IOException {
        int before = woken.get();
        look("cats", "dogs");
        moveIn(source);
        await().until(() -> woken.get() > before);
    }

    /** One change, where a file that is written there would be several. */
    private Path moveIn(String source) throws IOException {
        return Files.move(Files.writeString(folder.resolve("file"), "bytes"), inbox.resolve(source));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
