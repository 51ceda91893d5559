package org.dropfolder.ideogram;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tells how one request ended, once: the first that is said counts. Begins now. Thread safe. */
final class Ending {
    private final Calls calls;
    private final Calls.Call call;
    private final long begun = System.nanoTime();
    private final AtomicBoolean told = new AtomicBoolean();

    Ending(Calls calls, Calls.Call call) {
        this.calls = calls;
        this.call = call;
    }

    void is(Calls.Outcome outcome) {
        if (told.compareAndSet(false, true)) {
            calls.ended(call, outcome, Duration.ofNanos(System.nanoTime() - begun));
        }
    }
}
