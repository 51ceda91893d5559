package org.dropfolder.image;

/** GIF by its blocks, to the one that ends it or, since some forget that, to the end of a block. */
final class GifStructure extends Structure {
    private static final int HEADER = 13;
    private static final int FRAME = 10;
    private static final int EXTENSION = 0x21;
    private static final int IMAGE = 0x2C;
    private static final int END = 0x3B;

    private final Step block = this::block;
    private final Step blocks = this::blocks;
    private final Step more = this::more;
    private final Step next = () -> expect(1, more);
    private boolean image;
    private boolean between;

    GifStructure() {
        expect(HEADER, this::begin);
    }

    @Override
    FileType type() {
        return FileType.GIF;
    }

    @Override
    Condition unended() {
        return image && between ? Condition.WHOLE : Condition.UNFINISHED;
    }

    private void begin() {
        pixels(le16(6), le16(8));
        if (!decided()) {
            skip(colours(u8(10)), blocks);
        }
    }

    private void blocks() {
        between = true;
        expect(1, block);
    }

    private void block() {
        between = false;
        switch (u8(0)) {
            case EXTENSION -> expect(2, () -> skip(u8(1), next));
            case IMAGE -> expect(FRAME - 1, () -> skip(colours(u8(8)) + 1, () -> {
                image = true;
                expect(1, more);
            }));
            case END -> end();
            default -> broken();
        }
    }

    /** The blocks of one image, or of an extension, end with an empty one. */
    private void more() {
        if (u8(0) == 0) {
            blocks();
        } else {
            skip(u8(0), next);
        }
    }

    private void end() {
        if (image) {
            whole();
        } else {
            broken();
        }
    }

    private static int colours(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;
    }
}
