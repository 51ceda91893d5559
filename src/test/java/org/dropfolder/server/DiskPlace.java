package org.dropfolder.server;

import java.util.Map;
import org.dropfolder.corpus.Inbox;

/** A world's own folders. */
record DiskPlace(World world, Hashes hashes) implements DropPlace {
    DiskPlace(World world) {
        this(world, new Hashes());
    }

    @Override
    public Inbox inbox() {
        return new DiskInbox(world.inbox(), world.folder().resolve("written"), hashes);
    }

    @Override
    public Tree shelf(String name) {
        return new FolderTree(world.data().resolve(name), hashes);
    }

    @Override
    public Map<String, String> settings() {
        return Map.of();
    }

    @Override
    public void close() { }

    @Override
    public String toString() {
        return "on a disk";
    }
}
