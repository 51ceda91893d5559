package org.dropfolder.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Shows all of a WebP, whose library looks at its first frame only, and finds its Exif and how it is packed. */
final class WebpOutline {
    private static final int HEADER = 12;
    private static final int CHUNK = 8;
    /** Its place, size, duration and flags stand before a frame's own chunks. */
    private static final int FRAME = 16;
    private static final int CHUNKS = 100_000;
    /** What the library keeps of a pixel, in bytes, as measured. */
    private static final int LOSSY = Decoder.LOSSY_WEBP;
    private static final int LOSSLESS = Decoder.LOSSLESS_WEBP;

    private WebpOutline() {}

    static void draw(Bytes bytes, Outline outline) throws IOException {
        outline.showAll();
        outline.keeps(LOSSLESS);
        long at = HEADER;
        boolean found = false;
        for (int chunk = 0; chunk < CHUNKS && at <= bytes.size() - CHUNK; chunk++) {
            ByteBuffer head = bytes.read(at, CHUNK);
            String type = new String(head.array(), 0, 4, ISO_8859_1);
            long length = Outline.unsignedInt(head, 4);
            if (type.equals("ANMF") && !found) {
                at += CHUNK + FRAME;
                continue;
            }
            if (type.equals("VP8 ") && !found) {
                outline.keeps(LOSSY);
            }
            found |= type.startsWith("VP8") && !type.equals("VP8X");
            if (type.equals("ICCP") && length > Outline.PROFILE) {
                throw new IOException("a profile that can't be");
            }
            if (type.equals("EXIF")) {
                outline.turned(TiffOutline.orientation(bytes, at + CHUNK));
            }
            at += CHUNK + length + (length & 1);
        }
    }
}
