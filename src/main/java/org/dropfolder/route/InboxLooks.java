package org.dropfolder.route;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The thread on which an endpoint polls, with the delay that the route gives it; and in between at any moment that is asked for, so
 * that nobody need poll more often to be there in time.
 */
public final class InboxLooks extends ScheduledThreadPoolExecutor {
    private Runnable poll = () -> { };
    private ScheduledFuture<?> next;

    public InboxLooks() {
        super(1, runnable -> {
            Thread thread = new Thread(runnable, "inbox");
            thread.setDaemon(true);
            return thread;
        });
        setRemoveOnCancelPolicy(true);
        // a look that ends while all stops may still ask for the next one
        setRejectedExecutionHandler(new DiscardPolicy());
    }

    @Override
    public synchronized ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        poll = command;
        return super.scheduleWithFixedDelay(command, initialDelay, delay, unit);
    }

    /** Polls once after so long, and not before, by a clock of milliseconds; what was asked for before is not polled for any more. */
    public synchronized void pollIn(Duration after) {
        if (next != null) {
            next.cancel(false);
        }
        next = schedule(poll, after.toMillis() + 1, TimeUnit.MILLISECONDS);
    }
}
