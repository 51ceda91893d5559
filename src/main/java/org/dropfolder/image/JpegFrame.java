package org.dropfolder.image;

import java.util.stream.IntStream;

/** A JPEG's frame: its size, its components, and what its scans say of them. Not thread safe. */
final class JpegFrame {
    private static final int BASELINE = 0xC0;
    private static final int PROGRESSIVE = 0xC2;
    private static final int USUAL_PRECISION = 8;
    private static final int MOST_BLOCKS = 10;
    private static final int MOST_SAMPLING = 4;
    private static final int BLOCK = 8;
    private static final int LAST_COEFFICIENT = 63;
    private static final int LOWEST_BIT = 13;

    private final int code;
    private final int precision;
    private final int height;
    private final int width;
    private final int[] ids;
    private final int[] across;
    private final int[] down;
    private final int[] quantization;
    private final boolean[] seen;
    private final int mostAcross;
    private final int mostDown;
    private long units;
    private long blocks;
    private int bitsOfBlock;

    /**
     * @param code    of its marker
     * @param segment its content, of which the count of components was found right
     */
    JpegFrame(int code, byte[] segment) {
        this.code = code;
        this.precision = u8(segment, 0);
        this.height = u8(segment, 1) << 8 | u8(segment, 2);
        this.width = u8(segment, 3) << 8 | u8(segment, 4);
        int components = u8(segment, 5);
        this.ids = IntStream.range(0, components).map(i -> u8(segment, 6 + 3 * i)).toArray();
        this.across = IntStream.range(0, components).map(i -> u8(segment, 7 + 3 * i) >> 4).toArray();
        this.down = IntStream.range(0, components).map(i -> u8(segment, 7 + 3 * i) & 0x0F).toArray();
        this.quantization = IntStream.range(0, components).map(i -> u8(segment, 8 + 3 * i)).toArray();
        this.seen = new boolean[components];
        this.mostAcross = IntStream.of(across).max().orElse(0);
        this.mostDown = IntStream.of(down).max().orElse(0);
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** Arithmetic, lossless, hierarchical, of 12 bits, or of two colours: hardly any program opens it. */
    boolean unusual() {
        return code > PROGRESSIVE || precision != USUAL_PRECISION || ids.length == 2 || ids.length > 4;
    }

    boolean sane() {
        return ids.length > 0 && IntStream.range(0, ids.length).allMatch(i -> across[i] >= 1 && across[i] <= MOST_SAMPLING
                && down[i] >= 1 && down[i] <= MOST_SAMPLING) && IntStream.of(ids).distinct().count() == ids.length;
    }

    /** The components' sizes are no whole parts of each other, which not all decoders can. */
    boolean odd() {
        return sane() && IntStream.range(0, ids.length).anyMatch(i -> mostAcross % across[i] != 0 || mostDown % down[i] != 0);
    }

    /** Every component began. */
    boolean complete() {
        return IntStream.range(0, seen.length).allMatch(i -> seen[i]) || unusual();
    }

    /**
     * Takes an SOS segment's content; whether it is built right and a decoder knows all that it refers to. What begins a
     * component comes once, and before all else of it.
     */
    boolean begin(byte[] segment, JpegTables tables) {
        int count = u8(segment, 0);
        int first = u8(segment, 1 + 2 * count);
        int last = u8(segment, 2 + 2 * count);
        int high = u8(segment, 3 + 2 * count) >> 4;
        int low = u8(segment, 3 + 2 * count) & 0x0F;
        boolean progressive = code == PROGRESSIVE;
        if (count < 1 || count > 4 || progressive && !progression(count, first, last, high, low)) {
            return false;
        }
        boolean dc = !progressive || first == 0 && high == 0;
        boolean ac = !progressive || first > 0;
        int[] chosen = new int[count];
        for (int i = 0; i < count; i++) {
            int component = indexOf(u8(segment, 1 + 2 * i));
            int table = u8(segment, 2 + 2 * i);
            if (component < 0 || dc && !tables.hasDc(table >> 4) || ac && !tables.hasAc(table & 0x0F)
                    || !tables.hasQuantization(quantization[component]) || dc == seen[component]) {
                return false;
            }
            seen[component] = true;
            chosen[i] = component;
        }
        bitsOfBlock = progressive ? first == 0 ? 1 : 0 : 2;
        return measure(chosen);
    }

    /** The fewest bits that the scan can have: each block has its difference and its end. */
    long leastBits() {
        return blocks * bitsOfBlock;
    }

    /** Between how many units of the scan there may be restarts. */
    long units() {
        return units;
    }

    private static boolean progression(int count, int first, int last, int high, int low) {
        boolean band = first == 0 ? last == 0 : first <= last && last <= LAST_COEFFICIENT && count == 1;
        return band && (high == 0 || low == high - 1) && low <= LOWEST_BIT;
    }

    private boolean measure(int[] chosen) {
        if (IntStream.of(chosen).distinct().count() < chosen.length) {
            return false;
        }
        if (chosen.length == 1) {
            int one = chosen[0];
            units = blocks(width, across[one], mostAcross) * blocks(height, down[one], mostDown);
            blocks = units;
            return true;
        }
        int inUnit = IntStream.of(chosen).map(i -> across[i] * down[i]).sum();
        units = ceil(width, BLOCK * mostAcross) * ceil(height, BLOCK * mostDown);
        blocks = units * inUnit;
        return inUnit <= MOST_BLOCKS;
    }

    private static long blocks(int pixels, int sampling, int most) {
        return ceil(ceil((long) pixels * sampling, most), BLOCK);
    }

    private static long ceil(long number, long by) {
        return (number + by - 1) / by;
    }

    private int indexOf(int id) {
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] == id) {
                return i;
            }
        }
        return -1;
    }

    private static int u8(byte[] bytes, int at) {
        return Byte.toUnsignedInt(bytes[at]);
    }
}
