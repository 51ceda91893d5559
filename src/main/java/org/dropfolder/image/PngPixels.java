package org.dropfolder.image;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Unpacks a PNG's pixels, keeps none, and says whether they are as many as its header claims. Not thread safe. */
final class PngPixels implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;
    private static final int LAST_FILTER = 4;
    private static final int[] CHANNELS = {1, 0, 3, 1, 2, 0, 4};
    private static final int[] DEPTHS = {1 | 2 | 4 | 8 | 16, 0, 8 | 16, 1 | 2 | 4 | 8, 8 | 16, 0, 8 | 16};
    /** Where each of the seven passes of an interlaced image begins, and how far apart its pixels are. */
    private static final int[][] PASSES = {{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2},
        {0, 1, 1, 2}};
    private static final int[][] ONE_PASS = {{0, 0, 1, 1}};

    private final long width;
    private final long height;
    private final int depth;
    private final int colourType;
    private final boolean sane;
    private final int[][] passes;
    private final Inflater inflater = new Inflater();
    private final byte[] buffer = new byte[BUFFER];
    private int pass = -1;
    private long rows;
    private long rowLeft;
    private boolean begun;
    private boolean wrong;
    private boolean more;

    /** @param header the content of the IHDR chunk */
    PngPixels(byte[] header) {
        this.width = u32(header, 0);
        this.height = u32(header, 4);
        this.depth = header[8];
        this.colourType = header[9];
        this.passes = header[12] == 1 ? PASSES : ONE_PASS;
        this.sane = colourType >= 0 && colourType < CHANNELS.length && Integer.bitCount(depth) == 1
            && (DEPTHS[colourType] & depth) != 0 && header[10] == 0 && header[11] == 0 && (header[12] == 0 || header[12] == 1)
            && width > 0 && height > 0 && width <= Integer.MAX_VALUE && height <= Integer.MAX_VALUE;
        if (sane) {
            nextPass();
        }
    }

    /** What is written in the header makes sense. */
    boolean sane() {
        return sane;
    }

    int colourType() {
        return colourType;
    }

    /** The first data has come. */
    boolean begun() {
        return begun;
    }

    /** All pixels came. More than those may have come, which nobody minds. */
    boolean complete() {
        return !wrong && (pass == passes.length || tooMany());
    }

    private boolean tooMany() {
        return width * height > Structure.PIXELS;
    }

    /** Takes packed bytes. */
    void take(byte[] bytes, int from, int to) {
        begun = true;
        if (wrong || more || inflater.finished() || tooMany()) {
            return;
        }
        inflater.setInput(bytes, from, to - from);
        try {
            for (int length; !more && (length = inflater.inflate(buffer)) > 0;) {
                more = pass == passes.length;
                rows(length);
            }
            wrong |= inflater.needsDictionary();
        } catch (DataFormatException e) {
            wrong = true;
        }
    }

    @Override
    public void close() {
        inflater.end();
    }

    /** Each row begins with the number of its filter. */
    private void rows(int length) {
        for (int at = 0; at < length && pass < passes.length;) {
            if (rowLeft == 0) {
                wrong |= buffer[at] < 0 || buffer[at] > LAST_FILTER;
                rowLeft = rowBytes();
                at++;
            }
            long taken = Math.min(rowLeft, length - at);
            rowLeft -= taken;
            at += (int) taken;
            if (rowLeft == 0 && --rows == 0) {
                nextPass();
            }
        }
    }

    private void nextPass() {
        do {
            pass++;
            rows = pass < passes.length ? count(height, passes[pass][1], passes[pass][3]) : 0;
        } while (pass < passes.length && (rows == 0 || count(width, passes[pass][0], passes[pass][2]) == 0));
    }

    private long rowBytes() {
        return (count(width, passes[pass][0], passes[pass][2]) * CHANNELS[colourType] * depth + 7) / 8;
    }

    private static long count(long all, int first, int step) {
        return Math.max(0, (all - first + step - 1) / step);
    }

    private static long u32(byte[] bytes, int at) {
        return (bytes[at] & 0xFFL) << 24 | (bytes[at + 1] & 0xFF) << 16 | (bytes[at + 2] & 0xFF) << 8 | bytes[at + 3] & 0xFF;
    }
}
