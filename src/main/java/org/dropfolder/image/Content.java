package org.dropfolder.image;

import java.util.Optional;

/**
 * What a file holds, however it is called. Two files with equal content are the same image.
 *
 * @param size   in bytes
 * @param crc32  as a ZIP archive wants it, 0 to 2<sup>32</sup> - 1
 * @param sha256 64 hexadecimal digits in small letters
 * @param look   what was measured of the picture, where that was asked for and could be done
 */
public record Content(long size, long crc32, String sha256, FileType type, Condition condition, Optional<Look> look) {
    /** One that was not measured. */
    public Content(long size, long crc32, String sha256, FileType type, Condition condition) {
        this(size, crc32, sha256, type, condition, Optional.empty());
    }

    /** The format that it is sent in as it is; nothing where it is no JPEG, PNG or WebP. */
    public Optional<ImageFormat> format() {
        return type.format();
    }

    /** The same, and what was measured of it. */
    Content with(Optional<Look> measured) {
        return new Content(size, crc32, sha256, type, condition, measured);
    }

    /** The same bytes, about whose condition more is known. */
    Content but(Condition other) {
        return new Content(size, crc32, sha256, type, other, look);
    }
}
