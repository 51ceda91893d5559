package org.dropfolder.image;

import java.io.IOException;
import java.util.Arrays;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * What an {@link Outline} shows, for a library to read; it needs no disk. It ends with an exception where a library
 * reads on and on, as some do of damaged files.
 */
final class OutlineStream extends ImageInputStreamImpl {
    /** How many times all bytes may be read; tiles and passes need a few. */
    private static final int TIMES = 50;
    private static final int AT_LEAST = 1 << 24;
    /** How often a library may look for more behind the end. */
    private static final int ENDS = 10_000;

    private final Outline outline;
    /** Where each piece ends. */
    private final long[] ends;
    private int piece;
    private long budget;
    private int metEnd;

    OutlineStream(Outline outline) {
        this.outline = outline;
        this.ends = new long[outline.pieces().size()];
        long end = 0;
        for (int i = 0; i < ends.length; i++) {
            end += outline.pieces().get(i).length();
            ends[i] = end;
        }
        this.budget = TIMES * Math.max(end, AT_LEAST);
    }

    @Override
    public long length() {
        return ends.length == 0 ? 0 : ends[ends.length - 1];
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        checkClosed();
        bitOffset = 0;
        if (length == 0) {
            return 0;
        }
        int count = fill(into, offset, length);
        metEnd += count == 0 ? 1 : 0;
        budget -= Math.max(count, 1);
        if (budget < 0 || metEnd > ENDS) {
            throw new IOException("Could not read an image: its reader came to no end.");
        }
        return count == 0 ? -1 : count;
    }

    /** As many as there are: Java's own reading of numbers takes fewer for the end, wherever it is. */
    private int fill(byte[] into, int offset, int length) throws IOException {
        int done = 0;
        for (int count = 0; done < length && count >= 0; done += Math.max(count, 0)) {
            find();
            count = piece == ends.length ? -1 : read(into, offset + done, length - done, outline.pieces().get(piece));
            streamPos += Math.max(count, 0);
        }
        return done;
    }

    private int read(byte[] into, int offset, int length, Outline.Piece from) throws IOException {
        long left = ends[piece] - streamPos;
        int count = (int) Math.min(left, length);
        if (from.place() < 0) {
            Arrays.fill(into, offset, offset + count, (byte) 0);
            return count;
        }
        return outline.bytes().read(from.place() + from.length() - left, into, offset, count);
    }

    /** The piece of this position; readers go forward, or back to the beginning. */
    private void find() {
        while (piece > 0 && streamPos < ends[piece - 1]) {
            piece--;
        }
        while (piece < ends.length && streamPos >= ends[piece]) {
            piece++;
        }
    }
}
