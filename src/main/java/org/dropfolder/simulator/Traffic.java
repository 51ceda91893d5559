package org.dropfolder.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The requests that are under way, and the record of those that have ended. Thread safe.
 *
 * <p>A request counts from its headers, through its body, until its answer is about to be written: it must have left
 * before the client can know the answer, else a client that keeps to the limit could be refused for its next request.
 */
final class Traffic {
    /** The API's default for an account [doc]. */
    static final int MOST_IN_FLIGHT = 10;
    private static final int MOST_RECORDED = 10_000;

    private final Deque<Account.Request> ended = new ArrayDeque<>();
    private int inFlight;
    private int maxInFlight;

    /** Counts a request in; false where it is one too many. */
    synchronized boolean enter() {
        inFlight++;
        maxInFlight = Math.max(maxInFlight, inFlight);
        return inFlight <= MOST_IN_FLIGHT;
    }

    /** Counts a request out, whether or not it was welcome. */
    synchronized void leave(Account.Request request) {
        inFlight--;
        if (ended.size() == MOST_RECORDED) {
            ended.removeFirst();
        }
        ended.addLast(request);
    }

    synchronized List<Account.Request> ended() {
        return List.copyOf(ended);
    }

    synchronized int maxInFlight() {
        return maxInFlight;
    }
}
