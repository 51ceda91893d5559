package org.dropfolder.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** Bytes as a channel, which can break at a place. */
final class MemoryChannel implements SeekableByteChannel {
    private final byte[] bytes;
    private long position;
    private boolean open = true;
    private long breaksAt = Long.MAX_VALUE;

    MemoryChannel(byte[] bytes) {
        this.bytes = bytes;
    }

    /** From this place on nothing can be read. */
    MemoryChannel breaksAt(long place) {
        breaksAt = place;
        return this;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (position + into.remaining() > breaksAt) {
            throw new IOException("the disk is gone");
        }
        if (position >= bytes.length) {
            return -1;
        }
        // as a network would: rarely as much as was asked for
        int count = (int) Math.min(Math.min(into.remaining(), 10_000), bytes.length - position);
        into.put(bytes, (int) position, count);
        position += count;
        return count;
    }

    @Override
    public int write(ByteBuffer from) {
        throw new NonWritableChannelException();
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long place) {
        position = place;
        return this;
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }
}
