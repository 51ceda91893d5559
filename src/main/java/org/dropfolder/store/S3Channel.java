package org.dropfolder.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/**
 * Reads one version of an object in any order, in windows that grow while it is read on and on. One that is overwritten
 * meanwhile can't be read any more. For one thread.
 */
final class S3Channel implements SeekableByteChannel {
    private static final int SMALLEST = 64 << 10;
    private static final int LARGEST = 4 << 20;

    private final S3Objects objects;
    private final S3Moves.Spot spot;
    private final String version;
    private final long size;
    private long position;
    private boolean open = true;
    private byte[] window = new byte[0];
    private long begin;
    private int next = SMALLEST;

    S3Channel(S3Objects objects, S3Moves.Spot spot, String version, long size) {
        this.objects = objects;
        this.spot = spot;
        this.version = version;
        this.size = size;
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        requireOpen();
        if (position >= size) {
            return to.hasRemaining() ? -1 : 0;
        }
        int read = 0;
        while (to.hasRemaining() && position < size) {
            if (position < begin || position >= begin + window.length) {
                fetch();
            }
            int at = (int) (position - begin);
            int length = Math.min(to.remaining(), window.length - at);
            to.put(window, at, length);
            position += length;
            read += length;
        }
        return read;
    }

    private void fetch() throws IOException {
        boolean readsOn = window.length > 0 && position == begin + window.length;
        next = readsOn ? Math.min(LARGEST, next * 2) : SMALLEST;
        int length = (int) Math.min(next, size - position);
        window = objects.read(spot.bucket(), spot.key(), version, position, length);
        begin = position;
        if (window.length != length) {
            throw new IOException("Could not read " + spot.address() + ": " + window.length + " bytes came, not " + length
                + ". It is tried again.");
        }
    }

    @Override
    public long position() throws IOException {
        requireOpen();
        return position;
    }

    @Override
    public SeekableByteChannel position(long to) throws IOException {
        requireOpen();
        if (to < 0) {
            throw new IllegalArgumentException("Could not read from " + to + " on: it lies before the begin. Begin at 0.");
        }
        position = to;
        return this;
    }

    @Override
    public long size() throws IOException {
        requireOpen();
        return size;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
        window = new byte[0];
    }

    @Override
    public int write(ByteBuffer bytes) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long to) {
        throw new NonWritableChannelException();
    }

    private void requireOpen() throws ClosedChannelException {
        if (!open) {
            throw new ClosedChannelException();
        }
    }
}
