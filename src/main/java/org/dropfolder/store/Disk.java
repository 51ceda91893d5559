package org.dropfolder.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.dropfolder.image.Content;
import org.dropfolder.image.Probe;

/**
 * Changes files so that a cut at any instruction loses nothing, and doing it again finishes it. Safe for several
 * threads; only one process may write below the same folder.
 */
final class Disk {
    private static final String HALF_DROPPED = ".dropping.part";

    private final Effects effects;
    private final Set<Path> underWay = ConcurrentHashMap.newKeySet();
    private final FolderSyncs syncs = new FolderSyncs();

    Disk(Effects effects) {
        this.effects = effects;
    }

    /** Looks at a file that is to be moved: nothing where no plain file may be taken from there. */
    @FunctionalInterface
    interface Look {
        Optional<BasicFileAttributes> now() throws IOException;
    }

    /** A change of one file or folder. */
    @FunctionalInterface
    private interface Change {
        void make() throws IOException;
    }

    /** Moves a plain file, as {@link ImageStore#take} promises. */
    void move(Path from, Look look, Path to) throws IOException {
        move(from, look, to, syncs::sync);
    }

    /**
     * The same for one of several.
     *
     * @param renamed is told of the folder in which a file was renamed: it is to be {@linkplain #sync synced} once for all
     */
    void move(Path from, Look look, Path to, Consumer<Path> renamed) throws IOException {
        // an atomic rename overwrites silently: looking first is safe only while no other thread has the same target
        if (!underWay.add(to)) {
            throw occupied(from, to);
        }
        try {
            Optional<BasicFileAttributes> here = look.now();
            boolean there = Files.exists(to, NOFOLLOW_LINKS);
            if (here.isPresent() && there) {
                finishCopy(from, to);
            } else if (here.isPresent()) {
                rename(from, here.get(), to, renamed);
            } else if (there) {
                delete(origin(to));
            } else {
                throw new NoSuchFileException(from.toString(), to.toString(), "Could not move it: it is in neither"
                        + " place. Look whether somebody else took it away, and drop it again");
            }
        } finally {
            underWay.remove(to);
        }
    }

    /** Makes what was renamed in the folder outlive a power failure, where the platform can. */
    void sync(Path folder) {
        syncs.sync(folder);
    }

    /** Writes a file whole: whoever reads it sees all of the old bytes or all of the new ones. */
    synchronized void write(Path file, byte[] bytes) throws IOException {
        makeFolder(file.getParent());
        Path part = part(file);
        fill(part, "write ", out -> out.write(bytes));
        putInPlace(part, file);
    }

    /**
     * Writes a file whole into a folder that is there, and makes none. Nothing that lies there is opened. Nobody waits for the
     * disk: this is for what can be written anew at any time.
     */
    synchronized void note(Path file, byte[] bytes) throws IOException {
        Path part = part(file);
        remove(part);
        pass("write " + part, () -> Files.write(part, bytes, WRITE, CREATE_NEW, NOFOLLOW_LINKS));
        pass("rename " + file, () -> Files.move(part, file, ATOMIC_MOVE));
    }

    /** The same for a file of any size that no other thread writes; what fails leaves nothing of it behind. */
    void write(Path file, ImageStore.Writing bytes) throws IOException {
        makeFolder(file.getParent());
        Path part = part(file);
        try {
            fill(part, "write ", bytes);
            putInPlace(part, file);
        } catch (IOException e) {
            delete(part);
            throw e;
        }
    }

    /**
     * Writes a file whole under the first of its names that is free; people may write into the folder meanwhile. What fails leaves
     * nothing of it behind, nor a folder that it made.
     *
     * @param named which path its first name has, its second and so on; all are in the folder
     */
    Path drop(Path folder, IntFunction<Path> named, ImageStore.Writing bytes) throws IOException {
        boolean made = !Files.isDirectory(folder);
        makeFolder(folder);
        int number = 1;
        while (Files.exists(named.apply(number), NOFOLLOW_LINKS) || !underWay.add(named.apply(number))) {
            number++;
        }
        Path first = named.apply(number);
        Path part = first.resolveSibling("." + first.getFileName() + HALF_DROPPED);
        try {
            fill(part, "write ", bytes);
            return claim(part, named, number);
        } catch (IOException e) {
            delete(part);
            if (made) {
                leave(folder);
            }
            throw e;
        } finally {
            underWay.remove(first);
        }
    }

    /** Whether this is what is half-written of a file that is dropped, by its name. */
    static boolean isHalfDropped(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(".") && name.endsWith(HALF_DROPPED);
    }

