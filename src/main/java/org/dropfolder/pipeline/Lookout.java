package org.dropfolder.pipeline;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.dropfolder.store.InboxWatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides when the inbox is looked through: soon again while something arrives or may soon stand still, less and less often while
 * nothing does; at the moment when a file may be taken; and at once when the system tells of a change. Each look goes through all
 * of the inbox: what the system tells, or does not, only moves the next one. Thread safe.
 */
public final class Lookout {
    private static final Logger LOG = LoggerFactory.getLogger(Lookout.class);
    /** Looks that could be left away take no more than the five hundredth part of the time. */
    private static final int RARE = 500;
    private static final int LONGEST_WATCHED = 10;

    private final Pace pace;
    private final Stillness stillness;
    private final Optional<InboxWatcher> watcher;
    private final Clock clock;
    private Consumer<Duration> alarm = after -> { };
    private Duration pause;
    private Instant nextLook;
    private Instant began;
    private Instant ended;
    private boolean looking;
    private boolean changed;
    private boolean told;
    private Optional<String> blind = Optional.empty();

    /**
     * The pauses between the end of a look and the next.
     *
     * @param shortest never less
     * @param longest  where nothing happens, and it is not known that the system would tell
     * @param watched  the same where it would; longer where a look costs much
     */
    public record Pace(Duration shortest, Duration longest, Duration watched) {
        public Pace {
            longest = longer(shortest, longest);
            watched = longer(longest, watched);
        }

        Duration watchedAfter(Duration look) {
            Duration longest = watched.multipliedBy(LONGEST_WATCHED);
            Duration rare = look.multipliedBy(RARE);
            return rare.compareTo(longest) > 0 ? longest : longer(watched, rare);
        }

        private static Duration longer(Duration one, Duration other) {
            return one.compareTo(other) > 0 ? one : other;
        }
    }

    /** @param watcher tells of changes; none where nothing can */
    public Lookout(Pace pace, Stillness stillness, Optional<InboxWatcher> watcher, Clock clock) {
        this.pace = pace;
        this.stillness = stillness;
        this.watcher = watcher;
        this.clock = clock;
        this.pause = pace.shortest();
        this.nextLook = clock.instant();
        this.began = nextLook;
        this.ended = Instant.EPOCH;
    }

    /** @param wakes makes somebody ask {@link #begins} after so long; who asks by himself, now and then, need not be woken */
    public void start(Consumer<Duration> wakes) {
        synchronized (this) {
            alarm = wakes;
        }
        watcher.ifPresent(system -> system.listen(this::changed));
    }

    /** Whether a look is due. One that is has begun by that, and must end. */
    public synchronized boolean begins() {
        Instant now = clock.instant();
        // a clock that was set back must not keep the inbox waiting
        boolean setBack = now.isBefore(began);
        if (!setBack && now.isBefore(nextLook) && !watcher.map(InboxWatcher::isReplaced).orElse(false)) {
            return false;
        }
        began = now;
        looking = true;
        changed = false;
        stillness.lookBegins();
        watcher.ifPresent(InboxWatcher::lookBegins);
        return true;
    }

    /**
     * A look is about to list this folder.
     *
     * @param location below the inbox
     */
    public void enters(String location) {
        watcher.ifPresent(system -> system.enters(location));
    }

    /** The look has ended; so many files were found that may be taken. */
    public synchronized void ended(int found) {
        end();
        watcher.ifPresent(this::learn);
        boolean busy = found > 0 || changed || stillness.settling();
        Duration doubled = pause.multipliedBy(2);
        Duration longest = told ? pace.watchedAfter(Duration.between(began, ended)) : pace.longest();
        pause = busy ? pace.shortest() : doubled.compareTo(longest) > 0 ? longest : doubled;
        Instant routine = ended.plus(pause);
        // of two looks that nearly fall together the later one sees more
        Optional<Instant> due = watcher.flatMap(system -> stillness.due(began)).filter(at -> at.isBefore(routine.plus(pace.shortest())));
        lookAt(due.map(this::notTooSoon).orElse(routine));
    }

    /** The look could not be made. */
    public synchronized void failed() {
        end();
        lookAt(ended.plus(pace.shortest()));
    }

    private void end() {
        looking = false;
        ended = clock.instant();
        stillness.lookEnds();
    }

    private synchronized void changed() {
        changed = true;
        Instant soonest = notTooSoon(clock.instant());
        if (!looking && nextLook.isAfter(soonest)) {
            lookAt(soonest);
        }
    }

    private Instant notTooSoon(Instant at) {
        Instant soonest = ended.plus(pace.shortest());
        return at.isBefore(soonest) ? soonest : at;
    }

    private void lookAt(Instant at) {
        nextLook = at;
        alarm.accept(Duration.between(clock.instant(), at));
    }

    /** Whether the system tells of all that is in the inbox; why not is said once. */
    private void learn(InboxWatcher system) {
        Optional<String> now = system.blind();
        told = now.isEmpty();
        if (now.isPresent() && !now.equals(blind)) {
            blind = now;
            LOG.info("The inbox is looked through every {} at least: {}", Words.duration(pace.longest()), now.get());
        }
    }
}
