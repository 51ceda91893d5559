package org.dropfolder.image;

/** ZIP by the record that ends it, which a copy that was cut off has not. */
final class ZipStructure extends Structure {
    private static final int RECORD = 22;
    private static final int SIGNATURE = 0x504B0506;
    private static final int MOST_COMMENT = 0xFFFF;
    private static final int MOST_16 = 0xFFFF;
    private static final long MOST_32 = 0xFFFF_FFFFL;

    private int last;
    private long position;
    /** Where the last such record ends, with the comment in it. */
    private long found;
    private boolean right;

    ZipStructure() {
        enter(this::look);
    }

    @Override
    FileType type() {
        return FileType.ZIP;
    }

    @Override
    Condition unended() {
        return right && position >= found && position - found <= MOST_COMMENT ? Condition.WHOLE : Condition.UNFINISHED;
    }

    private int look(byte[] bytes, int from, int to) {
        int recent = last;
        for (int at = from; at < to; at++) {
            recent = recent << 8 | bytes[at] & 0xFF;
            if (recent == SIGNATURE) {
                last = 0;
                position += at + 1 - from;
                expect(RECORD - 4, this::record);
                return at + 1;
            }
        }
        last = recent;
        position += to - from;
        return to;
    }

    /** What it says of the list before it must fit, or it is that of an archive inside this one. */
    private void record() {
        position += RECORD - 4;
        long size = le32(8);
        long offset = le32(12);
        long before = position - RECORD - size - offset;
        boolean large = le16(6) == MOST_16 || size == MOST_32 || offset == MOST_32;
        right = large || before >= 0 && before <= MOST_COMMENT;
        found = position + le16(16);
        enter(this::look);
    }
}
