package org.dropfolder.image;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * Bytes that pass by once, for a library to read forward: it may go back within a head that is known, and a little way behind that.
 */
final class PassingInput extends ImageInputStreamImpl {
    private final byte[] head;
    private final Passing passing;
    private final byte[] one = new byte[1];
    /** The last two blocks. */
    private byte[] before = new byte[0];
    private byte[] block = new byte[0];
    private int length;
    /** Where the last block begins. */
    private long start;

    /** @param head stands before what passes */
    PassingInput(byte[] head, Passing passing) {
        this.head = head;
        this.passing = passing;
        this.start = head.length;
    }

    @Override
    public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] into, int offset, int wanted) throws IOException {
        checkClosed();
        bitOffset = 0;
        if (wanted == 0) {
            return 0;
        }
        if (streamPos < head.length) {
            return give(head, (int) streamPos, head.length, into, offset, wanted);
        }
        while (streamPos >= start + length) {
            if (!pull()) {
                return -1;
            }
        }
        if (streamPos >= start) {
            return give(block, (int) (streamPos - start), length, into, offset, wanted);
        }
        long back = start - before.length;
        if (streamPos < back) {
            throw new EOFException("What passed by can't be read again.");
        }
        return give(before, (int) (streamPos - back), before.length, into, offset, wanted);
    }

    private int give(byte[] from, int at, int end, byte[] into, int offset, int wanted) {
        int count = Math.min(wanted, end - at);
        System.arraycopy(from, at, into, offset, count);
        streamPos += count;
        return count;
    }

    private boolean pull() throws IOException {
        byte[] next = before.length == Passing.BLOCK ? before : new byte[Passing.BLOCK];
        int count = passing.next(next);
        if (count == 0) {
            return false;
        }
        start += length;
        before = length == block.length ? block : Arrays.copyOf(block, length);
        block = next;
        length = count;
        return true;
    }
}
