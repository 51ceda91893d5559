package org.dropfolder.image;

/**
 * WebP by the length that it begins with, and its chunks. There are no checksums, so a still image leaves a doubt even
 * if all of it is there.
 */
final class WebpStructure extends Structure {
    private static final int BEGIN = 12;
    private static final int LOSSY = 10;
    private static final int LOSSLESS = 5;
    private static final int EXTENDED = 10;
    private static final int ANIMATED = 0x02;
    /** Packed data does not end in so many zeros; a copy whose room was made before its bytes came does. */
    private static final int ZEROS = 512;

    private final Step header = this::header;
    private final Sink counted = this::counted;
    private final Step passed = this::passed;
    private long left;
    private long size;
    private long zeros;
    private boolean extended;
    private boolean animated;
    private boolean image;
    private boolean odd;
    private long width;
    private long height;

    WebpStructure() {
        expect(BEGIN, this::begin);
    }

    @Override
    FileType type() {
        return animated ? FileType.ANIMATED_WEBP : FileType.WEBP;
    }

    private void begin() {
        // some encoders write the length last
        left = le32(4) - 4;
        if (left <= 0) {
            unfinished();
        } else {
            next();
        }
    }

    private void next() {
        if (decided()) {
            return;
        }
        if (left >= 8) {
            left -= 8;
            expect(8, header);
        } else if (image) {
            whole();
        } else {
            broken();
        }
    }

    private void header() {
        size = le32(4);
        // the last filling byte is forgotten by some
        odd = size % 2 == 1 && left > size;
        if (size > left) {
            broken();
            return;
        }
        left -= size + (odd ? 1 : 0);
        zeros = 0;
        if (says(0, "VP8X")) {
            require(!extended && !image && size >= EXTENDED);
            then(EXTENDED, this::extended);
        } else if (says(0, "VP8 ")) {
            require(!image && !animated && size >= LOSSY);
            then(LOSSY, this::lossy);
        } else if (says(0, "VP8L")) {
            require(!image && !animated && size >= LOSSLESS);
            then(LOSSLESS, this::lossless);
        } else {
            require(extended || image);
            image |= animated && says(0, "ANMF");
            pass(size, says(0, "ANMF") || says(0, "ALPH"));
        }
    }

    private void then(int bytes, Step step) {
        if (!decided()) {
            expect(bytes, step);
        }
    }

    private void extended() {
        extended = true;
        animated = (u8(0) & ANIMATED) != 0;
        width = le24(4) + 1L;
        height = le24(7) + 1L;
        pixels(width, height);
        rest(EXTENDED);
    }

    private void lossy() {
        boolean key = (u8(0) & 1) == 0;
        int version = u8(0) >> 1 & 7;
        boolean shown = (u8(0) >> 4 & 1) == 1;
        int modes = le24(0) >> 5;
        require(key && version <= 3 && shown && modes > 0 && modes <= size - LOSSY && u8(3) == 0x9D && u8(4) == 0x01
            && u8(5) == 0x2A);
        still(le16(6) & 0x3FFF, le16(8) & 0x3FFF, LOSSY);
    }

    private void lossless() {
        long bits = le32(1);
        require(u8(0) == 0x2F && bits >> 29 == 0);
        still((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, LOSSLESS);
    }

    private void still(long across, long down, int taken) {
        require(!extended || across == width && down == height);
        image = true;
        if (!decided()) {
            pixels(across, down);
            whenWhole(Condition.DOUBTFUL);
            rest(taken);
        }
    }

    private void rest(int taken) {
        pass(size - taken, true);
    }

    private void pass(long bytes, boolean data) {
        if (!decided()) {
            through(bytes, data ? counted : null, passed);
        }
    }

    private void require(boolean right) {
        if (!right && !decided()) {
            broken();
        }
    }

    private void counted(byte[] bytes, int from, int to) {
        int at = to;
        while (at > from && bytes[at - 1] == 0) {
            at--;
        }
        zeros = at == from ? zeros + to - from : to - at;
    }

    private void passed() {
        if (zeros >= ZEROS) {
            unfinished();
        } else if (odd) {
            odd = false;
            skip(1, this::next);
        } else {
            next();
        }
    }
}
