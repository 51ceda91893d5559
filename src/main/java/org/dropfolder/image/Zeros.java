package org.dropfolder.image;

import java.util.Arrays;

/**
 * Looks for zeros where a copy makes room for bytes that come later: at the head, at the end, or whole blocks of a disk
 * in between. Not thread safe.
 */
final class Zeros {
    private static final int HEAD = 64;
    private static final int BLOCK = 4096;
    private static final int TAIL = 64;
    private static final byte[] EMPTY = new byte[BLOCK];

    private boolean begun;
    private boolean head;
    private boolean block;
    private long tail;

    /** Takes the file's next bytes; each time but the last as many as fill whole blocks. */
    void feed(byte[] bytes, int length) {
        if (!begun) {
            begun = true;
            int first = Math.min(length, HEAD);
            head = Arrays.equals(bytes, 0, first, EMPTY, 0, first);
        }
        for (int at = 0; at + BLOCK <= length && !block; at += BLOCK) {
            block = Arrays.equals(bytes, at, at + BLOCK, EMPTY, 0, BLOCK);
        }
        int at = length;
        while (at > 0 && bytes[at - 1] == 0) {
            at--;
        }
        tail = at == 0 ? tail + length : length - at;
    }

    /** It begins with zeros alone. */
    boolean head() {
        return head;
    }

    /**
     * What a file of this type is if its structure says so: what is broken and has gaps is not all there, and neither is what
     * is too short to tell its type, but for zeros. Pixels that are not packed are right by their structure whatever they are.
     */
    Condition judge(long size, FileType type, Condition built) {
        boolean gaps = block || tail >= TAIL;
        boolean nothing = head || type == FileType.OTHER && size - tail < ImageFormat.HEAD;
        if (nothing || built == Condition.BROKEN && gaps) {
            return Condition.UNFINISHED;
        }
        boolean plainPixels = type == FileType.BMP || type == FileType.TIFF;
        return plainPixels && built == Condition.WHOLE && tail >= BLOCK ? Condition.BLANK_END : built;
    }
}
