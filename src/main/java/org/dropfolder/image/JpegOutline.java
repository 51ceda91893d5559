package org.dropfolder.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

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

    private final Bytes bytes;
    private final Outline outline;
    private int profile;
    private boolean exif;

    private JpegOutline(Bytes bytes, Outline outline) {
        this.bytes = bytes;
        this.outline = outline;
    }

    static void draw(Bytes bytes, Outline outline) throws IOException {
        new JpegOutline(bytes, outline).draw();
    }

    private void draw() throws IOException {
        long at = 2;
        outline.show(0, at);
        for (int segment = 0; segment < SEGMENTS; segment++) {
            ByteBuffer head = bytes.read(at, 4).order(ByteOrder.BIG_ENDIAN);
            int marker = Outline.unsignedByte(head, 1);
            if (marker == 0xFF || Outline.unsignedByte(head, 0) != 0xFF) {
                // what fills the space between segments, or does not belong there
                at++;
            } else if (marker == SOS) {
                outline.show(at, bytes.size());
                return;
            } else {
                int length = 2 + Outline.unsignedShort(head, 2);
                if (isOfUse(marker, at, length)) {
                    outline.show(at, at + length);
                }
                at += length;
            }
        }
        throw new IOException("no pixels");
    }

    private boolean isOfUse(int marker, long at, int length) throws IOException {
        switch (marker) {
            case APP1:
                boolean first = !exif && begins(at + 4, length - 4);
                if (first) {
                    exif = true;
                    outline.turned(TiffOutline.orientation(bytes, at + 4 + EXIF.length()));
                }
                return first;
            case APP2:
                profile += length;
                return profile <= Outline.PROFILE;
            case PROGRESSIVE:
                outline.progressive();
                return true;
            case APP0, APP14:
                return true;
            default:
                return (marker < APP0 || marker > APP15) && marker != COMMENT;
        }
    }

    private boolean begins(long at, int length) throws IOException {
        return length >= EXIF.length() && new String(bytes.read(at, EXIF.length()).array(), ISO_8859_1).equals(EXIF);
    }
}
