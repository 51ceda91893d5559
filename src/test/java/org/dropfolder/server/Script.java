package org.dropfolder.server;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What one writer does, step by step, with pauses that hold no thread. */
final class Script {
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Deque<Step> steps = new ArrayDeque<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private Instant patience = Instant.MAX;

    /** Does something to files. */
    @FunctionalInterface
    interface Act {
        void now() throws Exception;
    }

    private record Step(Duration pause, Callable<Boolean> ready, Act act) { }

    /** At once. */
    Script then(Act act) {
        return after(Duration.ZERO, act);
    }

    Script after(Duration pause, Act act) {
        steps.add(new Step(pause, () -> true, act));
        return this;
    }

    /** As soon as it is so. */
    Script once(Callable<Boolean> so, Act act) {
        steps.add(new Step(Duration.ZERO, so, act));
        return this;
    }

    /** Its end; with what went wrong, if anything did. */
    CompletableFuture<Void> play(ScheduledExecutorService threads) {
        if (steps.isEmpty()) {
            end.complete(null);
        } else {
            patience = Instant.now().plus(LONGEST);
            in(steps.peek().pause, threads);
        }
        return end;
    }

    private void in(Duration pause, ScheduledExecutorService threads) {
        threads.schedule(() -> step(threads), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void step(ScheduledExecutorService threads) {
        try {
            if (steps.peek().ready.call()) {
                steps.remove().act.now();
                play(threads);
            } else if (Instant.now().isAfter(patience)) {
                throw new IllegalStateException("What it waited for did not come.");
            } else {
                in(LOOK, threads);
            }
        } catch (Exception | AssertionError e) {
            end.completeExceptionally(e);
        }
    }
}
