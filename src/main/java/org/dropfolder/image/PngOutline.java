package org.dropfolder.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import java.util.zip.InflaterInputStream;

/** Shows of a PNG its pixels, its colours and what is transparent, and finds its profile and its Exif. */
final class PngOutline {
    private static final Set<String> SHOWN = Set.of("IHDR", "PLTE", "tRNS");
    private static final int SIGNATURE = 8;
    /** Length, type and checksum. */
    private static final int AROUND = 12;
    private static final int CHUNKS = 100_000;

    private PngOutline() {}

    static void draw(Bytes bytes, Outline outline) throws IOException {
        outline.show(0, SIGNATURE);
        long at = SIGNATURE;
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            ByteBuffer head = bytes.read(at, 8).order(ByteOrder.BIG_ENDIAN);
            long length = Outline.unsignedInt(head, 0);
            String type = new String(head.array(), 4, 4, ISO_8859_1);
            if (type.equals("IDAT")) {
                outline.show(at, bytes.size());
                return;
            }
            if (type.equals("eXIf")) {
                outline.turned(TiffOutline.orientation(bytes, at + 8));
            }
            if (type.equals("iCCP") && length <= Outline.PROFILE) {
                profile(bytes.read(at + 8, (int) length).array(), outline);
            }
            if (SHOWN.contains(type)) {
                outline.show(at, at + AROUND + length);
            }
            at += AROUND + length;
        }
        throw new IOException("no pixels");
    }

    /** Its name, a zero, how it is packed, and then the profile; a damaged one is passed over. */
    private static void profile(byte[] chunk, Outline outline) {
        int name = 0;
        while (name < chunk.length && chunk[name] != 0) {
            name++;
        }
        int start = Math.min(chunk.length, name + 2);
        try (InputStream profile = new InflaterInputStream(
                new ByteArrayInputStream(chunk, start, chunk.length - start))) {
            outline.profile(profile.readNBytes(Outline.PROFILE));
        } catch (IOException e) {
            outline.profile(new byte[0]);
        }
    }
}
