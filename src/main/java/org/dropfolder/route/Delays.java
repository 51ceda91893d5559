package org.dropfolder.route;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Where exchanges sleep between two looks: any number of them on a few threads. When the server stops, all wake at
 * once, so that a shutdown need not wait for the longest delay; the ledger knows what each was waiting for.
 */
public final class Delays extends ScheduledThreadPoolExecutor {
    private static final int THREADS = 8;

    private boolean awake;

    public Delays() {
        super(THREADS, runnable -> {
            Thread thread = new Thread(runnable, "delays");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** With the lock, so that each sleeper is seen by {@link #wakeAll}, or sees that all are awake. */
    @Override
    public synchronized ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return super.schedule(command, awake ? 0 : delay, unit);
    }

    /** Runs what sleeps now; nothing sleeps any more from here on. */
    public void wakeAll() {
        synchronized (this) {
            awake = true;
        }
        for (Runnable sleeping : getQueue().toArray(Runnable[]::new)) {
            if (remove(sleeping)) {
                sleeping.run();
            }
        }
    }
}
