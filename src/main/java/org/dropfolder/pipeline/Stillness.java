package org.dropfolder.pipeline;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dropfolder.image.FileNames;
import org.dropfolder.pipeline.Watched.Phase;
import org.dropfolder.pipeline.Watched.Watch;
import org.dropfolder.store.Dropped;
import org.dropfolder.store.ImageStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells which files stand still: two looks, at least {@code settle} apart, that saw the same size and times. A file's
 * own time says nothing, since moved and copied files often bring an old one, and some programs set it while they write;
 * so the time that nobody can set is looked at, too, where the file system notes one.
 *
 * <p>A file that was found still and is seen again was not taken (it can't be read, the disk is full): it is offered
 * again after a pause that doubles, up to a minute, so that it never keeps anybody busy. One of which it was told that it
 * ends too early is offered again once it changed and stands still, or once it stood still for {@code unfinished}.
 *
 * <p>Memory is bounded: at most {@link Watched#MOST} files are watched at once. In a larger heap of files the rest waits
 * for its turn, which comes soon, since files that stand still leave. What was not seen for {@link Watched#FORGOTTEN} is
 * forgotten. Thread safe.
 */
public final class Stillness {
    private static final Logger LOG = LoggerFactory.getLogger(Stillness.class);
    static final Duration LONG_LOOK = Duration.ofSeconds(2);

    private final ImageStore store;
    private final Duration settle;
    private final Duration unfinished;
    private final Clock clock;
    private Optional<Instant> lookBegan = Optional.empty();
    private Optional<Instant> walkBegan = Optional.empty();
    private final Watched watched = new Watched();
    private final Set<String> inHand = ConcurrentHashMap.newKeySet();

    /**
     * @param settle     a file stands still after so long
     * @param unfinished one that ends too early is still being copied, until it stood still for so long
     */
    public Stillness(ImageStore store, Duration settle, Duration unfinished, Clock clock) {
        this.store = store;
        this.settle = settle;
        this.unfinished = unfinished;
        this.clock = clock;
    }

    /**
     * Looks at the file, and answers whether it may be taken now. What can't be looked at is still, too: whoever wants to
     * take it learns why.
     *
     * @param source where it lies, below the inbox
     */
    public boolean still(String source) {
        return look(source).map(this::still).orElseGet(() -> stillNothing(source));
    }

    /** A listing had it that was made before it was taken, or it is none that can be: that holds nothing back, but for what vanished half. */
    private synchronized boolean stillNothing(String source) {
        Dropped nothing = nothing(source);
        Instant now = clock.instant();
        Optional<Watch> seen = watched.of(source);
        if (seen.filter(watch -> watch.file().equals(nothing)).isPresent()) {
            return still(nothing);
        }
        if (seen.filter(watch -> watch.phase() != Phase.OFFERED && watch.isFresh(now)).isEmpty()) {
            watched.put(seen(nothing, now, Phase.OFFERED));
        }
        return false;
    }

    /** The same for a file that was looked at just now. */
    synchronized boolean still(Dropped file) {
        Instant now = clock.instant();
        Optional<Watch> seen = watched.of(file.source())
            // a clock may be set back
            .filter(watch -> !now.isBefore(watch.seen()) && watch.file().equals(file));
        boolean due = seen.filter(watch -> !now.isBefore(watch.due())).isPresent();
        watched.put(seen.map(watch -> due ? watch.offeredAt(now) : watch.seenAt(now)).orElseGet(() -> seen(file, now, Phase.SETTLING)));
        return due;
    }

    private Watch seen(Dropped file, Instant now, Phase phase) {
        return new Watch(file, now, now, now.plus(settle), settle, phase);
    }

    /** It was whole and is taken, by whomever: it does not vanish half, even if a list that was made before still has it. */
    synchronized void taken(Dropped file) {
        watched.put(seen(file, clock.instant(), Phase.OFFERED));
    }

    /** A file that stood still ends too early: perhaps it is still being copied, with pauses. */
    public synchronized void unfinished(Examined examined) {
        Dropped file = examined.file();
        // one that changed while it was read is being watched anew already
        watched.of(file.source()).filter(seen -> seen.file().equals(file) && seen.phase() != Phase.SETTLING).ifPresent(seen -> {
            LOG.debug("{} ends too early: perhaps it is still being copied", FileNames.printable(file.source()));
            watched.put(seen.unfinishedUntil(seen.since().plus(unfinished)));
        });
    }

    /** Whether a file that ends too early stood still for so long that nothing more of it will come. */
    public synchronized boolean endsHere(Dropped file) {
        return watched.of(file.source()).filter(seen -> seen.file().equals(file) && !clock.instant().isBefore(seen.since().plus(unfinished)))
            .isPresent();
    }

    /**
     * The same for a file in the data folder, which somebody who still has it open may go on writing: by the time of its last
     * change, since nobody watches it. A clock that is far from the file system's holds nothing back.
     */
    boolean rests(Dropped file) {
        return changedBefore(file, unfinished);
    }

    /** Whether a file in the data folder stands still now. */
    boolean settled(Dropped file) {
        return changedBefore(file, settle);
    }

    private boolean changedBefore(Dropped file, Duration ago) {
        return Duration.between(file.changed(), clock.instant()).abs().compareTo(ago) >= 0;
    }

    /**
     * Where files lie that end too early, stood still for a quarter of the time that they are given, and are waited for; at
     * most so many.
     */
    synchronized Set<String> unfinished(int atMost) {
        Instant now = clock.instant();
        return watched.unoffered(anyFolder -> true).filter(watch -> watch.phase() == Phase.UNFINISHED && watch.isFresh(now)
                && !watch.since().plus(unfinished.dividedBy(4)).isAfter(now))
            .map(watch -> watch.file().source()).limit(atMost).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Whether something in such a folder is still being copied: it grows, it ends too early, or it vanished within
     * {@link Watched#FORGOTTEN} before it was whole, as when a share goes away.
     *
     * @param folder answers for the name of a folder of the inbox; it is empty for the inbox itself
     */
    synchronized boolean isCopied(Predicate<String> folder) {
        Instant now = clock.instant();
        return watched.unoffered(folder).anyMatch(watch -> watch.isFresh(now));
    }

    /** A file that was found is being taken from now on; answers false if it is already. */
    public boolean takeInHand(String source) {
        return inHand.add(source);
    }

    public boolean isInHand(String source) {
        return inHand.contains(source);
    }

    /** It was taken, or stays; answers false if it was not in hand. */
    public boolean letGo(String source) {
        return inHand.remove(source);
    }

    public void letAllGo() {
        inHand.clear();
    }

    /** Whether something in such a folder is being taken, which may last: nobody else sees it any more, nor yet. */
    boolean isTaking(Predicate<String> folder) {
        return inHand.stream().map(Watched::folder).distinct().anyMatch(folder);
    }

    /** What it goes by. */
    Clock clock() {
        return clock;
    }

    /** The inbox is being looked through, and what stands still is taken. */
    public synchronized void lookBegins() {
        lookBegan = Optional.of(clock.instant());
    }

    /** That look has ended, however it did. */
    public synchronized void lookEnds() {
        lookBegan = Optional.empty();
    }

    /** Several looks go through the inbox, each through a part of it. */
    synchronized void walkBegins() {
        walkBegan = Optional.of(clock.instant());
    }

    /** All of it was gone through. */
    synchronized void walkEnds() {
        walkBegan = Optional.empty();
    }

    /** Whether a look takes long, since there is much to take or something large: others' files may lie there unseen. */
    synchronized boolean isBusy() {
        Instant lately = clock.instant().minus(LONG_LOOK);
        return Stream.of(lookBegan, walkBegan).anyMatch(began -> began.filter(lately::isAfter).isPresent());
    }

    /** Whether a file that was seen lately may soon stand still. */
    public synchronized boolean settling() {
        Instant lately = clock.instant().minus(settle.multipliedBy(2));
        return watched.unoffered(anyFolder -> true).anyMatch(watch -> watch.phase() == Phase.SETTLING && watch.seen().isAfter(lately));
    }

    /** When the first of what was seen since then may be taken, if it stays as it is. */
    synchronized Optional<Instant> due(Instant since) {
        return watched.all().filter(watch -> !watch.seen().isBefore(since)).map(Watch::due).min(Comparator.naturalOrder());
    }

    private Optional<Dropped> look(String source) {
        try {
            return store.look(source);
        } catch (IOException | InvalidPathException e) {
            return Optional.of(nothing(source));
        }
    }

    private static Dropped nothing(String source) {
        return new Dropped(source, 0, Instant.EPOCH);
    }
}
