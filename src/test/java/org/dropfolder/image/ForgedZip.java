package org.dropfolder.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Writes archives as nobody should, field by field (APPNOTE 4.3). */
final class ForgedZip {
    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
    private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
    private int count;

    /** What the directory says of a part; whatever is not set is honest. */
    static final class Part {
        final byte[] name;
        byte[] packed;
        byte[] extra = new byte[0];
        int madeBy = 3 << 8 | 30;
        int flags;
        int method = ZipHeader.DEFLATED;
        int attributes;
        long crc32;
        long size;
        long packedSize;
        long offset = -1;
        int disk;

        Part(byte[] name, byte[] content) {
            this.name = name;
            this.packed = deflated(content);
            this.packedSize = packed.length;
            CRC32 sum = new CRC32();
            sum.update(content);
            this.crc32 = sum.getValue();
            this.size = content.length;
        }

        Part(String name, byte[] content) {
            this(name.getBytes(UTF_8), content);
        }

        Part(String name) {
            this(name, name.getBytes(UTF_8));
        }

        Part stored(byte[] content) {
            method = ZipHeader.STORED;
            packed = content;
            packedSize = content.length;
            return this;
        }
    }

    /** Adds a part, unless its offset says that it stands elsewhere, to the parts and to the directory. */
    ForgedZip add(Part part) {
        long offset = part.offset < 0 ? parts.size() : part.offset;
        if (part.offset < 0) {
            parts.writeBytes(local(part));
            parts.writeBytes(part.packed);
        }
        return list(part, offset);
    }

    /** Only lists a part. */
    ForgedZip list(Part part, long offset) {
        directory.writeBytes(little(46).putInt(0x02014b50).putShort((short) part.madeBy).putShort((short) 20)
                .putShort((short) part.flags).putShort((short) part.method).putInt(0).putInt((int) part.crc32)
                .putInt((int) part.packedSize).putInt((int) part.size).putShort((short) part.name.length)
                .putShort((short) part.extra.length).putShort((short) 0).putShort((short) part.disk).putShort((short) 0)
                .putInt(part.attributes).putInt((int) offset).array());
        directory.writeBytes(part.name);
        directory.writeBytes(part.extra);
        count++;
        return this;
    }

    ForgedZip raw(byte[] bytes) {
        parts.writeBytes(bytes);
        return this;
    }

    int place() {
        return parts.size();
    }

    byte[] bytes() {
        return bytes(count);
    }

    byte[] bytes(int said) {
        return join(parts.toByteArray(), directory.toByteArray(), end(said, directory.size(), parts.size()));
    }

    byte[] zip64() {
        byte[] record = little(56).putInt(0x06064b50).putLong(44).putInt(45).putInt(0).putInt(0).putLong(count)
                .putLong(count).putLong(directory.size()).putLong(parts.size()).array();
        byte[] locator = little(20).putInt(0x07064b50).putInt(0).putLong(parts.size() + directory.size()).putInt(1).array();
        return join(parts.toByteArray(), directory.toByteArray(), record, locator, end(0xFFFF, -1, -1));
    }

    static byte[] local(Part part) {
        byte[] head = little(30).putInt(0x04034b50).putShort((short) 20).putShort((short) part.flags)
                .putShort((short) part.method).putInt(0).putInt((int) part.crc32).putInt((int) part.packedSize)
                .putInt((int) part.size).putShort((short) part.name.length).putShort((short) 0).array();
        return join(head, part.name);
    }

    static byte[] end(int count, int size, int offset) {
        return little(22).putInt(0x06054b50).putInt(0).putShort((short) count).putShort((short) count).putInt(size)
                .putInt(offset).putShort((short) 0).array();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] deflated(byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (var out = new DeflaterOutputStream(packed, new Deflater(Deflater.BEST_COMPRESSION, true))) {
            out.write(content);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    static ByteBuffer little(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
