package org.dropfolder.corpus;

import static org.dropfolder.corpus.Bytes.ascii;
import static org.dropfolder.corpus.Bytes.utf8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes ZIP archives, sound ones and such as no program would write. */
final class Zips {
    private static final int UTF8 = 0x800;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;

    private Zips() { }

    /**
     * A part of an archive.
     *
     * @param name    its bytes
     * @param data    as it lies in the archive
     * @param size    as the archive says
     * @param mode    of Unix: what kind of file it is, and its rights
     * @param claimed length of the data as the archive says
     */
    record Part(byte[] name, int flags, int method, byte[] data, long crc, long size, int mode, long claimed) {
        Part flags(int more) {
            return new Part(name, flags | more, method, data, crc, size, mode, claimed);
        }

        Part method(int other) {
            return new Part(name, flags, other, data, crc, size, mode, claimed);
        }

        Part size(long other) {
            return new Part(name, flags, method, data, crc, other, mode, claimed);
        }

        Part mode(int other) {
            return new Part(name, flags, method, data, crc, size, other, claimed);
        }

        Part crc(long other) {
            return new Part(name, flags, method, data, other, size, mode, claimed);
        }

        Part named(byte[] other) {
            return new Part(other, flags & ~UTF8, method, data, crc, size, mode, claimed);
        }
    }

    static Part file(String name, byte[] bytes) {
        byte[] data = deflated(bytes);
        return new Part(utf8(name), UTF8, DEFLATED, data, crc(bytes), bytes.length, 0100644, data.length);
    }

    static Part stored(String name, byte[] bytes) {
        return new Part(utf8(name), UTF8, STORED, bytes, crc(bytes), bytes.length, 0100644, bytes.length);
    }

    static Part folder(String name) {
        return stored(name + "/", new byte[0]).mode(040755);
    }

    /** An archive with files of these names and contents in turn. */
    static byte[] of(Object... namesAndBytes) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < namesAndBytes.length; i += 2) {
            parts.add(file((String) namesAndBytes[i], (byte[]) namesAndBytes[i + 1]));
        }
        return of(parts, false);
    }

    static byte[] of(Part... parts) {
        return of(List.of(parts), false);
    }

    /** The same with the longer fields of archives over 4 GB. */
    static byte[] long64(Part... parts) {
        return of(List.of(parts), true);
    }

    /** Many names, and one place where the bytes of all of them lie. */
    static byte[] overlapping(byte[] bytes, int count) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Part first = file("1.png", bytes);
        local(out, first, false);
        int directory = out.size();
        for (int i = 0; i < count; i++) {
            central(out, first.named(ascii((i + 1) + ".png")), 0, false);
        }
        end(out, directory, count);
        return out.toByteArray();
    }

    static byte[] docx() {
        return of("[Content_Types].xml", utf8("<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
            "_rels/.rels", utf8("<?xml version=\"1.0\"?><Relationships/>"), "word/document.xml", utf8("<w:document/>"));
    }

    private static byte[] of(List<Part> parts, boolean long64) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<Integer> places = new ArrayList<>();
        for (Part part : parts) {
            places.add(out.size());
            local(out, part, long64);
        }
        int directory = out.size();
        for (int i = 0; i < parts.size(); i++) {
            central(out, parts.get(i), places.get(i), long64);
        }
        if (long64) {
            end64(out, directory, parts.size());
        }
        end(out, directory, parts.size());
        return out.toByteArray();
    }

    private static void local(ByteArrayOutputStream out, Part part, boolean long64) {
        put(out, 0x04034b50, 4);
        common(out, part, long64, long64 ? 20 : 0);
        out.writeBytes(part.name());
        if (long64) {
            put(out, 1, 2);
            put(out, 16, 2);
            put(out, part.size(), 8);
            put(out, part.claimed(), 8);
        }
        out.writeBytes(part.data());
    }

    private static void central(ByteArrayOutputStream out, Part part, int place, boolean long64) {
        put(out, 0x02014b50, 4);
        put(out, 0x031e, 2); // written by a Unix
        common(out, part, long64, long64 ? 28 : 0);
        put(out, 0, 2);
        put(out, 0, 2);
        put(out, 0, 2);
        put(out, (long) part.mode() << 16, 4);
        put(out, long64 ? 0xffffffffL : place, 4);
        out.writeBytes(part.name());
        if (long64) {
            put(out, 1, 2);
            put(out, 24, 2);
            put(out, part.size(), 8);
            put(out, part.claimed(), 8);
            put(out, place, 8);
        }
    }

    private static void common(ByteArrayOutputStream out, Part part, boolean long64, int extra) {
        put(out, long64 ? 45 : 20, 2);
        put(out, part.flags(), 2);
        put(out, part.method(), 2);
        put(out, 0x5a213c20, 4); // a day in 2025
        put(out, part.crc(), 4);
        put(out, long64 ? 0xffffffffL : part.claimed(), 4);
        put(out, long64 ? 0xffffffffL : part.size(), 4);
        put(out, part.name().length, 2);
        put(out, extra, 2);
    }

    private static void end(ByteArrayOutputStream out, int directory, int count) {
        int size = out.size() - directory;
        put(out, 0x06054b50, 4);
        put(out, 0, 4);
        put(out, count, 2);
        put(out, count, 2);
        put(out, size, 4);
        put(out, directory, 4);
        put(out, 0, 2);
    }

    private static void end64(ByteArrayOutputStream out, int directory, int count) {
        int here = out.size();
        put(out, 0x06064b50, 4);
        put(out, 44, 8);
        put(out, 0x002d_031e, 4);
        put(out, 0, 8);
        put(out, count, 8);
        put(out, count, 8);
        put(out, here - directory, 8);
        put(out, directory, 8);
        put(out, 0x07064b50, 4);
        put(out, 0, 4);
        put(out, here, 8);
        put(out, 1, 4);
    }

    private static void put(ByteArrayOutputStream out, long value, int size) {
        for (int i = 0; i < size; i++) {
            out.write((int) (value >> 8 * i));
        }
    }

    static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(bytes);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toByteArray();
    }

    private static long crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }
}
