package org.dropfolder.image;

import java.util.zip.CRC32;

/** PNG by its chunks and their checksums, to the one that ends it; and its pixels by their own checksum. */
final class PngStructure extends Structure {
    private static final int SIGNATURE = 8;
    private static final int HEADER = 13;
    private static final int PALETTE = 3;
    private static final String OPTIONAL = "-";
    private static final int MOST_COLOURS = 256;

    private final CRC32 crc = new CRC32();
    private final Step checked = this::checked;
    private final Step header = this::header;
    private final Step content = this::content;
    private final Sink counted = this::counted;
    private final Sink inflated = this::inflated;
    private PngPixels pixels;
    private String chunk = "";
    private boolean colours;
    private boolean apart;

    PngStructure() {
        expect(SIGNATURE, () -> expect(8, header));
    }

    @Override
    FileType type() {
        return FileType.PNG;
    }

    @Override
    public void close() {
        if (pixels != null) {
            pixels.close();
        }
    }

    private void header() {
        long length = u32(0);
        boolean first = chunk.isEmpty();
        for (int i = 4; i < 8; i++) {
            int letter = u8(i) & ~0x20;
            if (letter < 'A' || letter > 'Z') {
                broken();
                return;
            }
        }
        chunk = says(4, "IHDR") ? "IHDR" : says(4, "IDAT") ? "IDAT" : says(4, "PLTE") ? "PLTE" : says(4, "IEND") ? "IEND"
            : (u8(4) & 0x20) == 0 ? "?" : OPTIONAL;
        crc.reset();
        crc.update(part, 4, 4);
        if (length > Integer.MAX_VALUE) {
            broken();
        } else if (first && says(4, "CgBI")) {
            // what phones' programs are packed with
            whenWhole(Condition.UNUSUAL);
            chunk = "";
            through(length, counted, content);
        } else {
            begin(length, first);
        }
    }

    private void begin(long length, boolean first) {
        if (first != chunk.equals("IHDR") || !fits(length)) {
            broken();
            return;
        }
        apart |= !first && !chunk.equals("IDAT") && pixels.begun();
        colours |= chunk.equals("PLTE");
        if (chunk.equals("IHDR")) {
            expect(HEADER, this::size);
        } else {
            through(length, chunk.equals("IDAT") ? inflated : counted, content);
        }
    }

    /** Whether a chunk of this length may be here. */
    private boolean fits(long length) {
        return switch (chunk) {
            case "IHDR" -> length == HEADER;
            case "PLTE" -> length % 3 == 0 && length > 0 && length <= 3 * MOST_COLOURS && !colours && !pixels.begun();
            case "IDAT" -> !apart && (colours || pixels.colourType() != PALETTE);
            case "IEND" -> length == 0;
            default -> chunk.equals(OPTIONAL);
        };
    }

    private void size() {
        crc.update(part, 0, HEADER);
        pixels = new PngPixels(part);
        if (!pixels.sane()) {
            broken();
            return;
        }
        pixels(u32(0), u32(4));
        content();
    }

    private void counted(byte[] bytes, int from, int to) {
        crc.update(bytes, from, to - from);
    }

    private void inflated(byte[] bytes, int from, int to) {
        crc.update(bytes, from, to - from);
        pixels.take(bytes, from, to);
    }

    private void content() {
        if (!decided()) {
            expect(4, checked);
        }
    }

    private void checked() {
        if (u32(0) != crc.getValue()) {
            broken();
        } else if (!chunk.equals("IEND")) {
            expect(8, header);
        } else if (pixels.complete()) {
            whole();
        } else {
            broken();
        }
    }
}
