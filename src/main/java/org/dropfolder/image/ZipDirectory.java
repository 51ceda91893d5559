package org.dropfolder.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.ZipException;

/**
 * Reads the directory at an archive's end, entry by entry. Java's own reader wants a file, and others keep all that a
 * hostile directory holds before it can be counted. Field positions are those of the ZIP specification (APPNOTE
 * 4.3.12 to 4.3.16, 4.5.3 and 4.6.9).
 */
final class ZipDirectory {
    /** The most entries that are read. */
    static final int ENTRIES = 10_000;

    /** The largest directory that is read, in bytes: honest entries have some 150 each. */
    private static final int LARGEST = 3 * 1024 * 1024;
    private static final int HEADER_SIGNATURE = 0x02014b50;
    private static final int HEADER = 46;
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END = 22;
    private static final int LOCATOR_SIGNATURE = 0x07064b50;
    private static final int LOCATOR = 20;
    private static final int ZIP64_SIGNATURE = 0x06064b50;
    private static final int ZIP64 = 56;
    private static final int COMMENT = 0xFFFF;

    private final Bytes bytes;
    private final String archive;
    /** What stands before the archive's own first byte: another program's, or nothing. */
    private long before;
    private long start;
    private long end;
    private long count;

    private ZipDirectory(Bytes bytes, String archive) {
        this.bytes = bytes;
        this.archive = archive;
    }

    /**
     * The entries in the directory's order. No two of them share a byte, and none has one of the directory's.
     *
     * @param archive its name, for the reason
     * @throws UnusableException where there are too many, or some share bytes
     * @throws ZipException      where it is no whole directory
     * @throws IOException       where the bytes can't be read
     */
    static List<ZipHeader> read(Bytes bytes, String archive) throws IOException {
        ZipDirectory directory = new ZipDirectory(bytes, archive);
        directory.find();
        List<ZipHeader> headers = directory.headers();
        directory.checkPlaces(headers);
        return headers;
    }

    private void find() throws IOException {
        int length = (int) Math.min(bytes.size(), END + COMMENT);
        long tail = bytes.size() - length;
        ByteBuffer buffer = bytes.read(tail, length);
        int at = length - END;
        while (at >= 0 && buffer.getInt(at) != END_SIGNATURE) {
            at--;
        }
        require(at >= 0, "it has no end");
        int locator = at - LOCATOR;
        if (locator >= 0 && buffer.getInt(locator) == LOCATOR_SIGNATURE) {
            findZip64(tail + locator, buffer.getLong(locator + 8));
        } else {
            require(unsignedShort(buffer, at + 4) == 0, "it is a piece of one");
            place(tail + at, unsignedInt(buffer, at + 12), unsignedInt(buffer, at + 16), unsignedShort(buffer, at + 10));
        }
    }

    private void findZip64(long locator, long said) throws IOException {
        long record = signature(said) == ZIP64_SIGNATURE ? said : locator - ZIP64;
        require(signature(record) == ZIP64_SIGNATURE, "it has no end");
        ByteBuffer buffer = bytes.read(record, ZIP64);
        place(record, buffer.getLong(40), buffer.getLong(48), buffer.getLong(32));
    }

    private int signature(long place) throws IOException {
        return place < 0 || place > bytes.size() - Integer.BYTES ? 0 : bytes.read(place, Integer.BYTES).getInt(0);
    }

    private void place(long end, long size, long offset, long count) throws IOException {
        require(size >= 0 && offset >= 0 && size <= end && offset <= end - size, "its directory is elsewhere");
        this.before = end - size - offset;
        this.start = end - size;
        this.end = end;
        this.count = count;
        if (count > ENTRIES || size > LARGEST) {
            throw new UnusableException(Reason.archiveOfTooMany(archive));
        }
    }

    private List<ZipHeader> headers() throws IOException {
        List<ZipHeader> headers = new ArrayList<>();
        long at = start;
        while (at <= end - HEADER && signature(at) == HEADER_SIGNATURE) {
            if (headers.size() == ENTRIES) {
                throw new UnusableException(Reason.archiveOfTooMany(archive));
            }
            ByteBuffer fixed = bytes.read(at, HEADER);
            int name = unsignedShort(fixed, 28);
            int extra = unsignedShort(fixed, 30);
            long next = at + HEADER + name + extra + unsignedShort(fixed, 32);
            require(next <= end, "an entry runs over its end");
            headers.add(header(headers.size(), fixed, bytes.read(at + HEADER, name).array(),
                    bytes.read(at + HEADER + name, extra)));
            at = next;
        }
        // some writers count in 16 bits, whatever there is
        require((headers.size() & 0xFFFF) == (count & 0xFFFF), "it lists other parts than it counts");
        return headers;
    }

    private ZipHeader header(int part, ByteBuffer fixed, byte[] name, ByteBuffer extra) throws IOException {
        Sizes64 sizes = new Sizes64(unsignedInt(fixed, 24), unsignedInt(fixed, 20), unsignedInt(fixed, 42));
        sizes.read(extra);
        require(sizes.size >= 0 && sizes.packed >= 0 && sizes.packed <= end && sizes.offset >= 0
                && sizes.offset <= end && unsignedShort(fixed, 34) == 0, "an entry is where none can be");
        int flags = unsignedShort(fixed, 8);
        boolean dos = fixed.get(5) == 0;
        return new ZipHeader(part, ZipNames.read(name, extra, flags, dos), name.length, flags,
                unsignedShort(fixed, 10), fixed.getInt(38), unsignedInt(fixed, 16), sizes.packed, sizes.size,
                sizes.offset + before);
    }

    private void checkPlaces(List<ZipHeader> headers) throws IOException {
        long free = 0;
        for (ZipHeader header : headers.stream().sorted(Comparator.comparingLong(ZipHeader::offset)).toList()) {
            if (header.offset() < free) {
                throw new UnusableException(Reason.harmfulArchive(archive));
            }
            free = header.end();
        }
        require(free <= start, "a part runs into the directory");
    }

    private static long unsignedInt(ByteBuffer buffer, int at) {
        return Integer.toUnsignedLong(buffer.getInt(at));
    }

    private static int unsignedShort(ByteBuffer buffer, int at) {
        return Short.toUnsignedInt(buffer.getShort(at));
    }

    private static void require(boolean holds, String otherwise) throws ZipException {
        if (!holds) {
            throw new ZipException("Could not read an archive's directory: " + otherwise + ".");
        }
    }

    /** Numbers that have 32 bits, or all of them set, and then 64 in the extra field 1. */
    private static final class Sizes64 {
        private static final long ELSEWHERE = 0xFFFF_FFFFL;
        private long size;
        private long packed;
        private long offset;

        Sizes64(long size, long packed, long offset) {
            this.size = size;
            this.packed = packed;
            this.offset = offset;
        }

        void read(ByteBuffer extra) throws ZipException {
            ByteBuffer field = ZipNames.field(extra, 1);
            size = read(size, field);
            packed = read(packed, field);
            offset = read(offset, field);
        }

        private static long read(long value, ByteBuffer field) throws ZipException {
            if (value != ELSEWHERE) {
                return value;
            }
            require(field.remaining() >= Long.BYTES, "a size is missing");
            return field.getLong();
        }
    }
}
