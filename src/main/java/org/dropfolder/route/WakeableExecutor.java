package org.dropfolder.route;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The thread on which Camel looks for something again and again, with the delay that the route gives; and in between at any moment
 * that is asked for, so that nobody need look more often to be there in time. For one task.
 */
public final class WakeableExecutor extends ScheduledThreadPoolExecutor {
    private Runnable task = () -> { };
    private ScheduledFuture<?> next;

    public WakeableExecutor(String name) {
        super(1, runnable -> {
            Thread thread = new Thread(runnable, name);
            thread.setDaemon(true);
            return thread;
        });
        setRemoveOnCancelPolicy(true);
        // whoever ends while all stops may still ask for the next time
        setRejectedExecutionHandler(new DiscardPolicy());
    }

    @Override
    public synchronized ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        task = command;
        return super.scheduleWithFixedDelay(command, initialDelay, delay, unit);
    }

    /** Runs the task once after so long, and not before, by a clock of milliseconds; the moment that was asked for before counts no more. */
    public synchronized void wakeIn(Duration after) {
        if (next != null) {
            next.cancel(false);
        }
        next = schedule(task, after.toMillis() + 1, TimeUnit.MILLISECONDS);
    }
}
