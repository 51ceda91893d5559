package org.dropfolder.pipeline;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.dropfolder.ideogram.Causes;
import org.dropfolder.ideogram.Failure;
import org.dropfolder.ledger.LedgerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether what all depends on can be used: the key, the ledger, the inbox, the data folder. A trouble is one line in
 * the log when it begins and one when it ends, however much fails of it meanwhile. Thread safe.
 */
public final class Watchman {
    private static final Logger LOG = LoggerFactory.getLogger(Watchman.class);
    /** Between two looks at what is well; what is in trouble is looked at each time. */
    private static final Duration SELDOM = Duration.ofSeconds(30);
    /** How long a look at folders counts for whoever asks what a file's failure comes from: many fail at a time. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Map<Trouble.Of, Post> posts = new EnumMap<>(Trouble.Of.class);
    private final Map<Trouble.Of, Trouble> troubles = new ConcurrentHashMap<>();
    private final Map<Trouble.Of, Instant> looked = new ConcurrentHashMap<>();
    /** Not said yet: what fails looks, too, and may be the one who sees it. */
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Clock clock;

    /**
     * One thing that is watched.
     *
     * @param place where it is, for the log alone
     * @param look  tells why it can't be used now and what to do, as {@link Trouble#words} are; nothing if it can
     */
    public record Post(Trouble.Of of, String place, Supplier<Optional<String>> look) { }

    /** @param posts what is not among them is never in trouble */
    public Watchman(List<Post> posts, Clock clock) {
        posts.forEach(post -> this.posts.put(post.of(), post));
        this.clock = clock;
    }

    /**
     * Looks at all that is in trouble, and at the rest if that was long ago.
     *
     * @return whether a trouble ended since the last look, so that whoever it kept waiting is to be woken
     */
    public boolean look() {
        for (Post post : posts.values()) {
            if (troubles.containsKey(post.of()) || !lookedWithin(SELDOM, post.of())) {
                look(post);
            }
        }
        return ended.getAndSet(false);
    }

    /** What stands in the way now, in the order of {@link Trouble.Of}. */
    public List<Trouble> troubles() {
        return posts.keySet().stream().map(troubles::get).filter(trouble -> trouble != null).toList();
    }

    /** The trouble of one thing. */
    public Optional<Trouble> troubleOf(Trouble.Of of) {
        return Optional.ofNullable(troubles.get(of));
    }

    /** The trouble that a failure comes from; nothing if it is the fault of what failed alone. */
    public Optional<Trouble> behind(Exception failure) {
        Set<Trouble.Of> suspects = suspects(failure);
        posts.values().stream()
            .filter(post -> suspects.contains(post.of()) && !troubles.containsKey(post.of()))
            .filter(post -> isSure(post.of()) || !lookedWithin(FRESH, post.of()))
            .forEach(this::look);
        return suspects.stream().map(troubles::get).filter(trouble -> trouble != null).findFirst();
    }

    private static Set<Trouble.Of> suspects(Exception failure) {
        if (Failure.of(failure).ofTheKey()) {
            return Set.of(Trouble.Of.KEY);
        }
        if (Causes.of(failure, LedgerException.class).isPresent()) {
            return Set.of(Trouble.Of.LEDGER, Trouble.Of.DATA);
        }
        boolean here = !Failure.isOfACall(failure) && Causes.of(failure, IOException.class).isPresent();
        return here ? Set.of(Trouble.Of.INBOX, Trouble.Of.DATA) : Set.of();
    }

    /** Whether only its trouble makes a failure suspect it. A file can fail for reasons of its own. */
    private static boolean isSure(Trouble.Of of) {
        return of == Trouble.Of.KEY || of == Trouble.Of.LEDGER;
    }

    private boolean lookedWithin(Duration time, Trouble.Of of) {
        return Optional.ofNullable(looked.get(of))
            .filter(then -> Duration.between(then, clock.instant()).abs().compareTo(time) < 0).isPresent();
    }

    private void look(Post post) {
        synchronized (post) {
            Optional<String> words = post.look().get();
            Instant now = clock.instant();
            looked.put(post.of(), now);
            if (words.isPresent()) {
                boolean begins = troubles.put(post.of(), new Trouble(post.of(), since(post, now), words.get())) == null;
                if (begins) {
                    LOG.warn("{} ({})", words.get(), post.place());
                }
            } else if (troubles.remove(post.of()) != null) {
                LOG.info("{} can be used again; all goes on by itself ({})", post.of(), post.place());
                ended.set(true);
            }
        }
    }

    private Instant since(Post post, Instant now) {
        return troubleOf(post.of()).map(Trouble::since).orElse(now);
    }
}
