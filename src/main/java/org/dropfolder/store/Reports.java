package org.dropfolder.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Optional;

/**
 * The words for people in the folders of the inbox. Every editor of every system is to show them: so they have the line ends
 * of Windows, since its older editors know no others, and begin with the mark of UTF-8, without which those and the Mac's
 * quick look guess another alphabet for {@code ä}.
 */
final class Reports {
    static final String NAME = "_status.txt";
    /** What ours begin with, whatever version wrote them; a file that does not is a person's own. */
    private static final String MARK = "\uFEFFDropfolder";

    private final Disk disk;

    Reports(Disk disk) {
        this.disk = disk;
    }

    /** Whether the folder, if it is there, holds this text now. */
    boolean write(Path folder, String text) throws IOException {
        if (!Files.exists(folder, NOFOLLOW_LINKS)) {
            return true;
        }
        Path file = folder.resolve(NAME);
        byte[] bytes = bytes(text);
        if (!Files.isDirectory(folder, NOFOLLOW_LINKS) || !mayBeReplaced(file)) {
            return false;
        }
        if (!says(file, bytes)) {
            disk.note(file, bytes);
        }
        return true;
    }

    /** As it is written. */
    static byte[] bytes(String text) {
        return (MARK + ": " + text.replace("\n", "\r\n")).getBytes(UTF_8);
    }

    /** Whether it may be replaced: the server wrote it; or a cut left it empty, and then nobody loses anything. */
    static boolean isOurs(byte[] there) {
        byte[] mark = MARK.getBytes(UTF_8);
        return there.length == 0 || Arrays.equals(Arrays.copyOf(there, mark.length), mark);
    }

    private static boolean mayBeReplaced(Path file) throws IOException {
        if (!Files.exists(file, NOFOLLOW_LINKS)) {
            return true;
        }
        Optional<BasicFileAttributes> there = Folder.plain(file);
        // what a power failure cut off may be empty, and then nobody loses anything
        return there.isPresent() && (there.get().size() == 0 || beginsWith(file, MARK.getBytes(UTF_8)));
    }

    private static boolean says(Path file, byte[] bytes) throws IOException {
        return Folder.plain(file).filter(there -> there.size() == bytes.length).isPresent() && beginsWith(file, bytes);
    }

    private static boolean beginsWith(Path file, byte[] bytes) throws IOException {
        try (InputStream there = Files.newInputStream(file, NOFOLLOW_LINKS)) {
            return Arrays.equals(there.readNBytes(bytes.length), bytes);
        }
    }
}
