package org.dropfolder.image;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the chunks of a PNG begin, and the last of them ends. */
final class Chunks {
    private static final int SIGNATURE = 8;
    private static final int AROUND = 12;

    private Chunks() { }

    /** Nothing where it is no PNG. */
    static List<Integer> of(byte[] file) {
        List<Integer> begins = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(file);
        if (!ImageFormat.of(file).equals(Optional.of(ImageFormat.PNG))) {
            return begins;
        }
        for (long at = SIGNATURE; at <= file.length;) {
            begins.add((int) at);
            if (at + AROUND > file.length) {
                break;
            }
            at += AROUND + Integer.toUnsignedLong(bytes.getInt((int) at));
        }
        return begins;
    }
}
