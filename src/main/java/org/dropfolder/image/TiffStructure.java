package org.dropfolder.image;

/**
 * TIFF by where its directory lies, and by where that says the pixels are if it is near the beginning. All else shows
 * when it is opened.
 */
final class TiffStructure extends Structure {
    private static final int HEADER = 8;
    private static final int ENTRY = 12;
    private static final int STRIP_OFFSETS = 273;
    private static final int STRIP_LENGTHS = 279;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_LENGTHS = 325;
    private static final int LONG = 4;
    private static final int MOST_ENTRIES = 1000;

    private boolean little;
    private long position = HEADER;

    TiffStructure() {
        expect(HEADER, this::begin);
    }

    @Override
    FileType type() {
        return FileType.TIFF;
    }

    private void begin() {
        little = says(0, "II");
        long directory = number(4);
        if (half(2) != 42) {
            // its larger kind, with other lengths
            whole();
        } else if (directory < HEADER) {
            unfinished();
        } else {
            position = directory + 2;
            skip(directory - HEADER, () -> expect(2, this::directory));
        }
    }

    private void directory() {
        int entries = half(0);
        if (entries == 0) {
            unfinished();
        } else if (entries > MOST_ENTRIES) {
            broken();
        } else {
            position += (long) entries * ENTRY;
            expect(entries * ENTRY, () -> entries(entries));
        }
    }

    /** Only one strip or tile is looked at, since the lists of several lie anywhere. */
    private void entries(int entries) {
        long offset = 0;
        long length = 0;
        for (int at = 0; at < entries * ENTRY; at += ENTRY) {
            int tag = half(at);
            boolean one = number(at + 4) == 1;
            long value = half(at + 2) == LONG ? number(at + 8) : half(at + 8);
            if (one && (tag == STRIP_OFFSETS || tag == TILE_OFFSETS)) {
                offset = value;
            } else if (one && (tag == STRIP_LENGTHS || tag == TILE_LENGTHS)) {
                length = value;
            }
        }
        skip(Math.max(0, offset + length - position), this::whole);
    }

    private int half(int at) {
        return little ? le16(at) : u16(at);
    }

    private long number(int at) {
        return little ? le32(at) : u32(at);
    }
}
