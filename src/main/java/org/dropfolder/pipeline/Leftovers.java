package org.dropfolder.pipeline;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.dropfolder.image.FileNames;
import org.dropfolder.image.Reason;
import org.dropfolder.image.Staying;
import org.dropfolder.store.ImageStore;
import org.dropfolder.store.Obstacle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows what lies in the inbox and can't be taken: links, pipes, what may not be read, folders without a usable name. Each is
 * said in the log once, and again only after something about it changed; whoever writes to people is told, too, and also of
 * what is not all there yet.
 *
 * <p>Nothing is opened. At most {@link #REMEMBERED} are known at once; what nobody met for a while is forgotten. Thread safe.
 */
public final class Leftovers {
    static final int REMEMBERED = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    /** Longer than the longest pause after which a file is offered again. */
    private static final Duration FORGOTTEN = Duration.ofSeconds(90);

    private final ImageStore store;
    private final Stillness stillness;
    private final Duration forgotten;
    private final Clock clock;
    private final Map<String, Left> left = new LinkedHashMap<>();
    private final Set<String> changed = new LinkedHashSet<>();
    private Set<String> unfinished = Set.of();
    private boolean overflown;

    /**
     * @param stillness knows what is still being copied
     * @param scan      the pause between two looks at the inbox
     */
    public Leftovers(ImageStore store, Stillness stillness, Duration scan, Clock clock) {
        this.store = store;
        this.stillness = stillness;
        this.forgotten = FORGOTTEN.plus(scan.multipliedBy(2));
        this.clock = clock;
    }

    /** One of them. */
    private record Left(String why, Instant seen) { }

    /**
     * Whether something bars the way to this file or folder. Where it can't be looked at nothing is known to: whoever wants
     * to take it learns why.
     *
     * @param location below the inbox
     */
    boolean barred(String location) {
        try {
            Optional<Obstacle> obstacle = store.obstacle(location);
            obstacle.ifPresentOrElse(found -> tell(location, reason(found, name(location)).text()), () -> forget(location));
            return obstacle.isPresent();
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }

    /** Something lies there and can't be taken, for this reason; in words for people. */
    synchronized void tell(String location, String why) {
        if (!left.containsKey(location) && left.size() >= REMEMBERED) {
            if (!overflown) {
                overflown = true;
                LOG.warn("More than {} files and folders in the inbox can't be taken; the others are not told.", REMEMBERED);
            }
            return;
        }
        Left before = left.put(location, new Left(why, clock.instant()));
        if (before == null || !before.why().equals(why)) {
            changed.addAll(folders(location));
            LOG.warn("Left in the inbox, {}: {}", FileNames.printable(location), why);
        }
    }

    /** What lies in a folder of the inbox, a sentence each; in the inbox itself where the name is empty. */
    public synchronized List<String> in(String folder) {
        return Stream.concat(
            left.entrySet().stream().filter(each -> folders(each.getKey()).contains(folder)).map(each -> each.getValue().why()),
            unfinished.stream().filter(each -> folders(each).get(0).equals(folder)).sorted()
                .map(each -> Staying.unfinished(name(each)).text())).toList();
    }

    /** Folders of which something else is to be told than when this was asked last. */
    synchronized Collection<String> changed() {
        Instant before = clock.instant().minus(forgotten);
        for (Iterator<Map.Entry<String, Left>> each = left.entrySet().iterator(); each.hasNext();) {
            Map.Entry<String, Left> next = each.next();
            if (next.getValue().seen().isBefore(before)) {
                changed.addAll(folders(next.getKey()));
                each.remove();
            }
        }
        overflown &= left.size() >= REMEMBERED;
        Set<String> now = stillness.unfinished(REMEMBERED);
        Stream.concat(now.stream().filter(each -> !unfinished.contains(each)), unfinished.stream().filter(each -> !now.contains(each)))
            .forEach(each -> changed.add(folders(each).get(0)));
        unfinished = now;
        List<String> folders = List.copyOf(changed);
        changed.clear();
        return folders;
    }

    private synchronized void forget(String location) {
        if (left.remove(location) != null) {
            changed.addAll(folders(location));
        }
    }

    /** Where it is told: a folder that lies directly in the inbox is told of there, and in itself. */
    private static List<String> folders(String location) {
        int slash = location.indexOf('/');
        return slash < 0 ? List.of("", location) : List.of(location.substring(0, slash));
    }

    /** From its dataset's folder on. */
    private static String name(String location) {
        return location.substring(location.indexOf('/') + 1);
    }

    private static Reason reason(Obstacle obstacle, String name) {
        return switch (obstacle) {
            case LINK -> Staying.link(name);
            case NO_FILE -> Staying.noFile(name);
            case CLOSED_FILE -> Staying.closedFile(name);
            case CLOSED_FOLDER -> Staying.closedFolder(name);
            case FORBIDDEN -> Staying.forbidden(name);
            case ARCHIVED -> Staying.archived(name);
            case KEPT -> Staying.kept(name);
        };
    }
}
