package org.dropfolder.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The same store where the inbox is on another file system than the data: really so where the machine has one in
 * memory, else the first rename of each file is refused as another file system would refuse it.
 */
class FolderStoreAcrossDisksTest extends FolderStoreTest {
    private static final Path MEMORY = Path.of("/dev/shm");

    private Path inbox;

    @Override
    Path inbox() throws IOException {
        if (inbox == null) {
            inbox = twoDisks() ? Files.createTempDirectory(MEMORY, "inbox") : folder.resolve("inbox");
        }
        return inbox;
    }

    @Override
    FolderStore over(Effects effects) throws IOException {
        return twoDisks() ? super.over(effects) : super.over(new TwoDisks(effects));
    }

    /** The folder, the rename in vain, the copy, the note of its origin and its rename, the rename, two deletions. */
    @Override
    int effectsOfTaking() {
        return 8;
    }

    @AfterEach
    void clearMemory() throws IOException {
        clear(inbox());
    }

    @Test
    void leavesAFileThatWasReplacedWhileItWasCopied() throws IOException {
        drop(SOURCE, "meow");
        FolderStore store = over(what -> {
            if (what.startsWith("copy")) {
                Files.delete(inbox().resolve(SOURCE));
                drop(SOURCE, "other");
            }
        });
        assertThatIOException().isThrownBy(() -> store.take(SOURCE, TARGET)).withMessageContaining("changed");
        assertThat(readSource(SOURCE)).isEqualTo("other");
        assertThat(files(data())).isEmpty();
    }

    @Test
    void leavesAFileThatGrewAfterItWasCopied() throws IOException {
        drop(SOURCE, "meow");
        FolderStore store = over(what -> {
            if (what.startsWith("rename") && what.endsWith(".origin")) {
                drop(SOURCE, "meow meow");
            }
        });
        assertThatIOException().isThrownBy(() -> store.take(SOURCE, TARGET)).withMessageContaining("changed");
        assertThat(readSource(SOURCE)).isEqualTo("meow meow");
        assertThat(read(TARGET)).isEqualTo("meow");
        assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> store.take(SOURCE, TARGET));
    }

    private boolean twoDisks() throws IOException {
        return Files.isWritable(MEMORY) && !Files.getFileStore(MEMORY).equals(Files.getFileStore(folder));
    }

    /** Refuses to rename a file of the inbox; only what was copied, and got its note of origin, is put in place. */
    private record TwoDisks(Effects effects, AtomicReference<String> last) implements Effects {
        TwoDisks(Effects effects) {
            this(effects, new AtomicReference<>(""));
        }

        @Override
        public void before(String what) throws IOException {
            effects.before(what);
            boolean copied = last.getAndSet(what).matches("rename .*\\.origin");
            if (what.matches("rename .*" + TARGET) && !copied) {
                throw new AtomicMoveNotSupportedException(null, what, "another disk");
            }
        }
    }
}
