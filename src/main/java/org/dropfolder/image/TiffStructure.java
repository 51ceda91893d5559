package org.dropfolder.image;

import java.util.function.Consumer;

/**
 * TIFF by where its directory lies, and by where that says the last of the pixels are, if this is said behind it. All
 * else shows when it is opened.
 */
final class TiffStructure extends Structure {
    private static final int HEADER = 8;
    private static final int ENTRY = 12;
    private static final int INLINE = 4;
    private static final int STRIP_OFFSETS = 273;
    private static final int STRIP_LENGTHS = 279;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_LENGTHS = 325;
    private static final int SHORT = 3;
    private static final int MOST_ENTRIES = 1000;

    private boolean little;
    private long position = HEADER;

    /** The last number of a list: as it is, or where it is to be found. */
    private record Last(long number, long at, int width) {
        static final Last NONE = new Last(0, 0, 0);

        boolean known() {
            return at == 0;
        }
    }

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

    private void entries(int entries) {
        Last offset = Last.NONE;
        Last length = Last.NONE;
        for (int at = 0; at < entries * ENTRY; at += ENTRY) {
            int tag = half(at);
            if (tag == STRIP_OFFSETS || tag == TILE_OFFSETS) {
                offset = last(at);
            } else if (tag == STRIP_LENGTHS || tag == TILE_LENGTHS) {
                length = last(at);
            }
        }
        pixels(offset, length);
    }

    private Last last(int at) {
        int width = half(at + 2) == SHORT ? 2 : 4;
        long count = number(at + 4);
        if (count * width > INLINE) {
            return new Last(0, number(at + 8) + (count - 1) * width, width);
        }
        int last = at + 8 + (int) Math.max(0, count - 1) * width;
        return new Last(width == 2 ? half(last) : number(last), 0, width);
    }

    /** Reads what is not known yet, the nearer first, and lets the last of the pixels pass. */
    private void pixels(Last offset, Last length) {
        if (offset.known() && length.known()) {
            skip(Math.max(0, offset.number() + length.number() - position), this::whole);
        } else if (!offset.known() && (length.known() || offset.at() < length.at())) {
            read(offset, found -> pixels(found, length));
        } else {
            read(length, found -> pixels(offset, found));
        }
    }

    private void read(Last last, Consumer<Last> then) {
        if (last.at() < position) {
            whole();
            return;
        }
        skip(last.at() - position, () -> expect(last.width(), () -> {
            position = last.at() + last.width();
            then.accept(new Last(last.width() == 2 ? half(0) : number(0), 0, last.width()));
        }));
    }

    private int half(int at) {
        return little ? le16(at) : u16(at);
    }

    private long number(int at) {
        return little ? le32(at) : u32(at);
    }
}
