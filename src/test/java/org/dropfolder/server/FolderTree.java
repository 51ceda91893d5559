package org.dropfolder.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Files in a folder of a disk. */
record FolderTree(Path folder, Hashes known) implements Tree {
    @Override
    public Map<String, String> hashes() throws IOException {
        Map<String, String> hashes = new LinkedHashMap<>();
        for (Path file : World.files(folder)) {
            known.of(file).ifPresent(hash -> hashes.put(folder.relativize(file).toString(), hash));
        }
        return hashes;
    }

    @Override
    public Optional<byte[]> bytes(String path) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(folder.resolve(path)));
        } catch (NoSuchFileException vanished) {
            return Optional.empty();
        }
    }
}
