package org.dropfolder.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store promises of containers and their parts. */
abstract class StagingContract {
    /** A store over this test's own inbox and data. */
    abstract ImageStore store();

    /** What people do: put a file into the inbox, or write over one. */
    abstract void drop(String source, String content) throws IOException;

    @Test
    void readsATargetInAnyOrder() throws IOException {
        drop("cats/tom.zip", "0123456789");
        store().take("cats/tom.zip", "pending/cats/1-tom.zip");
        try (SeekableByteChannel channel = store().openChannel("pending/cats/1-tom.zip")) {
            assertThat(channel.size()).isEqualTo(10);
            assertThat(read(channel, 7)).isEqualTo("789");
            assertThat(read(channel, 2)).isEqualTo("234");
        }
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> store().openChannel("pending/cats/2-tom.zip"));
    }

    @Test
    void dropsAFileWholeUnderANameThatIsFree() throws IOException {
        drop("dogs/rex.jpg", "so that the inbox is there");
        assertThat(store().drop("cats", "tom.jpg", bytes -> bytes.write("one".getBytes(UTF_8)))).isEqualTo("cats/tom.jpg");
        assertThat(store().drop("cats", "tom.jpg", bytes -> bytes.write("two".getBytes(UTF_8)))).isEqualTo("cats/tom-2.jpg");
        assertThat(store().drop("cats", "tom.jpg", bytes -> bytes.write(new byte[9 << 20]))).isEqualTo("cats/tom-3.jpg");
        assertThat(store().drop("cats", "one.jpg", bytes -> assertThat(store().drop("cats", "one.jpg", other -> other.write(2)))
            .as("while the first is written").isNotEqualTo("cats/one.jpg"))).isEqualTo("cats/one.jpg");
        assertThat(store().look("cats/tom.jpg").orElseThrow().size()).isEqualTo(3);
        assertThat(store().look("cats/tom-3.jpg").orElseThrow().size()).isEqualTo(9 << 20);
        assertThat(store().inboxHolds("cats", Instant.EPOCH)).isTrue();
    }

    @Test
    void leavesNothingOfADropThatBreaksOff() throws IOException {
        drop("dogs/rex.jpg", "so that the inbox is there");
        for (int size : new int[] {100, 9 << 20}) {
            assertThatExceptionOfType(EOFException.class).isThrownBy(() -> store().drop("cats", "tom.jpg", bytes -> {
                bytes.write(new byte[size]);
                throw new EOFException("broken off");
            }));
        }
        assertThat(store().look("cats/tom.jpg")).isEmpty();
        assertThat(store().inboxFolders(name -> true)).containsExactly("dogs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "../x"})
    void dropsNothingWhereANameLeadsElsewhere(String name) throws IOException {
        drop("dogs/rex.jpg", "so that the inbox is there");
        assertThatIllegalArgumentException().isThrownBy(() -> store().drop("cats", name, bytes -> bytes.write(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> store().drop(name, "tom.jpg", bytes -> bytes.write(1)));
    }

    @Test
    void stagesAPartWholeAndMovesItOn() throws IOException {
        String staged = store().stage(17, 3, bytes -> bytes.write("meow".getBytes(UTF_8)));
        assertThat(text(staged)).isEqualTo("meow");
        assertThat(store().lookTarget(staged)).hasValueSatisfying(file -> assertThat(file.size()).isEqualTo(4));
        assertThat(store().stage(17, 3, bytes -> bytes.write("purr".getBytes(UTF_8)))).as("the same place").isEqualTo(staged);
        store().move(staged, "pending/cats/18-tom.jpg");
        assertThat(text("pending/cats/18-tom.jpg")).isEqualTo("purr");
        assertThat(store().exists(staged)).isFalse();
    }

    @Test
    void givesEachPartAPlaceOfItsOwn() throws IOException {
        List<String> staged = new ArrayList<>();
        for (int container : List.of(1, 11)) {
            for (int part : List.of(0, 1, 11)) {
                staged.add(store().stage(container, part, bytes -> { }));
            }
        }
        assertThat(staged).doesNotHaveDuplicates();
    }

    @Test
    void tellsOfNoPartThatIsStaged() throws IOException {
        store().stage(17, 3, bytes -> bytes.write(1));
        for (Shelf shelf : Shelf.values()) {
            store().list(shelf, page -> assertThat(page).isEmpty());
        }
    }

    @Test
    void leavesNothingOfAPartThatCouldNotBeWritten() throws IOException {
        IOException full = new IOException("the disk is full");
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> store().stage(17, 3, bytes -> {
            bytes.write(new byte[100_000]);
            throw full;
        })).isSameAs(full);
        assertThat(store().exists(store().stage(17, 4, bytes -> { }).replace("17-4", "17-3"))).isFalse();
    }

    @Test
    void deletesWhatWasStagedAndIsNotExpected() throws IOException {
        store().unstage(any -> false);
        String expected = store().stage(17, 3, bytes -> bytes.write(1));
        String left = store().stage(17, 4, bytes -> bytes.write(1));
        store().unstage(expected::equals);
        assertThat(store().exists(expected)).isTrue();
        assertThat(store().exists(left)).isFalse();
    }

    private String text(String target) throws IOException {
        try (InputStream bytes = store().openTarget(target)) {
            return new String(bytes.readAllBytes(), UTF_8);
        }
    }

    private static String read(SeekableByteChannel channel, long from) throws IOException {
        ByteBuffer three = ByteBuffer.allocate(3);
        channel.position(from);
        while (three.hasRemaining() && channel.read(three) >= 0) {
            // as many as it gives at a time
        }
        return new String(three.array(), 0, three.position(), UTF_8);
    }
}
