package org.dropfolder.image;

/** Which tables a JPEG has defined so far, and whether a decoder can use them. */
final class JpegTables {
    private static final int TABLES = 4;
    private static final int COEFFICIENTS = 64;
    private static final int LONGEST_CODE = 16;
    private static final int MOST_CODES = 256;
    /** The most bits that a difference between two blocks can have. */
    private static final int LARGEST_DC = 15;

    private final boolean[] quantization = new boolean[TABLES];
    private final boolean[] dc = new boolean[TABLES];
    private final boolean[] ac = new boolean[TABLES];

    /** Takes a DQT segment's content; whether it is built right. */
    boolean quantization(byte[] segment, int length) {
        int at = 0;
        while (at < length) {
            int wide = (segment[at] & 0xF0) >> 4;
            int table = segment[at] & 0x0F;
            at += 1 + COEFFICIENTS * (1 + wide);
            if (wide > 1 || table >= TABLES || at > length) {
                return false;
            }
            quantization[table] = true;
        }
        return true;
    }

    /** Takes a DHT segment's content; whether it is built right. What no scan uses may be wrong inside. */
    boolean huffman(byte[] segment, int length) {
        int at = 0;
        while (at < length) {
            int kind = (segment[at] & 0xF0) >> 4;
            int table = segment[at] & 0x0F;
            int counts = at + 1;
            at = counts + LONGEST_CODE;
            if (kind > 1 || table >= TABLES || at > length) {
                return false;
            }
            int codes = codes(segment, counts);
            at += Math.abs(codes);
            if (Math.abs(codes) > MOST_CODES || at > length) {
                return false;
            }
            (kind == 0 ? dc : ac)[table] = codes >= 0 && (kind == 1 || differences(segment, at - codes, at));
        }
        return true;
    }

    boolean hasQuantization(int table) {
        return table < TABLES && quantization[table];
    }

    boolean hasDc(int table) {
        return table < TABLES && dc[table];
    }

    boolean hasAc(int table) {
        return table < TABLES && ac[table];
    }

    /** How many codes there are; negative where they can't be told apart. A code of ones alone is not allowed. */
    private static int codes(byte[] segment, int counts) {
        int codes = 0;
        int code = 0;
        boolean distinct = true;
        for (int bits = 1; bits <= LONGEST_CODE; bits++) {
            int count = Byte.toUnsignedInt(segment[counts + bits - 1]);
            codes += count;
            code += count;
            distinct &= count == 0 || code < 1 << bits;
            code = Math.min(code, 1 << bits) << 1;
        }
        return distinct ? codes : -codes;
    }

    private static boolean differences(byte[] segment, int from, int to) {
        for (int at = from; at < to; at++) {
            if (Byte.toUnsignedInt(segment[at]) > LARGEST_DC) {
                return false;
            }
        }
        return true;
    }
}
