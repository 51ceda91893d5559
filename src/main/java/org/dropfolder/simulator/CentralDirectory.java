package org.dropfolder.simulator;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipException;

/**
 * Compares the directory at the end of a ZIP with the entries that came before it, as a reader would that starts from
 * the end. Field positions are those of the ZIP specification (APPNOTE 4.3.7, 4.3.12 and 4.3.16).
 */
final class CentralDirectory {
    private static final int LOCAL_HEADER = 30;
    private static final int HEADER_SIGNATURE = 0x02014b50;
    private static final int HEADER = 46;
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END = 22;
    private static final int ZIP64_LOCATOR_SIGNATURE = 0x07064b50;
    private static final int ZIP64_LOCATOR = 20;

    /** An entry of an archive; its size, uncompressed, in bytes. */
    record Entry(String name, long size) { }

    private final ByteBuffer tail;
    private final long before;

    private CentralDirectory(byte[] tail, long length) {
        this.tail = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN);
        this.before = length - tail.length;
    }

    /**
     * Passes where the directory names the same entries with the same sizes, at places where they can stand.
     * Of an archive in the ZIP64 format only its end is looked at.
     *
     * @param tail   the last bytes of the archive, or all of them
     * @param length of the whole archive, in bytes
     * @param read   the entries that were read, in any order
     * @throws ZipException where it does not
     */
    static void check(byte[] tail, long length, List<Entry> read) throws ZipException {
        new CentralDirectory(tail, length).check(read);
    }

    private void check(List<Entry> read) throws ZipException {
        int end = end();
        if (isZip64(end)) {
            return;
        }
        long offset = Integer.toUnsignedLong(tail.getInt(end + 16));
        long size = Integer.toUnsignedLong(tail.getInt(end + 12));
        long start = offset - before;
        require(start >= 0 && start + size == end, "its end says it starts at " + offset + " with " + size + " bytes");
        List<Entry> listed = new ArrayList<>();
        TreeMap<Long, Long> places = new TreeMap<>();
        int at = (int) start;
        for (; at < end; at = next(at)) {
            require(end - at >= HEADER && tail.getInt(at) == HEADER_SIGNATURE, "no header stands at " + (before + at));
            listed.add(new Entry(name(at), Integer.toUnsignedLong(tail.getInt(at + 24))));
            places.put(Integer.toUnsignedLong(tail.getInt(at + 42)), placeEnd(at));
        }
        require(at == end && sorted(listed).equals(sorted(read)), "it lists other entries than stand before it");
        require(unsignedShort(end, 10) == read.size(), "its end counts other entries than it lists");
        checkPlaces(places, read.size(), offset);
    }

    private static void checkPlaces(TreeMap<Long, Long> places, int entries, long directory) throws ZipException {
        require(places.size() == entries, "two entries stand at one place");
        long free = 0;
        for (Map.Entry<Long, Long> place : places.entrySet()) {
            require(place.getKey() >= free, "an entry stands within another, at " + place.getKey());
            free = place.getValue();
        }
        require(free <= directory, "an entry stands within the directory");
    }

    private static List<Entry> sorted(List<Entry> entries) {
        return entries.stream().sorted(Comparator.comparing(Entry::name).thenComparing(Entry::size)).toList();
    }

    private int end() throws ZipException {
        for (int at = tail.capacity() - END; at >= 0; at--) {
            boolean fits = unsignedShort(at, 20) == tail.capacity() - END - at;
            if (fits && tail.getInt(at) == END_SIGNATURE) {
                return at;
            }
        }
        throw new ZipException("The central directory is not there: the archive has no end.");
    }

    private boolean isZip64(int end) {
        int locator = end - ZIP64_LOCATOR;
        return locator >= 0 && tail.getInt(locator) == ZIP64_LOCATOR_SIGNATURE;
    }

    private int next(int at) {
        return at + HEADER + unsignedShort(at, 28) + unsignedShort(at, 30) + unsignedShort(at, 32);
    }

    /** Where an entry ends at the earliest: its local header can have more extra fields than can be seen here. */
    private long placeEnd(int at) {
        return Integer.toUnsignedLong(tail.getInt(at + 42)) + LOCAL_HEADER + unsignedShort(at, 28)
                + Integer.toUnsignedLong(tail.getInt(at + 20));
    }

    private String name(int at) throws ZipException {
        require(at + HEADER + unsignedShort(at, 28) <= tail.capacity(), "a name runs over its end");
        return new String(tail.array(), at + HEADER, unsignedShort(at, 28), StandardCharsets.UTF_8);
    }

    private int unsignedShort(int at, int field) {
        return Short.toUnsignedInt(tail.getShort(at + field));
    }

    private static void require(boolean holds, String otherwise) throws ZipException {
        if (!holds) {
            throw new ZipException("The central directory is wrong: " + otherwise + ".");
        }
    }
}
