package org.dropfolder.image;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32;

/** Finds out what a file holds. */
public final class Probe {
    private static final int BUFFER = 128 * 1024;

    private Probe() {}

    /**
     * Reads a stream once, to its end, in constant memory, and leaves closing it to the caller.
     *
     * @throws IOException what the stream throws
     */
    public static Content read(InputStream stream) throws IOException {
        MessageDigest sha256 = sha256();
        CRC32 crc32 = new CRC32();
        byte[] buffer = new byte[BUFFER];
        FileType type = FileType.OTHER;
        long size = 0;
        for (int length; (length = stream.readNBytes(buffer, 0, BUFFER)) > 0; size += length) {
            if (size == 0) {
                type = type(ImageFormat.of(Arrays.copyOf(buffer, Math.min(length, ImageFormat.HEAD))));
            }
            sha256.update(buffer, 0, length);
            crc32.update(buffer, 0, length);
        }
        Condition condition = size == 0 ? Condition.UNFINISHED : Condition.WHOLE;
        return new Content(size, crc32.getValue(), HexFormat.of().formatHex(sha256.digest()), type, condition);
    }

    private static FileType type(Optional<ImageFormat> format) {
        return format.map(image -> switch (image) {
            case JPEG -> FileType.JPEG;
            case PNG -> FileType.PNG;
            case WEBP -> FileType.WEBP;
        }).orElse(FileType.OTHER);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Could not hash a file: this Java has no SHA-256. Use another one.", e);
        }
    }
}
