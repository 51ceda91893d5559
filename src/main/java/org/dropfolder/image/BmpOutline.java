package org.dropfolder.image;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Shows all of a BMP whose header makes sense: the library makes room for whatever it says. */
final class BmpOutline {
    private static final int HEADER = 14;
    private static final int OS2 = 12;
    private static final int INFO = 40;
    private static final int COLOURS = 256;
    private static final int RLE8 = 1;
    private static final int RLE4 = 2;

    private BmpOutline() {}

    static void draw(Bytes bytes, Outline outline) throws IOException {
        long header = Outline.unsignedInt(bytes.read(HEADER, 4), 0);
        if (header >= INFO) {
            ByteBuffer info = bytes.read(0, HEADER + INFO);
            long compression = Outline.unsignedInt(info, 30);
            boolean packed = compression == RLE8 || compression == RLE4;
            // the library reads the pixels of a packed one at once, and unpacks them at once
            outline.keeps(packed ? 3 : 0);
            require(Outline.unsignedInt(info, 34) <= bytes.size() || !packed);
            require(Outline.unsignedInt(info, 46) <= COLOURS || unsignedDepth(info) > 8);
            require(Outline.unsignedInt(info, 10) < bytes.size());
        } else {
            require(header == OS2);
        }
        outline.showAll();
    }

    private static int unsignedDepth(ByteBuffer info) {
        return Outline.unsignedShort(info, 28);
    }

    private static void require(boolean holds) throws IOException {
        if (!holds) {
            throw new IOException("a header that can't be");
        }
    }
}
