package org.dropfolder.server;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dropfolder.contract.Watched;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.Training;
import org.dropfolder.simulator.Pace;
import org.dropfolder.simulator.Simulator;

/**
 * Whatever outlives a killed server: the inbox, the data with its ledger, and the account at the simulator.
 *
 * @param rest where what was dropped lies, and what becomes of it; the ledger is never in a bucket
 */
record World(Path folder, Rest rest) {
    static final String BUCKET = "photos";
    private static final Pace AT_ONCE = new Pace(Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofMillis(5));
    private static final Map<String, String> QUICK = Map.ofEntries(
        Map.entry("ideogram.api-key", "a-key"), Map.entry("ideogram.timeout", "5s"), Map.entry("dropfolder.http.port", "0"),
        Map.entry("dropfolder.scan", "10ms"), Map.entry("dropfolder.settle", "10ms"),
        Map.entry("dropfolder.unfinished", "300ms"), Map.entry("dropfolder.batch.wait", "300ms"),
        Map.entry("dropfolder.batch.images", "9"), Map.entry("dropfolder.training.wait", "50ms"),
        Map.entry("dropfolder.upload.doubt", "600ms"), Map.entry("dropfolder.training.doubt", "600ms"),
        Map.entry("dropfolder.poll.delay", "20ms"), Map.entry("camel.component.seda.default-poll-timeout", "20"),
        // metrics and JMX are most of a start, and have no part in this
        Map.entry("camel.management.enabled", "false"),
        Map.entry("camel.metrics.enabled", "false"), Map.entry("camel.main.jmxEnabled", "false"));

    /** Where bytes rest. */
    enum Rest { FOLDERS, BUCKET }

    /** A new one in an empty folder. */
    static World in(Path folder) throws IOException {
        return in(folder, Rest.FOLDERS);
    }

    /** The same, wherever its bytes are to rest. */
    static World in(Path folder, Rest rest) throws IOException {
        World world = new World(folder, rest);
        Files.createDirectories(world.inbox());
        Files.createDirectories(world.data());
        return world;
    }

    boolean inBucket() {
        return rest == Rest.BUCKET;
    }

    /** What was dropped lies below it, an object like a file. */
    Path inbox() {
        return inBucket() ? buckets().resolve(BUCKET).resolve("inbox") : folder.resolve("inbox");
    }

    /** What is {@code pending/}, {@code done/}, {@code rejected/} and {@code models/} lies below it, an object like a file. */
    Path store() {
        return inBucket() ? buckets().resolve(BUCKET).resolve("dropfolder") : data();
    }

    /** Each folder in it is a bucket. */
    Path buckets() {
        return folder.resolve("buckets");
    }

    Path data() {
        return folder.resolve("data");
    }

    /** The simulator with this world's account. */
    Simulator simulator() throws IOException {
        return Simulator.start(options());
    }

    /** The same, whose pictures are where they were, whatever simulator drew them. */
    Simulator simulator(org.dropfolder.simulator.Pictures pictures) throws IOException {
        return Simulator.start(options().withPictures(pictures));
    }

    private Simulator.Options options() {
        return Watched.simulator().withPace(AT_ONCE).withMemory(folder.resolve("account.json"));
    }

    /** Settings with which the whole way takes a second. */
    Settings settings(Simulator simulator, Map<String, String> more) {
        return Settings.load(SettingsSample.SHIPPED, quick(simulator, more), Map.of());
    }

    /** The same by their keys. */
    Map<String, String> quick(Simulator simulator, Map<String, String> more) {
        Map<String, String> set = new HashMap<>(QUICK);
        set.putAll(Map.of("dropfolder.inbox", inbox().toString(), "dropfolder.data", data().toString(),
            "ideogram.url", simulator.url().toString()));
        set.putAll(more);
        return set;
    }

    /** A copy of the whole, times and attributes of files among it; only while nothing changes it, trials of its soundness aside. */
    World copiedTo(Path copy) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(copy.resolve(folder.relativize(from)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!isSharedMemory(file) && !isTrial(file)) {
                    Files.copy(file, copy.resolve(folder.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (isTrial(file)) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
        return new World(copy, rest);
    }

    /** What it holds, in a few letters. */
    String print() throws IOException {
        MessageDigest print = sha256();
        for (Path file : files(folder)) {
            if (!isSharedMemory(file) && !isTrial(file)) {
                print.update(folder.relativize(file).toString().getBytes());
                print.update(Files.readAllBytes(file));
            }
        }
        return HexFormat.of().formatHex(print.digest());
    }

    /** What the ledger tells of each dataset, for whoever wants to know why something is wrong. */
    String history() {
        if (!Files.exists(data().resolve("ledger.db"))) {
            return "there is no ledger yet";
        }
        String url = "jdbc:sqlite:" + data().resolve("ledger.db");
        try (Ledger ledger = Ledger.toRead(url, Clock.systemUTC(), false)) {
            return ledger.datasets().all().stream().map(dataset -> dataset + "\n    " + ledger.trainings().newestOf(dataset.id())
                .map(Training::toString).orElse("no training") + ledger.history().of(dataset.id(), 100).stream()
                .map(event -> "\n    " + event.at() + " " + event.what()).collect(Collectors.joining())).collect(Collectors.joining("\n  "));
        }
    }

    /** Once nobody uses it any more. */
    void delete() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        }
    }

    /** All files below a folder, in order; none where there is no such folder. What vanishes meanwhile is left out. */
    static List<Path> files(Path below) throws IOException {
        List<Path> files = new ArrayList<>();
        if (!Files.exists(below)) {
            return files;
        }
        Files.walkFileTree(below, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                files.add(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
        files.sort(null);
        return files;
    }

    /** Whether a person put it there: the server writes a word into each dataset's folder of the inbox. */
    static boolean isDropped(Path file) {
        return !file.getFileName().toString().matches("_status\\.txt|dropfolder\\.yaml|\\._status\\.txt\\.part");
    }

    static String hash(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    /** SQLite's index of its log: made anew after a kill. */
    private static boolean isSharedMemory(Path file) {
        return file.toString().endsWith("-shm");
    }

    /** What looks whether something can be written leaves no trace that matters. */
    private static boolean isTrial(Path file) {
        return file.getFileName().toString().startsWith(".dropfolder-trial.tmp");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }
}
