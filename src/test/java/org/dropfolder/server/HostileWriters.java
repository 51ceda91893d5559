package org.dropfolder.server;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.dropfolder.simulator.Account;

/** Many who write into one inbox at once, each in another way, and what became of their files. For one thread. */
final class HostileWriters {
    private static final Duration LONGEST = Duration.ofMinutes(4);

    private final World world;
    private final ScheduledExecutorService threads;
    private final Map<String, List<HostileFile>> files = new LinkedHashMap<>();
    private final List<CompletableFuture<Void>> writers = new ArrayList<>();

    HostileWriters(World world, ScheduledExecutorService threads) {
        this.world = world;
        this.threads = threads;
    }

    /** They begin; ways and datasets are mixed. */
    void begin(Map<String, BiConsumer<HostileFile, Script>> ways, int count, int datasets) {
        List<String> names = List.copyOf(ways.keySet());
        for (int i = 0; i < count; i++) {
            String way = names.get(i % names.size());
            String folder = "set-" + i / names.size() % datasets + "/" + (way.startsWith("its folder") ? "sub " + i + "/" : "");
            Path path = world.inbox().resolve(folder + "picture " + i + (i % 2 == 0 ? ".png" : ".jpg"));
            HostileFile file = new HostileFile(world, path, i);
            Script script = new Script();
            ways.get(way).accept(file, script);
            files.computeIfAbsent(way, any -> new ArrayList<>()).add(file);
            writers.add(script.play(threads));
        }
    }

    /** Waits until they have written all, and the server has sent all; what is left over if it did not come to that. */
    List<String> end() throws Exception {
        for (CompletableFuture<Void> writer : writers) {
            try {
                writer.get();
            } catch (ExecutionException e) {
                throw new AssertionError("A writer could not write: " + e.getCause(), e.getCause());
            }
        }
        try {
            await().atMost(LONGEST).pollInterval(Duration.ofMillis(250)).until(() -> left().isEmpty());
            return List.of();
        } catch (ConditionTimeoutException e) {
            return left();
        }
    }

    private List<String> left() throws IOException {
        try {
            return Stream.of(world.inbox(), world.data().resolve("pending")).flatMap(HostileWriters::files).map(Path::toString).toList();
        } catch (IllegalStateException vanished) {
            return List.of("something that vanished just now");
        }
    }

    private static Stream<Path> files(Path below) {
        try {
            return World.files(below).stream().filter(World::isDropped);
        } catch (NoSuchFileException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** By the way of writing: the files whose last bytes are not in their dataset once, with their caption. */
    Map<String, List<String>> missing(Account account) {
        Map<String, Map<String, List<String>>> there = new HashMap<>();
        account.datasets().forEach(dataset -> there.put(dataset.name(), dataset.files().stream().collect(
            Collectors.groupingBy(Account.File::sha256, Collectors.mapping(file -> file.caption().orElse(""), Collectors.toList())))));
        Map<String, List<String>> missing = new LinkedHashMap<>();
        files.forEach((way, written) -> missing.put(way, written.stream()
            .filter(file -> !file.finals().entrySet().stream().allMatch(last ->
                List.of(last.getValue()).equals(there.getOrDefault(dataset(file), Map.of()).get(last.getKey()))))
            .map(file -> world.inbox().relativize(file.path()).toString()).toList()));
        return missing;
    }

    private String dataset(HostileFile file) {
        return world.inbox().relativize(file.path()).getName(0).toString();
    }

    /** What was sent and never was a whole picture of anybody. */
    List<String> strangers(Account account) {
        Set<String> whole = files.values().stream().flatMap(List::stream)
            .flatMap(file -> Stream.concat(file.finals().keySet().stream(), file.passed().stream())).collect(Collectors.toSet());
        return account.datasets().stream().flatMap(dataset -> dataset.files().stream()
            .filter(file -> !whole.contains(file.sha256())).map(file -> dataset.name() + "/" + file.name())).toList();
    }

    /** A line for each way: its name, how many files were written so, how many arrived. */
    String table(Map<String, List<String>> missing) {
        StringBuilder table = new StringBuilder();
        files.forEach((way, written) -> table.append("%-42s %5d %7d%s%n".formatted(way, written.size(),
            written.size() - missing.get(way).size(), missing.get(way).isEmpty() ? "" : " not: " + missing.get(way))));
        return table.toString();
    }
}
