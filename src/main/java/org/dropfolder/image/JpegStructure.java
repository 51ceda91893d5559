package org.dropfolder.image;

import java.util.Arrays;

/**
 * JPEG by its markers, from the first to the one that ends it. Segments are passed by their lengths, so what ends a
 * thumbnail inside one does not count; what a camera writes behind the end does not count either.
 */
final class JpegStructure extends Structure {
    /** Even the smoothest photo's packed data has some thirty zeros in a row at most; so many are more likely a hole. */
    private static final byte[] HOLE = new byte[256];

    private static final int SOF0 = 0xC0;
    private static final int DHT = 0xC4;
    private static final int JPG = 0xC8;
    private static final int DAC = 0xCC;
    private static final int RST0 = 0xD0;
    private static final int RST7 = 0xD7;
    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int DQT = 0xDB;
    private static final int DRI = 0xDD;
    private static final int JPG0 = 0xF0;
    /** Begins the frame of JPEG-LS. */
    private static final int LOSSLESS = 0xF7;

    private final JpegTables tables = new JpegTables();
    private final Step marker = this::marker;
    private final Step code = this::code;
    private final Step entropyCode = this::entropyCode;
    private final Step begun = this::begun;
    private final State entropy = this::entropy;
    private JpegFrame frame;
    private int current;
    private int interval;
    private long data;
    private long restarts;

    JpegStructure() {
        expect(2, begun);
    }

    @Override
    FileType type() {
        return FileType.JPEG;
    }

    private void begun() {
        expect(1, marker);
    }

    private void marker() {
        if (u8(0) == 0xFF) {
            expect(1, code);
        } else {
            broken();
        }
    }

    private void code() {
        current = u8(0);
        if (current == 0xFF) {
            expect(1, code);
        } else if (current == EOI) {
            end();
        } else if (hasLength(current)) {
            expect(2, this::length);
        } else {
            broken();
        }
    }

    private static boolean hasLength(int code) {
        return code >= SOF0 && code != JPG && (code < RST0 || code > SOI) && (code < JPG0 || code >= LOSSLESS);
    }

    /** Whether what is in it decides how the image is opened. */
    private static boolean counts(int code) {
        return code < RST0 || code == SOS || code == DQT || code == DRI || code == LOSSLESS;
    }

    private void end() {
        if (frame != null && frame.complete()) {
            whole();
        } else {
            broken();
        }
    }

    private void length() {
        int length = u16(0) - 2;
        if (length < 0) {
            broken();
        } else if (!counts(current)) {
            skip(length, begun);
        } else if (length == 0) {
            broken();
        } else {
            expect(length, () -> segment(length));
        }
    }

    private void segment(int length) {
        switch (current) {
            case DQT -> require(tables.quantization(part, length));
            case DHT -> require(tables.huffman(part, length));
            case DRI -> interval = length == 2 ? u16(0) : 0;
            case SOS -> scan(length);
            case DAC -> whenWhole(Condition.UNUSUAL);
            default -> frame(length);
        }
        if (!decided() && current != SOS) {
            begun();
        }
    }

    private void frame(int length) {
        if (frame != null || length < 6 || length != 6 + 3 * u8(5)) {
            broken();
            return;
        }
        frame = new JpegFrame(current, part);
        if (frame.unusual()) {
            whenWhole(Condition.UNUSUAL);
        } else if (!frame.sane()) {
            broken();
        }
        if (frame.odd()) {
            whenWhole(Condition.DOUBTFUL);
        }
        pixels(frame.width(), frame.height());
    }

    private void scan(int length) {
        boolean known = frame != null && (frame.unusual() || length == 4 + 2 * u8(0) && frame.begin(part, tables));
        require(known);
        data = 0;
        restarts = 0;
        enter(entropy);
    }

    private void require(boolean right) {
        if (!right) {
            broken();
        }
    }

    /** Passes data as long as no marker comes. */
    private int entropy(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != -1) {
            at++;
        }
        data += at - from;
        for (int i = from; i + HOLE.length <= at; i += HOLE.length) {
            if (bytes[i] == 0 && Arrays.equals(bytes, i, i + HOLE.length, HOLE, 0, HOLE.length)) {
                whenWhole(Condition.DOUBTFUL);
            }
        }
        if (at == to) {
            return to;
        }
        expect(1, entropyCode);
        return at + 1;
    }

    private void entropyCode() {
        int found = u8(0);
        if (found == 0xFF) {
            expect(1, entropyCode);
        } else if (found == 0) {
            data++;
            enter(entropy);
        } else if (found >= RST0 && found <= RST7) {
            if (interval == 0 || found != RST0 + restarts % 8) {
                whenWhole(Condition.DOUBTFUL);
            }
            restarts++;
            enter(entropy);
        } else {
            scanned();
            if (!decided()) {
                code();
            }
        }
    }

    private void scanned() {
        if (frame.unusual()) {
            return;
        }
        if (data * 8 < frame.leastBits()) {
            broken();
        } else if (interval > 0 && restarts != (frame.units() - 1) / interval) {
            whenWhole(Condition.DOUBTFUL);
        }
    }
}
