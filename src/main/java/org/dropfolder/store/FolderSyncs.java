package org.dropfolder.store;

import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Makes what was renamed in a folder outlive a power failure, where the platform can. Threads that come while a folder is being
 * synced share the next time, since the one that is under way may have begun before their rename. Thread safe.
 */
final class FolderSyncs {
    private final Map<Path, Turns> folders = new ConcurrentHashMap<>();
    private final Consumer<Path> force;

    FolderSyncs() {
        this(FolderSyncs::force);
    }

    /** @param force syncs a folder */
    FolderSyncs(Consumer<Path> force) {
        this.force = force;
    }

    /** Returns when a sync that began after this call has ended. */
    void sync(Path folder) {
        Turns turns = folders.compute(folder, (path, known) -> (known == null ? new Turns() : known).entered());
        try {
            turns.await(folder, force);
        } finally {
            folders.computeIfPresent(folder, (path, known) -> known.left() ? null : known);
        }
    }

    /** How many threads wait for a sync of this folder, or make one. */
    int waitFor(Path folder) {
        AtomicInteger waiting = new AtomicInteger();
        folders.computeIfPresent(folder, (path, known) -> {
            waiting.set(known.threads);
            return known;
        });
        return waiting.get();
    }

    private static void force(Path folder) {
        if (!Disk.isUnix(folder)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, READ)) {
            channel.force(true);
        } catch (IOException e) {
            // network and user-space file systems refuse this; the rename itself has happened and must not look failed
            return;
        }
    }

    /** The syncs of one folder, numbered from 1. */
    private static final class Turns {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition ended = lock.newCondition();
        /** Only the map's own lock guards it. */
        private int threads;
        private long begun;
        private long done;

        Turns entered() {
            threads++;
            return this;
        }

        /** @return whether nobody is left */
        boolean left() {
            return --threads == 0;
        }

        void await(Path folder, Consumer<Path> force) {
            lock.lock();
            try {
                long mine = begun + 1;
                while (done < mine) {
                    if (begun == done) {
                        begun++;
                        make(() -> force.accept(folder));
                    } else {
                        ended.awaitUninterruptibly();
                    }
                }
            } finally {
                lock.unlock();
            }
        }

        private void make(Runnable sync) {
            lock.unlock();
            try {
                sync.run();
            } finally {
                lock.lock();
                done = begun;
                ended.signalAll();
            }
        }
    }
}
