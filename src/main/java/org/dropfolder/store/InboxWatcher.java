package org.dropfolder.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.dropfolder.image.FileNames;

/**
 * Lets the system tell of changes in the inbox. What it tells is a wake-up and never the truth: it makes somebody look. Whoever looks
 * names each folder before listing it, so nothing comes between; what leaves the inbox and what is junk wakes nobody, but for what sets
 * something for its folder.
 *
 * <p>Only file systems of this machine tell of all changes: a share tells nothing of what others write. {@link #blind} says
 * what is not watched. Memory is bounded: at most {@link #FOLDERS} are. Thread safe.
 */
public final class InboxWatcher implements AutoCloseable {
    static final int FOLDERS = 20_000;
    private static final Set<String> LOCAL = Set.of("ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "bcachefs", "jfs", "tmpfs", "ramfs",
        "overlay", "vfat", "exfat", "ntfs3");

    private final Folder inbox;
    private final int atMost;
    private final NavigableMap<String, WatchKey> keys = new TreeMap<>();
    private final Map<Object, String> typeOfDevice = new HashMap<>();
    private Optional<WatchService> service = Optional.empty();
    private Optional<Object> root = Optional.empty();
    private Optional<String> broken = Optional.of("nobody listens to the system");
    private Optional<String> blind = Optional.empty();
    private int room;

    /** @param inbox need not be there yet */
    public InboxWatcher(Path inbox) {
        this(inbox, FOLDERS);
    }

    /** @param atMost so many folders are watched */
    InboxWatcher(Path inbox, int atMost) {
        this.inbox = new Folder(inbox);
        this.atMost = atMost;
        this.room = atMost;
    }

    /**
     * From now on the system is listened to.
     *
     * @param changed runs after each change, on a thread of its own; it should only wake another
     */
    public synchronized void listen(Runnable changed) {
        try {
            WatchService opened = inbox.root().getFileSystem().newWatchService();
            service = Optional.of(opened);
            broken = Optional.empty();
            Thread thread = new Thread(() -> listen(opened, changed), "inbox-watcher");
            thread.setDaemon(true);
            thread.start();
        } catch (IOException | UnsupportedOperationException e) {
            broken = Optional.of("the system can't tell of changes: " + why(e));
        }
    }

    private void listen(WatchService opened, Runnable changed) {
        try {
            while (true) {
                WatchKey key = opened.take();
                if (wakes(key)) {
                    changed.run();
                }
            }
        } catch (ClosedWatchServiceException | InterruptedException e) {
            return;
        } finally {
            end();
        }
    }

    private synchronized void end() {
        broken = Optional.of("the system tells of no changes any more");
    }

    private synchronized boolean wakes(WatchKey key) {
        String folder = inbox.root().relativize((Path) key.watchable()).toString().replace(File.separatorChar, '/');
        boolean wakes = false;
        for (WatchEvent<?> event : key.pollEvents()) {
            wakes |= wakes(folder, event);
        }
        key.reset();
        return wakes;
    }

    private boolean wakes(String folder, WatchEvent<?> event) {
        if (event.kind() == OVERFLOW) {
            forgetBelow(folder);
            return true;
        }
        String name = event.context().toString();
        if (event.kind() != ENTRY_MODIFY) {
            // another folder may have its name now, while the system goes on telling of the one that went
            forget(folder.isEmpty() ? name : folder + "/" + name);
        }
        return event.kind() != ENTRY_DELETE && !FileNames.junk(name) || FileNames.settings(name);
    }

    private void forget(String folder) {
        Optional.ofNullable(keys.remove(folder)).ifPresent(WatchKey::cancel);
        forgetBelow(folder);
    }

    private void forgetBelow(String folder) {
        NavigableMap<String, WatchKey> below = folder.isEmpty() ? keys.tailMap("", false)
            : keys.subMap(folder + "/", true, folder + "0", false);
        below.values().forEach(WatchKey::cancel);
        below.clear();
    }

    /** Whether since the last look another folder stands where the inbox is, or none: of that the system tells nothing. */
    public synchronized boolean isReplaced() {
        return blind().isEmpty() && !identity().equals(root);
    }

    /** The inbox is about to be looked through. */
    public synchronized void lookBegins() {
        Optional<Object> now = identity();
        if (!now.equals(root)) {
            forget("");
            typeOfDevice.clear();
            root = now;
        }
        blind = broken;
        watch("", inbox.root());
    }

    /**
     * This folder of the inbox is about to be listed.
     *
     * @param location below the inbox
     */
    public synchronized void enters(String location) {
        WatchKey known = keys.get(location);
        if ((known == null || !known.isValid()) && keys.containsKey("")) {
            try {
                watch(location, inbox.find(location));
            } catch (IOException | IllegalArgumentException e) {
                blind = Optional.of(why(e));
            }
        }
    }

    /** Why not all is watched that the last look went through, or is going through; nothing if all is. */
    public synchronized Optional<String> blind() {
        return broken.or(() -> blind);
    }

    private void watch(String location, Path folder) {
        WatchKey known = keys.get(location);
        if (known != null && known.isValid() || broken.isPresent()) {
            return;
        }
        if (keys.size() >= room) {
            blind = Optional.of(tooMany());
            return;
        }
        try {
            // the inbox itself may be a link; what lies in it must not lead out of it
            if (location.isEmpty() || Files.isDirectory(folder, NOFOLLOW_LINKS)) {
                register(location, folder);
            }
        } catch (NoSuchFileException | NotDirectoryException | AccessDeniedException e) {
            // whoever lists it finds nothing, either
            keys.remove(location);
        } catch (IOException | UnsupportedOperationException e) {
            room = Math.min(atMost, Math.max(1, keys.size()));
            blind = Optional.of(tooMany());
        }
    }

    private void register(String location, Path folder) throws IOException {
        String type = type(folder);
        if (LOCAL.contains(type)) {
            keys.put(location, folder.register(service.orElseThrow(), ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE));
            room = atMost;
        } else {
            blind = Optional.of("the system does not tell of every change on " + type);
        }
    }

    private String tooMany() {
        return "no more than " + room + " of its folders can be watched here, see fs.inotify.max_user_watches";
    }

    private String type(Path folder) throws IOException {
        if (!Disk.isUnix(folder)) {
            return Files.getFileStore(folder).type();
        }
        Object device = Files.getAttribute(folder, "unix:dev");
        String known = typeOfDevice.get(device);
        if (known == null) {
            known = Files.getFileStore(folder).type();
            typeOfDevice.put(device, known);
        }
        return known;
    }

    private Optional<Object> identity() {
        try {
            return Optional.ofNullable(Files.readAttributes(inbox.root(), BasicFileAttributes.class).fileKey());
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** In the system's words, which name no file. */
    private static String why(Exception e) {
        String told = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
        return told == null ? e.getClass().getSimpleName() : told;
    }

    /**
     * Nobody is woken any more.
     *
     * @throws UncheckedIOException if the system refuses that
     */
    @Override
    public synchronized void close() {
        try {
            if (service.isPresent()) {
                service.get().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not stop watching the inbox: " + e.getMessage(), e);
        }
    }
}
