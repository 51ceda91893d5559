package org.dropfolder.ideogram;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;

/**
 * A zip that compresses nothing (images don't shrink), so that its length is known before its first byte, and that
 * is the same, byte for byte, whenever it is written.
 *
 * <p>Java's own {@link ZipOutputStream} writes it, in UTF-8 and with ZIP64 where it is needed: entries whose size and
 * CRC-32 are known get no data descriptor, which makes the length a sum.
 */
final class StoredZip {

    /**
     * Noon, and not the format's first moment: that one means 'earlier than zip can say' to Java, which then adds a
     * field with the time of this machine's zone.
     */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 12, 0);
    private static final int BUFFER = 1 << 17;

    private static final long ZIP64_FROM = 0xFFFF_FFFFL;
    private static final int ZIP64_FROM_ENTRIES = 0xFFFF;

    private final List<ZipPart> parts;
    private final ZipUpload.Progress progress;

    /** @throws IllegalArgumentException if two parts have one name, of which a reader would find only one */
    StoredZip(List<ZipPart> parts, ZipUpload.Progress progress) {
        this.parts = List.copyOf(parts);
        this.progress = progress;
        Set<String> names = new HashSet<>();
        for (ZipPart part : parts) {
            if (!names.add(part.name())) {
                throw new IllegalArgumentException("Two files of one zip can't both be named " + part.name());
            }
        }
    }

    /** Exactly how many bytes {@link #writeTo} writes, by the format's description (APPNOTE 4.3 and 4.5.3). */
    long length() {
        long entries = 0;
        long directory = 0;
        for (ZipPart part : parts) {
            int name = part.name().getBytes(StandardCharsets.UTF_8).length;
            boolean large = part.size() >= ZIP64_FROM;
            boolean far = entries >= ZIP64_FROM;
            directory += 46 + name + (large || far ? 4 : 0) + (large ? 16 : 0) + (far ? 8 : 0);
            entries += 30 + name + (large ? 20 : 0) + part.size();
        }
        boolean zip64 = entries >= ZIP64_FROM || directory >= ZIP64_FROM || parts.size() >= ZIP64_FROM_ENTRIES;
        return entries + directory + (zip64 ? 56 + 20 : 0) + 22;
    }

    /**
     * Writes the zip, and leaves the stream open. After a failure what was written is no zip: the directory, which
     * comes last, is missing.
     *
     * @throws ContentChangedException if a source has other bytes than its part promised; of a source that has more
     *                                 than promised, no more than promised is written
     * @throws IOException             if a source can't be read, or the stream can't be written
     */
    void writeTo(OutputStream out) throws IOException {
        Archive archive = new Archive(out);
        try {
            Sent sent = new Sent();
            progress.sent(0);
            for (ZipPart part : parts) {
                archive.putNextEntry(header(part));
                copy(part, archive, sent);
                close(part, archive);
            }
            archive.finish();
            out.flush();
        } finally {
            archive.free();
        }
    }

    private static ZipEntry header(ZipPart part) {
        ZipEntry header = new ZipEntry(part.name());
        header.setMethod(ZipEntry.STORED);
        header.setSize(part.size());
        header.setCrc(part.crc32());
        header.setTimeLocal(TIME);
        return header;
    }

    private static void copy(ZipPart part, Archive archive, Sent sent) throws IOException {
        byte[] buffer = archive.buffer;
        long left = part.size();
        try (InputStream in = open(part)) {
            while (left > 0) {
                int read = read(part, in, buffer, (int) Math.min(left, buffer.length));
                if (read < 0) {
                    throw new ContentChangedException(part.name(), left + " bytes are missing");
                }
                archive.write(buffer, 0, read);
                sent.add(read);
                left -= read;
            }
            if (read(part, in, buffer, 1) > 0) {
                throw new ContentChangedException(part.name(), "it has grown beyond " + part.size() + " bytes");
            }
        }
    }

    private static void close(ZipPart part, Archive archive) throws IOException {
        try {
            archive.closeEntry();
        } catch (ZipException otherContent) {
            throw new ContentChangedException(part.name(), "it has another CRC-32 than when it was accepted");
        }
    }

    private static InputStream open(ZipPart part) throws IOException {
        try {
            return part.source().open();
        } catch (IOException failed) {
            throw unreadable(part, failed);
        }
    }

    private static int read(ZipPart part, InputStream in, byte[] buffer, int length) throws IOException {
        try {
            return in.read(buffer, 0, length);
        } catch (IOException failed) {
            throw unreadable(part, failed);
        }
    }

    private static IOException unreadable(ZipPart part, IOException failed) {
        return new IOException("could not read " + part.name() + " (" + Excerpt.of(failed.toString()) + ")", failed);
    }

    /** Java frees the unused compressor only in close(), which would write a directory after a failure too. */
    private static final class Archive extends ZipOutputStream {

        private final byte[] buffer = new byte[BUFFER];

        Archive(OutputStream out) {
            super(out, StandardCharsets.UTF_8);
        }

        void free() {
            def.end();
        }
    }

    /** Counts, and tells. */
    private final class Sent {

        private long bytes;

        void add(int more) {
            bytes += more;
            progress.sent(bytes);
        }
    }
}
