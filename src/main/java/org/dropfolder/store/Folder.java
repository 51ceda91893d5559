package org.dropfolder.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;

/** A folder of the disk, and the paths that locations in it stand for. Immutable. */
record Folder(Path root) {
    Folder {
        root = root.toAbsolutePath().normalize();
    }

    /**
     * The path of a location.
     *
     * @throws IllegalArgumentException where it is empty, absolute, or has segments that are empty, {@code .} or
     *         {@code ..}, or that this file system can't spell
     */
    Path at(String location) {
        String[] segments = location.split("/", -1);
        Path path = root;
        for (String segment : segments) {
            path = path.resolve(checked(segment, location));
        }
        // where the file system knows more separators than we do, one segment may have become several
        if (path.getNameCount() != root.getNameCount() + segments.length || !path.startsWith(root)) {
            throw refused(location);
        }
        return path;
    }

    /** What is at a location, provided that it is a plain file and that no link leads there from the root. */
    Optional<BasicFileAttributes> plain(String location) throws IOException {
        Path path = at(location);
        for (Path parent = path.getParent(); !parent.equals(root); parent = parent.getParent()) {
            if (!Files.isDirectory(parent, NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
        }
        return plain(path);
    }

    /** What is at a path, provided that it is a plain file and no link. */
    static Optional<BasicFileAttributes> plain(Path path) throws IOException {
        try {
            var attributes = Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS);
            return attributes.isRegularFile() ? Optional.of(attributes) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * When anything of the file changed last: the time of its content may be an old one that a copy kept, or one that has
     * not come yet. Where the file system notes no other, or the file vanished just now, it is that one all the same.
     */
    static Instant changed(Path file, BasicFileAttributes attributes) {
        try {
            return Disk.isUnix(file) ? ((FileTime) Files.getAttribute(file, "unix:ctime", NOFOLLOW_LINKS)).toInstant()
                : attributes.lastModifiedTime().toInstant();
        } catch (IOException e) {
            return attributes.lastModifiedTime().toInstant();
        }
    }

    private static String checked(String segment, String location) {
        if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
            throw refused(location);
        }
        return segment;
    }

    private static IllegalArgumentException refused(String location) {
        return new IllegalArgumentException("Could not use the location \"" + location
                + "\": it leads out of its folder. Use names joined by /, none of them . or ..");
    }
}
