package org.dropfolder.store;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Looks whether places in buckets can be used. The first look, and those after a failure, try all that is done there; a look
 * at what is well costs one listing at most: none at the inbox where the intake listed it just now, and one at the data now and
 * then, so that an idle bucket costs next to nothing. Thread safe.
 */
final class S3Soundness {
    /** How long a listing by the intake tells that the inbox can be listed. */
    static final Duration JUST_NOW = Duration.ofSeconds(30);
    /** Between two looks at data of which nothing failed; whoever uses it finds out sooner. */
    static final Duration SELDOM = Duration.ofMinutes(10);

    private final S3Trials trials;
    private final LongSupplier nanos;
    private volatile boolean inboxSuspect = true;
    private volatile boolean dataSuspect = true;
    private volatile long inboxListed;
    private volatile long dataListed;

    /** @param nanos as {@link System#nanoTime} counts them */
    S3Soundness(S3Trials trials, LongSupplier nanos) {
        this.trials = trials;
        this.nanos = nanos;
    }

    /** Something failed: the next look is a thorough one. */
    void suspect() {
        inboxSuspect = true;
        dataSuspect = true;
    }

    /** Whether something failed, and nobody found it well since. */
    boolean suspectsInbox() {
        return inboxSuspect;
    }

    /** The inbox was listed. */
    void inboxListed() {
        inboxListed = nanos.getAsLong();
    }

    /** Why it can't be listed, or nothing can be read or deleted there, in words without a name. */
    synchronized Optional<String> ofInbox() {
        boolean thorough = inboxSuspect;
        if (!thorough && within(JUST_NOW, inboxListed)) {
            return Optional.empty();
        }
        inboxSuspect = false;
        Optional<S3Tried> wrong = Optional.of(trials.listInbox()).filter(S3Tried::failed);
        if (thorough) {
            wrong = wrong.or(trials::firstWrongInInbox);
        }
        inboxSuspect |= wrong.isPresent();
        inboxListed();
        return wrong.map(S3Tried::whyNot);
    }

    /** Why nothing can be written there, or read, copied or deleted, in words without a name. */
    synchronized Optional<String> ofData() {
        boolean thorough = dataSuspect;
        if (!thorough && within(SELDOM, dataListed)) {
            return Optional.empty();
        }
        dataSuspect = false;
        Optional<S3Tried> wrong = Optional.of(trials.listData()).filter(S3Tried::failed);
        if (thorough) {
            wrong = wrong.or(trials::firstWrongInData);
        }
        dataSuspect |= wrong.isPresent();
        dataListed = nanos.getAsLong();
        return wrong.map(S3Tried::whyNot);
    }

    private boolean within(Duration time, long then) {
        return nanos.getAsLong() - then < time.toNanos();
    }
}
