package org.dropfolder.server;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file that one process holds at a time, and that tells which. The system gives it back when that process ends, even
 * by {@code kill -9}; the file stays, for one that is deleted could be held twice.
 *
 * <p>What is locked is a byte far beyond the content, so that everybody can read this on every platform. Thread safe.
 */
final class LockFile implements AutoCloseable {
    private static final long BEYOND = 1L << 20;
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What this process holds. It must not open these once more: by POSIX, closing any handle gives the lock back. */
    private static final Map<Path, Holder> HELD = new ConcurrentHashMap<>();

    private final Path file;
    private final FileChannel channel;

    private LockFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the file and writes down who holds it; nothing if it is held.
     *
     * @throws IOException if the file can't be made, locked or written
     */
    static Optional<LockFile> tryTake(Path file, Holder holder) throws IOException {
        Path real = real(file);
        if (HELD.putIfAbsent(real, holder) != null) {
            return Optional.empty();
        }
        Optional<LockFile> taken = Optional.empty();
        try {
            taken = lock(real);
            if (taken.isPresent()) {
                taken.get().write(JSON.writeValueAsBytes(holder));
            }
            return taken;
        } finally {
            if (taken.isEmpty()) {
                HELD.remove(real);
            }
        }
    }

    /** Who holds it, or held it last; nothing if that can't be told. */
    static Optional<Holder> holder(Path file) {
        try {
            Path real = real(file);
            Holder ours = HELD.get(real);
            return Optional.of(ours != null ? ours : JSON.readValue(Files.readAllBytes(real), Holder.class));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * Writes down anew who holds it.
     *
     * @throws IOException if it can't be written; then it is given back
     */
    void tell(Holder holder) throws IOException {
        HELD.put(file, holder);
        write(JSON.writeValueAsBytes(holder));
    }

    /** Gives it back, and leaves nothing of its holder in it. */
    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        try (channel) {
            channel.truncate(0);
        } catch (IOException e) {
            // it is given back all the same, and what an earlier holder left says nothing to whoever takes it next
            return;
        } finally {
            HELD.remove(file);
        }
    }

    private static Optional<LockFile> lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, Set.of(READ, WRITE, CREATE, NOFOLLOW_LINKS), forTheOwner(file));
        boolean locked = false;
        try {
            locked = channel.tryLock(BEYOND, 1, false) != null;
        } catch (OverlappingFileLockException thisProcess) {
            return Optional.empty();
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        return locked ? Optional.of(new LockFile(file, channel)) : Optional.empty();
    }

    private void write(byte[] content) throws IOException {
        try {
            if (isPosix(file)) {
                Files.setPosixFilePermissions(file, OWNER);
            }
            channel.truncate(0);
            channel.position(0);
            for (ByteBuffer rest = ByteBuffer.wrap(content); rest.hasRemaining();) {
                channel.write(rest);
            }
            channel.force(true);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private static FileAttribute<?>[] forTheOwner(Path file) {
        return isPosix(file) ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)} : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** One spelling for a folder that several lead to. */
    private static Path real(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        return absolute.getParent().toRealPath().resolve(absolute.getFileName());
    }
}