    /** An atomic rename overwrites silently: the name is taken by an empty file before, which nobody else can then make. */
    private Path claim(Path part, IntFunction<Path> named, int from) throws IOException {
        for (int number = from; ; number++) {
            Path file = named.apply(number);
            try {
                pass("make " + file, () -> Files.createFile(file));
            } catch (FileAlreadyExistsException taken) {
                continue;
            }
            putInPlace(part, file);
            return file;
        }
    }

    /** Somebody else may have put something there by now. */
    private void leave(Path folder) throws IOException {
        try {
            pass("delete " + folder, () -> Files.delete(folder));
        } catch (DirectoryNotEmptyException used) {
            return;
        }
    }

    /** Takes away a file that the server itself wrote, if it is there; anything else that bears its name stays. */
    synchronized void remove(Path file) throws IOException {
        if (Folder.plain(file).isPresent()) {
            delete(file);
        }
    }

    /** Whether a path's file system has Unix's times and lets a folder be synced. */
    static boolean isUnix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    private void rename(Path from, BasicFileAttributes here, Path to, Consumer<Path> renamed) throws IOException {
        makeFolder(to.getParent());
        try {
            putInPlace(from, to, renamed);
        } catch (AtomicMoveNotSupportedException e) {
            copy(from, here, to);
        }
    }

    /** To another file system. The source goes last, when the same bytes surely rest at the target. */
    private void copy(Path from, BasicFileAttributes here, Path to) throws IOException {
        Path part = part(to);
        try (InputStream bytes = Files.newInputStream(from, NOFOLLOW_LINKS)) {
            fill(part, "copy ", bytes::transferTo);
            Files.setLastModifiedTime(part, here.lastModifiedTime());
            if (!content(from).equals(content(part))) {
                throw changing(from, to);
            }
            write(origin(to), from.toString().getBytes(UTF_8));
        } catch (IOException e) {
            delete(part);
            throw e;
        }
        putInPlace(part, to);
        BasicFileAttributes now = Files.readAttributes(from, BasicFileAttributes.class, NOFOLLOW_LINKS);
        if (now.size() != here.size() || !now.lastModifiedTime().equals(here.lastModifiedTime())) {
            throw changing(from, to);
        }
        delete(from);
        delete(origin(to));
    }

    /**
     * Both are there: a copying that was cut off before it could delete the source, or two files. Equal bytes alone
     * prove nothing, for people drop the same image twice; the note of the origin does.
     */
    private void finishCopy(Path from, Path to) throws IOException {
        Path origin = origin(to);
        if (Folder.plain(origin).isEmpty() || !Files.readString(origin).equals(from.toString())
                || Files.isSameFile(from, to) || !content(from).equals(content(to))) {
            throw occupied(from, to);
        }
        delete(from);
        delete(origin);
    }

    private void putInPlace(Path from, Path to) throws IOException {
        putInPlace(from, to, syncs::sync);
    }

    private void putInPlace(Path from, Path to, Consumer<Path> renamed) throws IOException {
        pass("rename " + to, () -> Files.move(from, to, ATOMIC_MOVE));
        renamed.accept(to.getParent());
    }

    private void fill(Path part, String verb, ImageStore.Writing bytes) throws IOException {
        pass(verb + part, () -> {
            try (FileChannel file = FileChannel.open(part, WRITE, CREATE, TRUNCATE_EXISTING, NOFOLLOW_LINKS)) {
                bytes.to(Channels.newOutputStream(file));
                file.force(true);
            }
        });
    }

    private void delete(Path file) throws IOException {
        if (Files.exists(file, NOFOLLOW_LINKS)) {
            pass("delete " + file, () -> Files.deleteIfExists(file));
        }
    }

    private void makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            pass("make " + folder, () -> Files.createDirectories(folder));
        }
    }

    private void pass(String what, Change change) throws IOException {
        effects.before(what);
        try {
            change.make();
        } finally {
            effects.after(what);
        }
    }

    private static Content content(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file, NOFOLLOW_LINKS)) {
            return Probe.digest(bytes);
        }
    }

    /** The half-written file beside a target: always the same one, so that none is left over. */
    private static Path part(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".part");
    }

    /** Notes, beside a target and only while it is being copied, which source it is a copy of. */
    private static Path origin(Path to) {
        return to.resolveSibling("." + to.getFileName() + ".origin");
    }

    private static IOException changing(Path from, Path to) {
        return new IOException("Could not move " + from + " to " + to + ": it changed while it was copied."
                + " It stays where it is; try again once it stands still.");
    }

    private static FileAlreadyExistsException occupied(Path from, Path to) {
        return new FileAlreadyExistsException(from.toString(), to.toString(),
                "Could not move it: another file is there. Ask for another target");
    }
}
