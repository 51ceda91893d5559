package org.dropfolder.simulator;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The faults that wait for their requests, and how far listings lag behind. Thread safe. */
public final class Faults {
    private final Map<Operation, Deque<Fault>> waiting = new EnumMap<>(Operation.class);
    private Duration lag = Duration.ZERO;

    Faults() { }

    /**
     * Lets the next requests for an operation go wrong, one fault each, in this order and after those that wait
     * already. A request that is one too many in flight gets its 429 and uses up none.
     */
    public synchronized void next(Operation operation, Fault... faults) {
        waiting.computeIfAbsent(operation, any -> new ArrayDeque<>()).addAll(List.of(faults));
    }

    /** Forgets the faults that wait for a request for this operation. */
    public synchronized void clear(Operation operation) {
        waiting.remove(operation);
    }

    /** How many faults still wait for a request for this operation. */
    public synchronized int waiting(Operation operation) {
        return waiting.getOrDefault(operation, new ArrayDeque<>()).size();
    }

    /**
     * From now on {@code GET /datasets}, {@code GET /models} and the files and models in {@code GET /datasets/{id}}
     * show what a POST did only when this time has passed since. What is asked for by its own id is there at once,
     * and the limits count what is there. Zero ends it.
     */
    public synchronized void listingsLag(Duration behind) {
        lag = behind;
    }

    synchronized Duration lag() {
        return lag;
    }

    synchronized Optional<Fault> take(Operation operation) {
        return Optional.ofNullable(waiting.getOrDefault(operation, new ArrayDeque<>()).poll());
    }
}
