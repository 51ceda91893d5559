package org.dropfolder.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Keeps a copy of the world from before and after each effect of a server: what a kill at that moment would leave. A
 * world that is the same as the one before is not kept again. Effects wait for each other, so that none is copied half
 * done; requests don't.
 */
final class CrashPoints implements Seam {
    private final World world;
    private final Path folder;
    private final Predicate<String> wanted;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private final List<Point> points = new ArrayList<>();
    private final Set<String> passed = new TreeSet<>();
    private final Map<String, Integer> effects = new TreeMap<>();
    private String last = "";

    /**
     * A world that a kill may leave.
     *
     * @param when after which effect, or before which
     */
    record Point(String when, World world) { }

    /** @param folder where the copies are kept */
    CrashPoints(World world, Path folder) {
        this(world, folder, any -> true);
    }

    /** @param wanted which to keep, by their {@link Point#when} */
    CrashPoints(World world, Path folder, Predicate<String> wanted) {
        this.world = world;
        this.folder = folder;
        this.wanted = wanted;
    }

    /** All that were kept. */
    synchronized List<Point> points() {
        return List.copyOf(points);
    }

    /** Of those that differ only in a number, as the moves of one picture and of the next do, at most so many: the first, the last, and some between. */
    List<Point> pointsOfEachKind(int atMost) {
        Map<String, List<Point>> kinds = points().stream()
            .collect(Collectors.groupingBy(point -> point.when().replaceAll("\\d+", "#"), LinkedHashMap::new, Collectors.toList()));
        return kinds.values().stream().flatMap(kind -> kind.size() <= atMost ? kind.stream()
            : IntStream.range(0, atMost).mapToObj(i -> kind.get(i * (kind.size() - 1) / (atMost - 1)))).toList();
    }

    /** All moments that came by, also those that left the world as another had left it. */
    synchronized Set<String> passed() {
        return new TreeSet<>(passed);
    }

    /** How many effects there were of each kind. */
    synchronized Map<String, Integer> effects() {
        return new TreeMap<>(effects);
    }

    @Override
    public void before(String what) {
        oneAtATime.lock();
        keep("before " + named(what));
        if (isRequest(what)) {
            oneAtATime.unlock();
        }
    }

    @Override
    public void after(String what) {
        if (!oneAtATime.isHeldByCurrentThread()) {
            if (!isRequest(what)) {
                return; // it failed before it came here
            }
            oneAtATime.lock();
        }
        try {
            count(what.substring(0, what.indexOf(' ') < 0 ? what.length() : what.indexOf(' ')));
            keep("after " + named(what));
        } finally {
            oneAtATime.unlock();
        }
    }

    private synchronized void count(String kind) {
        effects.merge(kind, 1, Integer::sum);
    }

    private synchronized void keep(String when) {
        passed.add(when);
        if (!wanted.test(when)) {
            return;
        }
        try {
            String print = world.print();
            if (!print.equals(last)) {
                last = print;
                points.add(new Point(when, world.copiedTo(folder.resolve(Integer.toString(points.size())))));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isRequest(String what) {
        return what.startsWith("GET ") || what.startsWith("POST ");
    }

    /** A commit by the operation of the ledger that it ends. */
    private static String named(String what) {
        return what.equals("commit") ? what + " of " + StackWalker.getInstance().walk(frames -> frames
            .filter(frame -> frame.getClassName().matches("org\\.dropfolder\\.ledger\\.(?!GroupedWrites)[A-KM-Z]\\w+"))
            .filter(frame -> !frame.getMethodName().startsWith("lambda"))
            .findFirst().map(frame -> frame.getClassName().replaceAll(".*\\.", "") + "." + frame.getMethodName())
            .orElse("the start")) : what;
    }
}
