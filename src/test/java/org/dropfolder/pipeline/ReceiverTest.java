package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.OptionalLong;
import org.dropfolder.TestClock;
import org.dropfolder.store.Effects;
import org.dropfolder.store.FolderStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that people bring over HTTP, where something stands in the way. */
class ReceiverTest {
    @TempDir
    private Path folder;
    private final TestClock clock = new TestClock();
    private Path inbox;

    @BeforeEach
    void makeInbox() throws IOException {
        inbox = Files.createDirectory(folder.resolve("inbox"));
    }

    @Test
    void aDiskThatDoesNotTakeItIsToldInWordsAndNothingIsLeft() throws IOException {
        Receipt full = failing(new IOException("No space left on device"));
        assertThat(full.outcome()).isEqualTo(Receipt.Outcome.FAILED);
        assertThat(full.message()).isEqualTo("Could not write tom.jpg into the folder cats in the inbox: No space left on device. Nothing of it "
            + "was kept. See what the server's status says of the inbox, mend that, and send it again.");
        assertThat(failing(new FileSystemException(inbox.toString(), null, "Read-only file system")).message())
            .contains("in the inbox: Read-only file system. ").doesNotContain(folder.toString());
        assertThat(failing(new FileSystemException(inbox.toString())).message()).doesNotContain(folder.toString(), "null");
        assertThat(inbox).isEmptyDirectory();
    }

    @Test
    void anInboxThatIsNotThereIsToldWithoutSayingWhereItShouldBe() throws IOException {
        Files.delete(inbox);

        Receipt receipt = receiver(what -> { }).receive(tom(new ByteArrayInputStream(new byte[3])));

        assertThat(receipt.message()).contains("the inbox is not there").doesNotContain(folder.toString());
        assertThat(inbox).doesNotExist();
    }

    @Test
    void whoSendsTooSlowlyIsLetGoAndNothingIsLeft() throws IOException {
        Receipt receipt = receiver(what -> { }).receive(tom(new InputStream() {
            @Override
            public int read() throws IOException {
                throw new SocketTimeoutException();
            }
        }));

        assertThat(receipt.outcome()).isEqualTo(Receipt.Outcome.TOO_SLOW);
        assertThat(receipt.message()).contains("tom.jpg came too slowly", "send it again");
        assertThat(inbox).isEmptyDirectory();
    }

    @Test
    void whatAKilledServerLeftHalfWrittenGoesAfterADay() throws IOException {
        Receiver receiver = receiver(what -> { });
        Path cats = Files.createDirectory(inbox.resolve("cats"));
        Path left = Files.writeString(cats.resolve(".tom.jpg.dropping.part"), "half of it");
        Path another = Files.writeString(cats.resolve("tom.jpg.dropping.part"), "a person's own");
        Files.setLastModifiedTime(left, FileTime.from(clock.instant()));
        Files.setLastModifiedTime(another, FileTime.from(clock.instant().minus(Duration.ofDays(9))));

        receiver.clearHalfWritten();
        assertThat(left).as("it may still come").exists();
        clock.pass(Duration.ofDays(1));
        receiver.clearHalfWritten();
        assertThat(left).as("not older than a day").exists();
        clock.pass(Duration.ofHours(30));
        receiver.clearHalfWritten();

        assertThat(left).doesNotExist();
        assertThat(another).exists();
    }

    @Test
    void aStartTakesWhatIsOldAtOnceAndLooksAgainTheNextDay() throws IOException {
        Receiver receiver = receiver(what -> { });
        Path left = inbox.resolve("cats/.tom.jpg.dropping.part");
        Files.createDirectory(left.getParent());
        for (int day = 0; day < 2; day++) {
            Files.writeString(left, "half of it");
            Files.setLastModifiedTime(left, FileTime.from(clock.instant().minus(Duration.ofDays(2))));
            receiver.clearHalfWritten();
            assertThat(left).doesNotExist();
            Files.writeString(left, "half of it");
            Files.setLastModifiedTime(left, FileTime.from(clock.instant().minus(Duration.ofDays(2))));
            receiver.clearHalfWritten();
            assertThat(left).as("no look each half minute").exists();
            clock.pass(Duration.ofDays(1).plusSeconds(1));
        }
        Files.delete(left);
        Files.delete(left.getParent());
        Files.delete(inbox);
        clock.pass(Duration.ofDays(2));
        receiver.clearHalfWritten();
    }

    private Receipt failing(IOException failure) throws IOException {
        return receiver(what -> {
            if (what.startsWith("write ")) {
                throw failure;
            }
        }).receive(tom(new ByteArrayInputStream(new byte[3])));
    }

    private Receiver receiver(Effects effects) {
        return new Receiver(new FolderStore(inbox, folder.resolve("data"), effects), clock);
    }

    private static Delivery tom(InputStream bytes) {
        return new Delivery("cats", "tom.jpg", OptionalLong.of(3), bytes);
    }
}
