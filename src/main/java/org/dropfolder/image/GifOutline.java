package org.dropfolder.image;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Shows of a GIF its first frame, and what is transparent in it. */
final class GifOutline {
    private static final int HEADER = 13;
    private static final int EXTENSION = 0x21;
    private static final int CONTROL = 0xF9;
    private static final int IMAGE = 0x2C;
    private static final int IMAGE_HEADER = 10;
    private static final int BLOCKS = 100_000;

    private GifOutline() {}

    static void draw(Bytes bytes, Outline outline) throws IOException {
        long at = HEADER + colours(Outline.unsignedByte(bytes.read(0, HEADER), 10));
        outline.show(0, at);
        for (int block = 0; block < BLOCKS; block++) {
            ByteBuffer head = bytes.read(at, 2);
            int kind = Outline.unsignedByte(head, 0);
            if (kind == IMAGE) {
                long data = at + IMAGE_HEADER + colours(Outline.unsignedByte(bytes.read(at, IMAGE_HEADER), 9)) + 1;
                outline.show(at, skip(bytes, data));
                return;
            }
            if (kind != EXTENSION) {
                break;
            }
            long next = skip(bytes, at + 2);
            if (Outline.unsignedByte(head, 1) == CONTROL) {
                outline.show(at, next);
            }
            at = next;
        }
        throw new IOException("no frame");
    }

    /** How many bytes a table of colours has, by the flags before it. */
    private static int colours(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;
    }

    /** Behind the blocks that begin here, the last of which has no byte; behind the file where none is such. */
    private static long skip(Bytes bytes, long at) throws IOException {
        while (at < bytes.size()) {
            int length = Outline.unsignedByte(bytes.read(at, 1), 0);
            at += 1 + length;
            if (length == 0) {
                return at;
            }
        }
        return bytes.size();
    }
}
