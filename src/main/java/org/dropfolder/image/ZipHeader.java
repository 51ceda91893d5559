package org.dropfolder.image;

/**
 * What an archive's directory says of one part.
 *
 * @param part       its place in the directory, from 0
 * @param name       as it stands there, decoded; cut where it is longer than any that can be used
 * @param length     of that name in the archive, in bytes
 * @param flags      APPNOTE 4.4.4
 * @param method     APPNOTE 4.4.5
 * @param attributes of the file system it comes from, Unix's in the upper half
 * @param crc32      of the bytes before they were packed
 * @param packed     in bytes
 * @param size       in bytes, unpacked
 * @param offset     where it begins in the file
 */
record ZipHeader(int part, String name, int length, int flags, int method, int attributes, long crc32, long packed,
                 long size, long offset) {
    static final int STORED = 0;
    static final int DEFLATED = 8;
    /** The fixed part of what stands before a part's bytes (APPNOTE 4.3.7). */
    static final int LOCAL = 30;

    private static final int LOCKED = 0x1 | 0x40 | 0x2000;
    private static final int KIND = 0170000;
    private static final int REGULAR = 0100000;
    private static final int FOLDER = 0040000;

    boolean locked() {
        return (flags & LOCKED) != 0;
    }

    boolean folder() {
        return name.endsWith("/") || kind() == FOLDER;
    }

    /** A link, a device, a pipe: all that Unix knows beside files and folders. */
    boolean special() {
        return kind() != 0 && kind() != REGULAR && kind() != FOLDER;
    }

    boolean packedAsUsual() {
        return method == DEFLATED || method == STORED && packed == size;
    }

    /** Where its bytes end at the earliest: what stands before them can be longer than is seen here. */
    long end() {
        return offset + LOCAL + length + packed;
    }

    private int kind() {
        return attributes >>> 16 & KIND;
    }
}
