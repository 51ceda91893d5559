package org.dropfolder.ledger;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Makes writes of several threads: those that come while a transaction is under way share the next one, and so its wait for the
 * disk. Each is on the disk when the call for it returns, as if it were alone; one that fails takes none of the others with it, but
 * for an Error, after which nobody knows what can still be done.
 * Thread safe.
 *
 * <p>Work may be done again, after a transaction that was rolled back: it changes nothing but the ledger.
 */
final class GroupedWrites {
    private static final String COMMIT = "commit";
    /** So that the first of them does not wait for long for the last. */
    private static final int AT_ONCE = 100;

    private final Jdbi jdbi;
    private final Commits commits;
    private final Queue<Write<?, ?>> waiting;
    /** Whether somebody has the turn, or is about to take it. */
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile Thread writer;

    GroupedWrites(Jdbi jdbi, Commits commits) {
        this(jdbi, commits, new ConcurrentLinkedQueue<>());
    }

    /** @param waiting where those wait in their order that have not got the turn; safe for several threads */
    GroupedWrites(Jdbi jdbi, Commits commits, Queue<Write<?, ?>> waiting) {
        this.jdbi = jdbi;
        this.commits = commits;
        this.waiting = waiting;
    }

    /**
     * What is done at once for all that come together, each time in the same way however many there are.
     *
     * @param <I> what it is done for
     * @param <T> what comes out, in the same order
     */
    @FunctionalInterface
    interface Together<I, T> {
        List<T> work(Handle h, List<I> all);
    }

    /** One kind of writes that are made together. */
    static final class Kind<I, T> {
        private final Together<I, T> together;
        /** Only whoever has the turn touches it. */
        private final List<Write<I, T>> now = new ArrayList<>();

        Kind(Together<I, T> together) {
            this.together = together;
        }

        private void make(Handle h) {
            List<T> results = together.work(h, now.stream().map(write -> write.item).toList());
            for (int i = 0; i < now.size(); i++) {
                now.get(i).result = results.get(i);
            }
        }
    }

    /** In a transaction, which may be that of others, too; within work that is being done, in its own. */
    <T> T make(Function<Handle, T> work) {
        return make(new Kind<>((h, once) -> Collections.singletonList(work.apply(h))), work);
    }

    /** The same, done at once for all of this kind that share the transaction. */
    <I, T> T make(Kind<I, T> kind, I item) {
        if (Thread.currentThread().equals(writer)) {
            return jdbi.inTransaction(h -> kind.together.work(h, List.of(item)).get(0));
        }
        Write<I, T> write = new Write<>(kind, item);
        waiting.add(write);
        boolean myTurn = busy.compareAndSet(false, true);
        if (!myTurn) {
            write.await();
        }
        if (!write.made) {
            makeNext();
        } else if (myTurn) {
            // it was made before its turn was taken
            passOn();
        }
        return write.result();
    }

    /** How many wait for the transaction that is under way. */
    int waiting() {
        return waiting.size();
    }

    /** By whoever has the turn, which goes to the first of those that wait now. */
    private void makeNext() {
        List<Write<?, ?>> group = new ArrayList<>();
        for (Write<?, ?> next = waiting.poll(); next != null; next = group.size() < AT_ONCE ? waiting.poll() : null) {
            group.add(next);
        }
        // at a stop its thread may be interrupted, and the others' work is not to fail with it
        boolean interrupted = Thread.interrupted();
        writer = Thread.currentThread();
        try {
            make(group);
        } finally {
            writer = null;
            passOn();
            group.forEach(Write::wake);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Before those that were made are woken: who wrote last would be the first again, and alone. */
    private void passOn() {
        Write<?, ?> next = waiting.peek();
        while (next == null) {
            busy.set(false);
            // one that came in between saw that somebody had the turn
            if (waiting.peek() == null || !busy.compareAndSet(false, true)) {
                return;
            }
            // or took it itself, and has given it back since
            next = waiting.peek();
        }
        next.wake();
    }

    private void make(List<Write<?, ?>> group) {
        try {
            commit(group);
        } catch (RuntimeException e) {
            if (group.size() == 1 || Unusable.isOfTheFile(e)) {
                group.forEach(write -> write.failed(e));
            } else {
                group.forEach(this::commitAlone);
            }
        } catch (Error e) {
            group.forEach(write -> write.failed(e));
        }
    }

    private void commitAlone(Write<?, ?> write) {
        try {
            commit(List.of(write));
        } catch (RuntimeException | Error e) {
            write.failed(e);
        }
    }

    private void commit(List<Write<?, ?>> group) {
        Set<Kind<?, ?>> kinds = new LinkedHashSet<>();
        group.forEach(write -> kinds.add(write.among()));
        try {
            jdbi.useTransaction(h -> {
                kinds.forEach(kind -> kind.make(h));
                commits.before(COMMIT);
            });
        } finally {
            kinds.forEach(kind -> kind.now.clear());
            commits.after(COMMIT);
        }
        group.forEach(Write::committed);
    }

    /** What one caller waits for; only whoever has the turn touches it, but for its result once it is made. */
    static final class Write<I, T> {
        private final Kind<I, T> kind;
        private final I item;
        private T result;
        private Optional<Throwable> failure = Optional.empty();
        private volatile boolean made;
        private final Semaphore woken = new Semaphore(0);

        Write(Kind<I, T> kind, I item) {
            this.kind = kind;
            this.item = item;
        }

        /** Its kind, which makes it with the others now. */
        Kind<I, T> among() {
            kind.now.add(this);
            return kind;
        }

        /** Until it is made, or has the turn. */
        void await() {
            woken.acquireUninterruptibly();
        }

        void wake() {
            woken.release();
        }

        void committed() {
            made = true;
        }

        void failed(Throwable why) {
            failure = Optional.of(why);
            made = true;
        }

        T result() {
            if (failure.orElse(null) instanceof Error error) {
                throw error;
            }
            if (failure.orElse(null) instanceof RuntimeException exception) {
                throw exception;
            }
            return result;
        }
    }
}
