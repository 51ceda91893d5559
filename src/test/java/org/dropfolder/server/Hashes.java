package org.dropfolder.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Hashes of files, each read again only once it changed. Not thread safe. */
final class Hashes {
    private final Map<String, String> known = new HashMap<>();

    /** Nothing for what vanishes meanwhile; of what is no plain file or can't be read, what it is. */
    Optional<String> of(Path file) {
        try {
            BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!is.isRegularFile()) {
                return Optional.of(is.isSymbolicLink() ? "link" : "other");
            }
            if (!Files.isReadable(file)) {
                return Optional.of("unreadable");
            }
            String key = file + " " + is.fileKey() + " " + is.size() + " " + is.lastModifiedTime();
            if (!known.containsKey(key)) {
                known.put(key, World.hash(Files.readAllBytes(file)));
            }
            return Optional.of(known.get(key));
        } catch (NoSuchFileException vanished) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
