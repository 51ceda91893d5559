package org.dropfolder.ideogram;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The key, and whether Ideogram takes it. Once a request was refused with 401, no other is sent: each fails at once, as if
 * it had been refused too, but for one read at a time that is allowed by {@link #mayTry}. When that is answered, all goes on.
 * Safe for use by many threads.
 */
public final class ApiKey {
    /** What a refused key means, for people. */
    static final String REFUSED = "Ideogram refused the key (401). Nothing is lost, and nothing is sent until it takes one; "
            + "it is tried again every minute. Put a valid key into the file of ideogram.api-key-file, or into "
            + "IDEOGRAM_API_KEY and start again.";
    private static final String UNREADABLE = " A new one can't be read: look at the file of ideogram.api-key-file.";
    private static final Duration BETWEEN_TRIES = Duration.ofMinutes(1);

    private final Supplier<String> source;
    private final Clock clock;
    private Optional<String> text = Optional.empty();
    private Optional<Instant> lastTry = Optional.empty();
    private boolean refused;
    private boolean taken;
    private boolean allowed;
    private boolean unreadable;

    /** @param source asked once, and again while the key is refused; what it throws means that there is none */
    public ApiKey(Supplier<String> source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /**
     * Whether somebody is to read {@code GET /datasets} now, to learn whether the key is taken: at the start, and while it
     * is refused every minute; a new key at once.
     */
    public synchronized boolean mayTry() {
        Instant now = clock.instant();
        boolean changed = refused && readAgain();
        boolean due = lastTry.isEmpty() || refused && !withinAMinuteAfter(lastTry.get(), now);
        if (!changed && !due) {
            return false;
        }
        lastTry = Optional.of(now);
        allowed = true;
        return true;
    }

    /** Why nothing is sent, and what to do; nothing if the key is taken, as far as anybody knows. Never shows the key. */
    public synchronized Optional<String> trouble() {
        return refused ? Optional.of(REFUSED + (unreadable ? UNREADABLE : "")) : Optional.empty();
    }

    /** Whether Ideogram took the key when it was last asked. */
    public synchronized boolean isTaken() {
        return taken && !refused;
    }

    /**
     * The key for a request.
     *
     * @param harmless whether it is the read by which a refused key is tried
     * @throws ApiException with status 401, if nothing may be sent
     */
    synchronized String forRequest(boolean harmless) throws ApiException {
        if (refused && !(harmless && allowed)) {
            throw new ApiException(401, Optional.empty(), "it refused the key, and nothing was sent");
        }
        allowed = allowed && !harmless;
        if (text.isEmpty()) {
            text = Optional.of(source.get());
        }
        return text.get();
    }

    /** A request with this key was refused. */
    synchronized void refused(String sent) {
        refused |= text.filter(sent::equals).isPresent();
    }

    /** The read by which a key is tried was answered. */
    synchronized void taken(String sent) {
        boolean known = text.filter(sent::equals).isPresent();
        refused &= !known;
        taken |= known;
    }

    /** Whether there is another key than the one that is refused. */
    private boolean readAgain() {
        try {
            Optional<String> now = Optional.of(source.get());
            boolean changed = !now.equals(text);
            text = now;
            unreadable = false;
            return changed;
        } catch (RuntimeException notThere) {
            unreadable = true;
            return false;
        }
    }

    /** A clock that was set back must not put the next try off. */
    private static boolean withinAMinuteAfter(Instant then, Instant now) {
        return Duration.between(then, now).abs().compareTo(BETWEEN_TRIES) < 0;
    }
}
