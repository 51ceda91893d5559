package org.dropfolder.image;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A ZIP archive that somebody dropped, read by the directory at its end, without a disk and in little memory. Nothing
 * that it says of itself is believed: it is within bounds before a byte of a part is read, and each part is what
 * the directory promises or is refused. For one thread.
 */
public final class Archive implements Closeable {
    /** The largest part that is used, unpacked, in bytes. */
    public static final long PART = 200L << 20;
    /** The most that all parts of use may have together, unpacked, in bytes. */
    public static final long TOTAL = 4L << 30;

    /**
     * How many times an archive's own size its parts may have, beyond what every archive may. A bitmap of one colour
     * is packed a thousand times smaller, and honest: so it is the whole that counts, and only where it is large.
     */
    private static final long RATIO = 100;
    private static final long HARMLESS = 256L << 20;
    /** Not worth being unpacked to be looked at. One that is called otherwise is known by its content, and unpacked by nobody. */
    private static final Set<String> NESTED = Set.of("zip", "7z", "rar", "tar", "tgz", "gz", "bz2", "xz", "zst");

    /**
     * What may be of use.
     *
     * @param part    its place in the directory, from 0; the same whenever the archive is opened
     * @param path    its path in the archive: segments between single {@code /}, none of them empty, {@code .} or
     *                {@code ..}, without control characters; several parts may have one path
     * @param size    in bytes, as it will have them when it was read to its end
     * @param caption whether its name is a caption's
     */
    public record Entry(int part, String path, long size, boolean caption) {}

    /**
     * What is of no use, and is neither junk nor a folder.
     *
     * @param part its place in the directory, from 0
     * @param path as the archive names it, for people
     */
    public record Aside(int part, String path, Reason reason) {}

    private final Bytes bytes;
    private final List<ZipHeader> headers;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Aside> setAside = new ArrayList<>();

    private Archive(Bytes bytes, List<ZipHeader> headers) {
        this.bytes = bytes;
        this.headers = headers;
        headers.forEach(this::sort);
        entries.sort(Comparator.comparing(Entry::caption).thenComparing(Entry::part));
    }

    /**
     * Reads the directory and nothing else. The channel stays open, and nobody else may use it meanwhile.
     *
     * @param name the archive's, for the reasons
     * @throws UnusableException if it is damaged, or beyond the bounds
     * @throws IOException       if the channel can't be read
     */
    public static Archive open(SeekableByteChannel channel, String name) throws IOException {
        Bytes bytes = new Bytes(channel);
        try {
            Archive archive = new Archive(bytes, ZipDirectory.read(bytes, name));
            archive.checkTotal(name);
            return archive;
        } catch (UnusableException e) {
            throw e;
        } catch (IOException e) {
            throw bytes.failure().orElseGet(() -> new UnusableException(Reason.damagedArchive(name), e));
        }
    }

    /** What may be of use, images first, then captions, each in the directory's order. */
    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** What was set aside, in the directory's order. Folders and junk are in neither list. */
    public List<Aside> setAside() {
        return List.copyOf(setAside);
    }

    /**
     * The bytes of one part, to be closed by the caller, one part at a time. The stream throws an
     * {@link UnusableException} where it does not hold what the directory promises, with its last byte at the latest.
     *
     * @param entry one of {@link #entries}
     * @throws UnusableException if the part is damaged
     * @throws IOException       if the channel can't be read
     */
    public InputStream open(Entry entry) throws IOException {
        return ZipPartStream.open(bytes, headers.get(entry.part()), entry.path());
    }

    /** Leaves the channel open. */
    @Override
    public void close() {
        entries.clear();
        setAside.clear();
    }

    private void sort(ZipHeader header) {
        Optional<String> path = ZipNames.path(header.name());
        if (header.folder() || path.filter(inside -> inside.isEmpty() || FileNames.junk(inside)).isPresent()) {
            return;
        }
        String shown = path.orElse(header.name());
        reason(header, path, shown).ifPresentOrElse(
                reason -> setAside.add(new Aside(header.part(), shown, reason)),
                () -> entries.add(new Entry(header.part(), shown, header.size(), FileNames.caption(shown))));
    }

    private static Optional<Reason> reason(ZipHeader header, Optional<String> path, String shown) {
        if (path.isEmpty()) {
            return Optional.of(Reason.partOutside(shown));
        }
        if (header.special()) {
            return Optional.of(Reason.partLink(shown));
        }
        if (header.locked()) {
            return Optional.of(Reason.partLocked(shown));
        }
        if (!header.packedAsUsual()) {
            return Optional.of(Reason.partPackedOddly(shown));
        }
        if (NESTED.contains(FileNames.ending(shown).toLowerCase(Locale.ROOT))) {
            return Optional.of(Reason.partArchive(shown));
        }
        return header.size() > PART ? Optional.of(Reason.partTooLarge(shown, header.size(), PART)) : Optional.empty();
    }

    /** At most 10,000 parts of 200 MB: the sum has no overflow. */
    private void checkTotal(String name) throws UnusableException {
        long total = entries.stream().mapToLong(Entry::size).sum();
        if (total > TOTAL) {
            throw new UnusableException(Reason.archiveTooLarge(name, total, TOTAL));
        }
        if (total > HARMLESS && total / RATIO > bytes.size()) {
            throw new UnusableException(Reason.harmfulArchive(name));
        }
    }
}
