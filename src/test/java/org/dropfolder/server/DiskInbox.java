package org.dropfolder.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.dropfolder.corpus.Inbox;
import org.dropfolder.corpus.Objects;

/** The inbox on a disk. Files come at once, however many: they are written elsewhere and moved in. */
final class DiskInbox implements Inbox {
    private final Path inbox;
    private final Path elsewhere;
    private final Tree tree;

    DiskInbox(Path inbox, Path elsewhere, Hashes hashes) {
        this.inbox = inbox;
        this.elsewhere = elsewhere;
        this.tree = new FolderTree(inbox, hashes);
    }

    @Override
    public void drop(Map<String, byte[]> files) throws IOException {
        Map<Path, Path> written = new LinkedHashMap<>();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = Files.createDirectories(elsewhere).resolve(Integer.toString(written.size()));
            written.put(Files.write(path, file.getValue()), inbox.resolve(file.getKey()));
            Files.createDirectories(inbox.resolve(file.getKey()).getParent());
        }
        for (Map.Entry<Path, Path> file : written.entrySet()) {
            Files.move(file.getKey(), file.getValue());
        }
    }

    @Override
    public Map<String, String> left() throws IOException {
        Map<String, String> left = new LinkedHashMap<>(tree.hashes());
        left.keySet().removeIf(path -> Path.of(path).endsWith("_status.txt"));
        return left;
    }

    @Override
    public Optional<Path> disk() {
        return Optional.of(inbox);
    }

    @Override
    public Optional<Objects> bucket() {
        return Optional.empty();
    }
}
