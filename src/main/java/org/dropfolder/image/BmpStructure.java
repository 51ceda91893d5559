package org.dropfolder.image;

/** BMP by the sizes in its header. */
final class BmpStructure extends Structure {
    private static final int HEADER = 34;
    private static final int MOST_SIDE = 1 << 20;
    private static final int BITFIELDS = 3;

    BmpStructure() {
        expect(HEADER, this::begin);
    }

    @Override
    FileType type() {
        return FileType.BMP;
    }

    private void begin() {
        long width = le32(18);
        long height = Math.abs((long) (int) le32(22));
        long packing = le32(30);
        pixels(width, height);
        if (decided()) {
            return;
        }
        if (width > MOST_SIDE || height > MOST_SIDE) {
            whole();
            return;
        }
        // the length of unpacked pixels is known; else what the header claims, which some programs leave empty
        long pixels = packing == 0 || packing == BITFIELDS ? (width * le16(28) + 31) / 32 * 4 * height : 0;
        long size = pixels > 0 ? le32(10) + pixels : le32(2);
        skip(Math.max(0, size - HEADER), this::whole);
    }
}
