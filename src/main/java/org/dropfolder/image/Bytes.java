package org.dropfolder.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;

/**
 * A channel's bytes at whatever place, read block by block, so that small steps cost little even where the channel is
 * far away. It remembers a failure of the channel: what libraries make of one looks like damage otherwise.
 */
final class Bytes {
    private static final int BLOCK = 64 * 1024;

    private final SeekableByteChannel channel;
    private final long size;
    private final ByteBuffer block = ByteBuffer.allocate(BLOCK).limit(0);
    private long start;
    private IOException failure;

    /** @throws IOException if the channel does not tell its size */
    Bytes(SeekableByteChannel channel) throws IOException {
        this.channel = channel;
        this.size = channel.size();
    }

    /** As it was at first, in bytes. */
    long size() {
        return size;
    }

    /** The failure of the channel that all later ones come from. */
    Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Up to {@code length} bytes from a place on; how many there were, -1 at the end or behind it. */
    int read(long place, byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (place < 0 || place >= size || !load(place)) {
            return -1;
        }
        int at = (int) (place - start);
        int count = Math.min(length, block.limit() - at);
        block.get(at, into, offset, count);
        return count;
    }

    /**
     * So many bytes from a place on, to be read as the little-endian numbers they may hold.
     *
     * @throws EOFException where there are fewer
     */
    ByteBuffer read(long place, int length) throws IOException {
        byte[] bytes = new byte[length];
        for (int done = 0, count; done < length; done += count) {
            count = read(place + done, bytes, done, length - done);
            if (count < 0) {
                throw new EOFException("It ends before byte " + (place + length) + ".");
            }
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Whether the block with this place could be had, and the place is in it. */
    private boolean load(long place) throws IOException {
        if (place < start || place >= start + block.limit()) {
            start = place - place % BLOCK;
            block.clear();
            try {
                channel.position(start);
                for (int count = 1; block.hasRemaining() && count > 0;) {
                    count = channel.read(block);
                }
            } catch (IOException e) {
                failure = e;
                block.position(0);
                throw e;
            } finally {
                block.flip();
            }
        }
        return place < start + block.limit();
    }
}
