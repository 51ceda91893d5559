package org.dropfolder.image;

import java.util.Optional;

/**
 * What a file holds, however it is called. Two files with equal content are the same image.
 *
 * @param size   in bytes
 * @param crc32  as a ZIP archive wants it, 0 to 2<sup>32</sup> - 1
 * @param sha256 64 hexadecimal digits in small letters
 */
public record Content(long size, long crc32, String sha256, FileType type, Condition condition) {
    /** The format that it is sent in as it is; nothing where it is no JPEG, PNG or WebP. */
    public Optional<ImageFormat> format() {
        return type.format();
    }

    /** The same bytes, about whose condition more is known. */
    Content but(Condition other) {
        return new Content(size, crc32, sha256, type, other);
    }
}
