package org.dropfolder.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What of an image's file a library gets to see, and what it would not tell. Libraries take into memory whatever a file
 * says it holds beside its pixels: thumbnails, layers, texts, all pages. They are shown the rest only.
 */
final class Outline {
    /**
     * Some bytes of the file, or zeros in the place of some.
     *
     * @param place  where they begin in the file; -1 for zeros
     * @param length in bytes, more than 0
     */
    record Piece(long place, long length) {}

    /** No profile of colours is larger, in bytes: those of printing presses have 2 MB. */
    static final int PROFILE = 4 << 20;

    private final Bytes bytes;
    private final List<Piece> pieces = new ArrayList<>();
    private int orientation = 1;
    private int perPixel;
    private boolean progressive;
    private byte[] profile;

    private Outline(Bytes bytes) {
        this.bytes = bytes;
    }

    /**
     * Walks over a file of this type without reading its pixels.
     *
     * @throws EOFException where it ends too early
     * @throws IOException  where it is damaged, or can't be read
     */
    static Outline of(Bytes bytes, FileType type) throws IOException {
        Outline outline = new Outline(bytes);
        switch (type) {
            case JPEG -> JpegOutline.draw(bytes, outline);
            case PNG -> PngOutline.draw(bytes, outline);
            case TIFF -> TiffOutline.draw(bytes, outline);
            case WEBP, ANIMATED_WEBP -> WebpOutline.draw(bytes, outline);
            case GIF -> GifOutline.draw(bytes, outline);
            case BMP -> BmpOutline.draw(bytes, outline);
            default -> throw new IllegalArgumentException("No image is converted of " + type);
        }
        return outline;
    }

    /** Shows the bytes from one place to before another; none where the second is not behind the first. */
    void show(long from, long to) {
        if (to > from) {
            pieces.add(new Piece(from, to - from));
        }
    }

    /** Shows zeros in the place of so many bytes. */
    void hide(long length) {
        pieces.add(new Piece(-1, length));
    }

    /** What Exif says of how the camera was held, 1 to 8; other numbers are passed over. */
    void turned(int exif) {
        if (exif > 1 && exif <= 8) {
            orientation = exif;
        }
    }

    /** How many bytes the library keeps for each pixel of the file, however few of them are asked for. */
    void keeps(int perPixel) {
        this.perPixel = perPixel;
    }

    /** Its pixels come in several passes, and all are kept by the library, outside the heap. */
    void progressive() {
        progressive = true;
    }

    /** The profile of its colours, where the library does not look at it. */
    void profile(byte[] profile) {
        this.profile = profile;
    }

    Bytes bytes() {
        return bytes;
    }

    List<Piece> pieces() {
        return pieces;
    }

    int orientation() {
        return orientation;
    }

    int perPixel() {
        return perPixel;
    }

    boolean isProgressive() {
        return progressive;
    }

    Optional<byte[]> profile() {
        return Optional.ofNullable(profile);
    }

    /** The whole file. */
    void showAll() {
        show(0, bytes.size());
    }

    static int unsignedByte(ByteBuffer buffer, int at) {
        return Byte.toUnsignedInt(buffer.get(at));
    }

    static int unsignedShort(ByteBuffer buffer, int at) {
        return Short.toUnsignedInt(buffer.getShort(at));
    }

    static long unsignedInt(ByteBuffer buffer, int at) {
        return Integer.toUnsignedLong(buffer.getInt(at));
    }
}
