package org.dropfolder.ideogram;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Random;
import java.util.zip.CRC32;

/** Parts for zips of the tests. */
final class ZipFiles {

    private ZipFiles() {
    }

    static byte[] noise(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static long crc32(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }

    static ZipPart part(String name, byte[] bytes) {
        return new ZipPart(name, bytes.length, crc32(bytes), () -> new ByteArrayInputStream(bytes));
    }

    /** So many zeros, made as they are read. */
    static InputStream zeros(long size) {
        return new InputStream() {
            private long left = size;

            @Override
            public int read() {
                return left-- > 0 ? 0 : -1;
            }

            @Override
            public int read(byte[] bytes, int from, int length) {
                int read = (int) Math.min(left, length);
                left -= read;
                return read == 0 ? -1 : read;
            }
        };
    }
}
