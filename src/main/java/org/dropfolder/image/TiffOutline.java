package org.dropfolder.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Shows of a TIFF its first page, and of that the fields that tell of its pixels: all others read as empty. What
 * Exif says of a turned camera stands in such a field, in a JPEG, PNG or WebP as well.
 */
final class TiffOutline {
    private static final int ORIENTATION = 274;
    private static final int COMPRESSION = 259;
    private static final int OLD_JPEG = 6;
    private static final Set<Integer> PIXELS = Set.of(254, 255, 256, 257, 258, COMPRESSION, 262, 266, 273, 277, 278, 279,
            284, 292, 293, 317, 320, 322, 323, 324, 325, 332, 338, 339, 347, 512, 513, 514, 515, 519, 520, 521, 529,
            530, 531, 532, 34675);
    private static final Set<Integer> TILE = Set.of(322, 323);
    private static final int[] LENGTHS = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};
    private static final int SHORT = 3;
    private static final int BIG = 43;
    private static final int FIELDS = 4_096;
    private static final int LARGEST_TILE = 1 << 17;
    /** The library holds all bytes of images in the JPEG of TIFF 6.0, which few wrote. */
    private static final int LARGEST_OLD_JPEG = 8 << 20;

    private final Bytes bytes;
    private final long start;
    private final ByteOrder order;
    /** Whether numbers of 64 bits stand where others have 32. */
    private final boolean big;
    private final List<Outline.Piece> hidden = new ArrayList<>();
    private int orientation = 1;
    private long room = 2L * Outline.PROFILE;

    private TiffOutline(Bytes bytes, long start) throws IOException {
        this.bytes = bytes;
        this.start = start;
        byte[] head = bytes.read(start, 2).array();
        require(head[0] == head[1] && (head[0] == 'I' || head[0] == 'M'));
        this.order = head[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        this.big = Outline.unsignedShort(read(start + 2, 2), 0) == BIG;
    }

    static void draw(Bytes bytes, Outline outline) throws IOException {
        TiffOutline tiff = new TiffOutline(bytes, 0);
        tiff.walk();
        outline.turned(tiff.orientation);
        long shown = 0;
        for (Outline.Piece field : tiff.hidden) {
            outline.show(shown, field.place());
            outline.hide(field.length());
            shown = field.place() + field.length();
        }
        outline.show(shown, bytes.size());
    }

    /** What Exif that begins here says of a turned camera; 1 where it says nothing, or can't be read. */
    static int orientation(Bytes bytes, long start) throws IOException {
        try {
            TiffOutline exif = new TiffOutline(bytes, start);
            exif.walk();
            return exif.orientation;
        } catch (IOException e) {
            if (bytes.failure().isPresent()) {
                throw e;
            }
            return 1;
        }
    }

    private void walk() throws IOException {
        int wide = big ? 8 : 4;
        long directory = start + number(start + wide, wide);
        long fields = number(directory, big ? 8 : 2);
        require(fields > 0 && fields <= FIELDS);
        long at = directory + (big ? 8 : 2);
        for (int field = 0; field < fields; field++) {
            field(at, wide);
            at += 4 + 2 * wide;
        }
        // what comes next is another page
        hidden.add(new Outline.Piece(at, wide));
    }

    private void field(long at, int wide) throws IOException {
        ByteBuffer field = read(at, 4);
        int tag = Outline.unsignedShort(field, 0);
        int type = Outline.unsignedShort(field, 2);
        long count = number(at + 4, wide);
        long length = type < LENGTHS.length && count <= room ? count * LENGTHS[type] : Long.MAX_VALUE;
        if (tag == ORIENTATION) {
            orientation = Outline.unsignedShort(read(at + 4 + wide, 2), 0);
        }
        if (!PIXELS.contains(tag) || length > Outline.PROFILE || length > room) {
            hidden.add(new Outline.Piece(at + 4, wide));
            return;
        }
        room -= length;
        long value = type == SHORT ? Outline.unsignedShort(read(at + 4 + wide, 2), 0) : number(at + 4 + wide, wide);
        require(!TILE.contains(tag) || value > 0 && value <= LARGEST_TILE);
        require(tag != COMPRESSION || value != OLD_JPEG || bytes.size() <= LARGEST_OLD_JPEG);
    }

    private long number(long at, int length) throws IOException {
        ByteBuffer buffer = read(at, length);
        long number = length == 2 ? Outline.unsignedShort(buffer, 0)
                : length == 4 ? Outline.unsignedInt(buffer, 0) : buffer.getLong(0);
        require(number >= 0);
        return number;
    }

    private ByteBuffer read(long at, int length) throws IOException {
        require(at >= 0 && at < bytes.size());
        return bytes.read(at, length).order(order);
    }

    private static void require(boolean holds) throws IOException {
        if (!holds) {
            throw new IOException("a directory that can't be");
        }
    }
}
