package org.dropfolder.image;

import java.util.Optional;

/** What kind of file this is, by its content; what it is called does not count. */
public enum FileType {
    /** What Ideogram takes. */
    JPEG, PNG, WEBP,
    /** What becomes such an image by a {@linkplain #convertible conversion}. */
    ANIMATED_WEBP, BMP, GIF, TIFF,
    /** What may hold images. */
    ZIP,
    /** What can't be used, each with its own advice: photos and drawings of other kinds. */
    HEIC, AVIF, RAW, PSD,
    /** Drawings of lines, not of pixels: SVG, PostScript, Illustrator and the like. */
    SVG,
    /** Films and sounds. */
    VIDEO, AUDIO,
    /** Office's, PDF, e-books, web pages, programs' archives. */
    DOCUMENT,
    /** Tar, 7z, RAR, gzip and the like: all but ZIP. */
    ARCHIVE,
    /** Plain text of any kind. */
    TEXT,
    /** All else, and what is too short to tell. */
    OTHER;

    static FileType of(ImageFormat format) {
        return switch (format) {
            case JPEG -> JPEG;
            case PNG -> PNG;
            case WEBP -> WEBP;
        };
    }

    /** The format that it is sent in as it is; nothing where it is none of those that Ideogram takes. */
    public Optional<ImageFormat> format() {
        return switch (this) {
            case JPEG -> Optional.of(ImageFormat.JPEG);
            case PNG -> Optional.of(ImageFormat.PNG);
            case WEBP -> Optional.of(ImageFormat.WEBP);
            default -> Optional.empty();
        };
    }

    /** Whether it is an image that can be made into one that Ideogram takes. */
    public boolean convertible() {
        return this == ANIMATED_WEBP || this == BMP || this == GIF || this == TIFF;
    }
}
