package org.dropfolder.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * One part of an archive, unpacked, which ends where the directory says, and holds what its checksum promises. The
 * last of its bytes are given out only when that is known.
 */
final class ZipPartStream extends InputStream {
    private static final int SIGNATURE = 0x04034b50;
    private static final int BUFFER = 32 * 1024;

    private final Bytes bytes;
    private final ZipHeader header;
    private final String path;
    private final InputStream unpacked;
    private final CRC32 crc32 = new CRC32();
    private long left;
    private boolean proved;

    private ZipPartStream(Bytes bytes, ZipHeader header, String path, long start) {
        this.bytes = bytes;
        this.header = header;
        this.path = path;
        this.left = header.size();
        InputStream packed = new Packed(bytes, start, header.packed());
        this.unpacked = header.method() == ZipHeader.STORED ? packed : inflated(packed);
    }

    private static InputStream inflated(InputStream packed) {
        return new InflaterInputStream(packed, new Inflater(true), BUFFER) {
            /** Java frees only an inflater of its own. */
            @Override
            public void close() {
                inf.end();
            }
        };
    }

    /**
     * @param path for the reason
     * @throws UnusableException where the part does not begin as one does
     * @throws IOException       where the bytes can't be read
     */
    static ZipPartStream open(Bytes bytes, ZipHeader header, String path) throws IOException {
        try {
            ByteBuffer local = bytes.read(header.offset(), ZipHeader.LOCAL);
            if (local.getInt(0) != SIGNATURE) {
                throw new ZipException("Could not open a part of an archive: none begins at " + header.offset() + ".");
            }
            int names = Short.toUnsignedInt(local.getShort(26)) + Short.toUnsignedInt(local.getShort(28));
            return new ZipPartStream(bytes, header, path, header.offset() + ZipHeader.LOCAL + names);
        } catch (IOException e) {
            throw bytes.failure().orElseGet(() -> new UnusableException(Reason.partDamaged(path), e));
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        try {
            int count = left == 0 ? -1 : unpacked.read(into, offset, (int) Math.min(left, length));
            if (count > 0) {
                crc32.update(into, offset, count);
                left -= count;
            }
            prove(count);
            return count;
        } catch (IOException e) {
            throw bytes.failure().orElseGet(() -> new UnusableException(Reason.partDamaged(path), e));
        }
    }

    private void prove(int count) throws IOException {
        if (left > 0 && count >= 0 || proved) {
            return;
        }
        if (left > 0 || unpacked.read() >= 0 || crc32.getValue() != header.crc32()) {
            throw new ZipException("Could not unpack a part of an archive: it is not what the directory says.");
        }
        proved = true;
    }

    @Override
    public void close() throws IOException {
        unpacked.close();
    }

    /** The bytes between two places. */
    private static final class Packed extends InputStream {
        private final Bytes bytes;
        private final long end;
        private long place;

        Packed(Bytes bytes, long start, long length) {
            this.bytes = bytes;
            this.place = start;
            this.end = start + length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (place >= end) {
                return -1;
            }
            int count = bytes.read(place, into, offset, (int) Math.min(length, end - place));
            place += Math.max(count, 0);
            return count;
        }
    }
}
