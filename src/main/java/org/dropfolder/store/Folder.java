package org.dropfolder.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.dropfolder.image.FolderName;

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

    /**
     * The path of what lies at a location whose names were read from the disk. A name whose bytes are no letters is known
     * by what Java shows in their place: of several that look alike it is the first, by their bytes.
     *
     * @throws IllegalArgumentException as {@link #at}
     * @throws IOException              if a folder of it can't be looked into
     */
    Path find(String location) throws IOException {
        if (!FolderName.undecodable(location)) {
            return at(location);
        }
        Path path = root;
        for (String segment : location.split("/", -1)) {
            path = FolderName.undecodable(segment) ? alike(path, segment) : path.resolve(checked(segment, location));
        }
        return path;
    }

    private static Path alike(Path folder, String name) throws IOException {
        if (!Files.isDirectory(folder, NOFOLLOW_LINKS)) {
            return folder.resolve(name);
        }
        Path first = null;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, path -> path.getFileName().toString().equals(name))) {
            for (Path path : all) {
                first = first == null || path.compareTo(first) < 0 ? path : first;
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return first == null ? folder.resolve(name) : first;
    }

    /** What is at a location, provided that it is a plain file and that no link leads there from the root. */
    Optional<BasicFileAttributes> plain(String location) throws IOException {
        return plainAt(find(location));
    }

    /** The same for a path below the root. */
    Optional<BasicFileAttributes> plainAt(Path path) throws IOException {
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

    static String checked(String segment, String location) {
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
