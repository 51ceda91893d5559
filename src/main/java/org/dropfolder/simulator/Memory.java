package org.dropfolder.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;

/**
 * The file in which an account outlives its simulator: each change is one line of JSON, behind those before it, so a
 * change costs the same however much the account holds. One simulator at a time has it. Not thread safe.
 *
 * <p>A line is there once it has its end. One without is what a kill or a full disk left of a change that nobody was
 * told of: it is passed over, and the next change takes its place.
 */
final class Memory implements Closeable {
    private final Path file;
    private final FileChannel channel;
    /** Where the last whole line ends. */
    private long end;

    private Memory(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Takes what is remembered, one change after the other. */
    interface Recall {
        /** @throws Refusal where the change does not fit to those before it */
        void take(Change change) throws Refusal;
    }

    /**
     * Opens the file, or makes it where it is missing, and recalls what it holds.
     *
     * @throws IOException where it can't be opened, another simulator has it, or a line of it is damaged; it is left
     *                     as it is then
     */
    static Memory open(Path file, Recall recall) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
        } catch (IOException refused) {
            throw unusable(file, "it can't be opened: " + refused, refused);
        }
        try {
            Memory memory = new Memory(file, channel);
            memory.lock();
            memory.read(recall);
            return memory;
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    /**
     * Puts a change on the disk; it is there when this returns.
     *
     * @throws IOException where that fails; whether it will be recalled is unknown then, unless another one follows
     */
    void add(Change change) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        line.write(Json.bytes(change.json()));
        line.write('\n');
        ByteBuffer bytes = ByteBuffer.wrap(line.toByteArray());
        // a longer line that was cut off would else show behind this one
        channel.truncate(end);
        while (bytes.hasRemaining()) {
            channel.write(bytes, end + bytes.position());
        }
        channel.force(false);
        end += bytes.limit();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void lock() throws IOException {
        boolean locked;
        try {
            // the system takes the lock back when the process ends, however it ends
            locked = channel.tryLock() != null;
        } catch (OverlappingFileLockException ours) {
            locked = false;
        }
        if (!locked) {
            throw new IOException("The simulator's account in " + file
                    + " is in use by another simulator. Stop that one first, or give this one another folder.");
        }
    }

    private void read(Recall recall) throws IOException {
        // not closed: that would close the channel
        InputStream bytes = new BufferedInputStream(Channels.newInputStream(channel), 64 * 1024);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int lines = 0;
        for (int next = bytes.read(); next >= 0; next = bytes.read()) {
            if (next == '\n') {
                take(line.toByteArray(), ++lines, recall);
                end += line.size() + 1;
                line.reset();
            } else {
                line.write(next);
            }
        }
        Simulator.LOG.debug("The account in {} was recalled: {} changes, and {} bytes of one that was cut off.", file,
                lines, line.size());
    }

    private void take(byte[] line, int number, Recall recall) throws IOException {
        try {
            recall.take(Change.of(Json.parse(line)));
        } catch (JsonProcessingException damaged) {
            throw unusable(file, "line " + number + " is damaged: " + damaged.getOriginalMessage(), damaged);
        } catch (Refusal | IllegalArgumentException | DateTimeException damaged) {
            throw unusable(file, "line " + number + " is damaged: " + damaged.getMessage(), damaged);
        }
    }

    private static IOException unusable(Path file, String why, Exception cause) {
        return new IOException(("The simulator's account in %s can't be read, since %s. To start anew, move the "
                + "folder %s away or delete it, with the ledger and the images in it: they belong to this account.")
                        .formatted(file, why, file.toAbsolutePath().getParent()), cause);
    }
}
