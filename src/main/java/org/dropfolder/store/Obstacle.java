package org.dropfolder.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** What bars the way to something that lies in the inbox. */
public enum Obstacle {
    /** It is a link, wherever that leads. */
    LINK,
    /** It is a pipe, a socket or a device. */
    NO_FILE,
    /** It is a file, and may not be read. */
    CLOSED_FILE,
    /** It is a folder, and may not be looked into. */
    CLOSED_FOLDER,
    /** It is an object, and a policy forbids to read it. */
    FORBIDDEN,
    /** It is an object, and lies in an archive. */
    ARCHIVED,
    /** It is an object that was copied, and a policy forbids to delete it. */
    KEPT;

    static Optional<Obstacle> at(Path path) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (attributes.isSymbolicLink()) {
            return Optional.of(LINK);
        }
        if (attributes.isOther()) {
            return Optional.of(NO_FILE);
        }
        if (attributes.isDirectory()) {
            return Files.isReadable(path) && Files.isExecutable(path) ? Optional.empty() : Optional.of(CLOSED_FOLDER);
        }
        return Files.isReadable(path) ? Optional.empty() : Optional.of(CLOSED_FILE);
    }
}
