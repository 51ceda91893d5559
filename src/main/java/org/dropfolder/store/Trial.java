package org.dropfolder.store;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A file that is written and deleted, to see whether that can be done: permissions say nothing to root, and nothing of a
 * disk that is read-only or full. Always of one name, which is no dataset's and which the intake passes over: what a kill
 * leaves of it goes with the next.
 */
public final class Trial {
    static final String NAME = ".dropfolder-trial.tmp";

    private Trial() { }

    /**
     * Writes one of so many bytes, down to the disk, for some file systems find out only there that they are full.
     *
     * @throws IOException if that can't be done
     */
    public static void write(Path folder, int bytes) throws IOException {
        try (FileChannel file = FileChannel.open(folder.resolve(NAME), WRITE, CREATE, TRUNCATE_EXISTING, DELETE_ON_CLOSE)) {
            for (ByteBuffer rest = ByteBuffer.allocate(bytes); rest.hasRemaining();) {
                file.write(rest);
            }
            file.force(true);
        }
    }
}
