package org.dropfolder.image;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.List;

/**
 * A ZIP archive that somebody dropped, read by the directory at its end, without a disk and in little memory. What
 * it says of itself is believed nowhere: it is within bounds before a byte of a part is read, and each part is what
 * the directory promises or is refused. For one thread.
 */
public final class Archive implements Closeable {
    /**
     * What may be of use.
     *
     * @param part    its place in the directory, from 0; the same whenever the archive is opened
     * @param path    its path in the archive: segments between single {@code /}, none of them empty, {@code .} or
     *                {@code ..}, without control characters
     * @param size    in bytes, as it will have them when it was read to its end
     * @param caption whether its name is a caption's
     */
    public record Entry(int part, String path, long size, boolean caption) {}

    /**
     * What is of no use, and is neither junk nor a folder.
     *
     * @param part as above
     * @param path for people
     */
    public record Aside(int part, String path, Reason reason) {}

    private Archive() {}

    /**
     * Reads the directory, at most some MB, and nothing else. The channel stays open, and nobody else may use it meanwhile.
     *
     * @param name the archive's, for the reasons
     * @throws UnusableException if it is damaged, or beyond the bounds
     * @throws IOException       if the channel can't be read
     */
    public static Archive open(SeekableByteChannel channel, String name) throws IOException {
        return new Archive();
    }

    /** What may be of use, images first, then captions, each in the directory's order. */
    public List<Entry> entries() {
        return List.of();
    }

    /** What was set aside, in the directory's order. Folders and junk are in neither list. */
    public List<Aside> setAside() {
        return List.of();
    }

    /**
     * The bytes of one part, to be closed by the caller, one part at a time. The stream throws an
     * {@link UnusableException} where it does not hold what the directory promises, at its end at the latest.
     *
     * @throws UnusableException if the part is damaged, or an archive itself
     * @throws IOException       if the channel can't be read
     */
    public InputStream open(Entry entry) throws IOException {
        throw new IllegalArgumentException("This archive has no such part: " + entry.path());
    }

    /** Leaves the channel open. */
    @Override
    public void close() {}
}
