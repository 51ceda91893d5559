package org.dropfolder.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/**
 * What comes before a JPEG's pixels: what it takes to open them, and nothing else, since libraries take into memory whatever they meet;
 * and its Exif.
 *
 * @param bytes also of the first pixels, as many as had been read
 */
record JpegHead(byte[] bytes, boolean progressive, Exif exif) {
    private static final int SOI = 0xD8;
    private static final int TEM = 0x01;
    private static final int RST0 = 0xD0;
    private static final int SOS = 0xDA;
    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final int APP14 = 0xEE;
    private static final int APP15 = 0xEF;
    private static final int COMMENT = 0xFE;
    private static final int SOF0 = 0xC0;
    private static final int PROGRESSIVE = 0xC2;
    /** Where a frame tells how many colours it has. */
    private static final int COMPONENTS = 5;
    private static final byte[] EXIF = "Exif\0\0".getBytes(ISO_8859_1);
    /** Tables are a few hundred bytes each. */
    private static final int LARGEST = 256 * 1024;

    /**
     * Reads it.
     *
     * @throws IOException if it is damaged, has more than tables before its pixels, or what its source throws
     */
    static JpegHead of(Passing passing) throws IOException {
        return new Reading(passing).head();
    }

    /** Reads it, byte by byte. */
    private static final class Reading {
        private final Passing passing;
        private final byte[] block = new byte[Passing.BLOCK];
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private int at;
        private int length;
        private int components;
        private boolean progressive;
        private Exif exif = Exif.NONE;

        Reading(Passing passing) {
            this.passing = passing;
        }

        JpegHead head() throws IOException {
            require(u8() == 0xFF && u8() == SOI);
            kept.write(0xFF);
            kept.write(SOI);
            int code = code();
            while (code != SOS) {
                require(code > TEM && (code < RST0 || code > SOS));
                segment(code, (u8() << 8 | u8()) - 2);
                code = code();
            }
            kept.write(0xFF);
            kept.write(SOS);
            kept.write(u8());
            kept.write(u8());
            int scanned = u8();
            kept.write(scanned);
            // what comes in several scans is kept whole until the last, as a progressive one is
            progressive |= scanned < components;
            kept.write(block, at, length - at);
            return new JpegHead(kept.toByteArray(), progressive, exif);
        }

        private int code() throws IOException {
            require(u8() == 0xFF);
            int code = u8();
            while (code == 0xFF) {
                code = u8();
            }
            return code;
        }

        private void segment(int code, int size) throws IOException {
            require(size >= 0);
            byte[] bytes = take(size);
            if (code >= SOF0 && code <= PROGRESSIVE) {
                // of four colours, as printers use them, Java's reader makes something else
                require(size > COMPONENTS && bytes[COMPONENTS] <= 3);
                components = bytes[COMPONENTS];
                progressive = code == PROGRESSIVE;
            }
            if (code == APP1 && exif.equals(Exif.NONE) && Arrays.mismatch(bytes, EXIF) == EXIF.length) {
                exif = Exif.of(Arrays.copyOfRange(bytes, EXIF.length, bytes.length));
            }
            if (code == APP0 || code == APP14 || (code < APP0 || code > APP15) && code != COMMENT) {
                require(kept.size() + size <= LARGEST);
                kept.write(0xFF);
                kept.write(code);
                kept.write(size + 2 >> 8);
                kept.write(size + 2);
                kept.writeBytes(bytes);
            }
        }

        private byte[] take(int size) throws IOException {
            byte[] bytes = new byte[size];
            for (int done = 0; done < size;) {
                load();
                int count = Math.min(size - done, length - at);
                System.arraycopy(block, at, bytes, done, count);
                at += count;
                done += count;
            }
            return bytes;
        }

        private int u8() throws IOException {
            load();
            return Byte.toUnsignedInt(block[at++]);
        }

        private void load() throws IOException {
            if (at == length) {
                at = 0;
                length = passing.next(block);
                if (length == 0) {
                    throw new EOFException("It ends before its pixels.");
                }
            }
        }

        private static void require(boolean right) throws IOException {
            if (!right) {
                throw new IOException("It is not built as a JPEG.");
            }
        }
    }
}
