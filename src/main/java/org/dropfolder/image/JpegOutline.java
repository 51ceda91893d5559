package org.dropfolder.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.ZipException;

/** Shows of a JPEG its pixels, the tables for them, its profile of colours, and its first Exif. */
final class JpegOutline {
    private static final int SOS = 0xDA;
    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final int APP2 = 0xE2;
    private static final int APP14 = 0xEE;
    private static final int APP15 = 0xEF;
    private static final int COMMENT = 0xFE;
    private static final int PROGRESSIVE = 0xC2;
    private static final String EXIF = "Exif\0\0";
    private static final int SEGMENTS = 10_000;

    private JpegOutline() {}

    static void draw(Bytes bytes, Outline outline) throws IOException {
        long at = 2;
        int profile = 0;
        boolean exif = false;
        outline.show(0, at);
        for (int segment = 0; segment < SEGMENTS; segment++) {
            ByteBuffer head = bytes.read(at, 4).order(ByteOrder.BIG_ENDIAN);
            int marker = Outline.unsignedByte(head, 1);
            if (marker == 0xFF || Outline.unsignedByte(head, 0) != 0xFF) {
                // what fills the space between segments, or does not belong there
                at++;
                continue;
            }
            if (marker == SOS) {
                outline.show(at, bytes.size());
                return;
            }
            int length = Outline.unsignedShort(head, 2);
            long next = at + 2 + length;
            boolean first = marker == APP1 && !exif && begins(bytes, at + 4, length - 2, EXIF);
            if (first) {
                exif = true;
                outline.turned(TiffOutline.orientation(bytes, at + 4 + EXIF.length()));
            }
            if (marker == APP2) {
                profile += length;
            }
            if (marker == PROGRESSIVE) {
                outline.progressive();
            }
            if (first || marker == APP0 || marker == APP14 || marker == APP2 && profile <= Outline.PROFILE
                    || (marker < APP0 || marker > APP15) && marker != COMMENT) {
                outline.show(at, next);
            }
            at = next;
        }
        throw new ZipException("no pixels");
    }

    private static boolean begins(Bytes bytes, long at, int length, String text) throws IOException {
        return length >= text.length()
                && new String(bytes.read(at, text.length()).array(), ISO_8859_1).equals(text);
    }
}
