package org.dropfolder.ideogram;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file of an upload.
 *
 * @param name   its name in the zip
 * @param size   its bytes
 * @param crc32  their CRC-32, as an unsigned 32-bit number
 * @param source where they come from
 */
public record ZipPart(String name, long size, long crc32, Source source) {

    /** Opens the bytes anew, from the first one; the caller closes them. */
    @FunctionalInterface
    public interface Source {

        /** @throws IOException if they can't be had */
        InputStream open() throws IOException;
    }

    public ZipPart {
        if (size < 0 || crc32 < 0 || crc32 > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException(name + " can't have " + size + " bytes and the CRC-32 " + crc32);
        }
    }
}
