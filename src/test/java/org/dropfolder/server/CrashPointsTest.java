package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.awaitility.core.ConditionTimeoutException;
import org.dropfolder.Zips;
import org.dropfolder.image.Converter;
import org.dropfolder.image.FileType;
import org.dropfolder.simulator.Simulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The server may be killed at any moment. One walk from the dropped folders to the model keeps a copy of the world
 * between every two effects; from each copy a new server goes on to the end, and what it did is compared with what was
 * dropped and with the simulator's own record.
 */
class CrashPointsTest {
    private static final Clock CLOCK = Clock.tickMillis(ZoneOffset.UTC);
    /** All that may be asked for; beyond the budget images go without a caption, and a build takes no longer. */
    private static final Map<String, String> ALL_ASKED = Map.of("dropfolder.caption.describe", "on", "dropfolder.caption.budget", "3",
        "dropfolder.sample.prompt", "a rose in the morning");
    /** Nothing waits so long: on a machine that has much else to do a start alone takes half of it. */
    private static final Duration LONGEST = Duration.ofSeconds(45);
    /** The walk that is copied at each step, on a machine that has much else to do. */
    private static final Duration LONGEST_WALK = Duration.ofMinutes(3);
    /** Of a bucket's points, those that differ in a number alone; {@code -Dcrash.all=true} runs each. */
    private static final int OF_A_KIND = 3;
    /** Runs at once: they wait more than they work. */
    private static final int AT_ONCE = 3 * Runtime.getRuntime().availableProcessors();

    @TempDir
    private Path folder;
    private World world;
    private Drop drop;

    @BeforeAll
    static void hush() {
        Configurator.setLevel("org.dropfolder", Level.OFF);
    }

    @AfterAll
    static void speak() {
        Configurator.setLevel("org.dropfolder", Level.INFO);
    }

    @ParameterizedTest
    @EnumSource
    void goesOnFromWhateverAKillLeaves(World.Rest rest) throws Exception {
        world = World.in(folder.resolve("world"), rest);
        drop();
        // between two commits that tell of something lies nothing that a restart could do wrong but tell it once more
        CrashPoints points = new CrashPoints(world, folder.resolve("points"), when -> !when.contains(" Notices."));
        assertThat(walk(world, points, LONGEST_WALK)).isEmpty();
        assertThat(points.passed()).contains("after POST /describe", "after POST /v1/ideogram-v3/generate", "after GET picture")
            .anyMatch(when -> when.matches(".*models/garden\\.(jpg|png).*"));

        Instant start = Instant.now();
        List<Callable<String>> runs = new ArrayList<>();
        // in a bucket a run takes several times as long, and a move is two effects
        boolean all = rest == World.Rest.FOLDERS || Boolean.getBoolean("crash.all");
        List<CrashPoints.Point> chosen = all ? points.points() : points.pointsOfEachKind(OF_A_KIND);
        chosen.forEach(point -> runs.add(() -> goOn(point)));
        List<String> failures = allOf(runs);
        System.out.printf("%s: killed at %d of %d points between %s: %d failed, %.1f s%n", rest, runs.size(), points.points().size(),
            points.effects(), failures.size(), Duration.between(start, Instant.now()).toMillis() / 1000.0);
        assertThat(failures).isEmpty();
    }

    /** What people set in a folder is asked for in the end, once, wherever the server was killed before. */
    @Test
    void asksForWhatPeopleSetInAFolderFromWhateverAKillLeaves() throws Exception {
        world = World.in(folder.resolve("world"), World.Rest.FOLDERS);
        try (Services services = new Services(world)) {
            drop = services.drop();
            dropImages();
            dropContainers();
        }
        Files.writeString(world.inbox().resolve("garden/dropfolder.yaml"), "steps: 200");
        CrashPoints points = new CrashPoints(world, folder.resolve("points"),
            when -> when.matches(".*(FolderFiles\\.|Orders\\.|Trainings\\.|train-model-advanced).*"));
        assertThat(walk(world, points, LONGEST_WALK)).isEmpty();
        assertThat(points.passed()).contains("after POST /v1/ideogram-v3/train-model-advanced");

        List<Callable<String>> runs = new ArrayList<>();
        points.points().forEach(point -> runs.add(() -> {
            List<String> wrongs = walk(point.world(), Seam.UNDISTURBED, LONGEST);
            boolean asked = Files.readString(folder.resolve("points/" + points.points().indexOf(point) + "/account.json")).contains("\"training_steps\":200");
            return wrongs.isEmpty() && asked ? "" : point.when() + ": " + (asked ? "" : "not as it was set ") + wrongs;
        }));
        assertThat(allOf(runs)).isEmpty();
    }

    /** Two datasets: one is trained, with captions, a copy, and files that are refused here and there; one is not. */
    private void drop() throws Exception {
        try (Services services = new Services(world)) {
            drop = services.drop();
            dropImages();
            dropContainers();
        }
    }

    private void dropImages() throws Exception {
        for (int i = 1; i <= 16; i++) {
            drop.image("garden", "rose " + i + ".png", Pictures.png(i), i % 6 == 0 ? "the rose number " + i : "");
        }
        drop.other("garden", "copy of rose 1.png", Pictures.png(1));
        drop.other("garden", "notes.jpg", "no image at all".getBytes(StandardCharsets.UTF_8));
        drop.other("garden", "unsafe.png", Pictures.png(99));
        for (int i = 1; i <= 3; i++) {
            drop.image("small", "stone " + i + ".png", Pictures.png(200 + i), "");
        }
    }

    /** An archive of images, a caption, junk, a copy and a damaged image; and an image that is to be converted. */
    private void dropContainers() throws Exception {
        byte[] caption = "a stone in an archive".getBytes(StandardCharsets.UTF_8);
        byte[] damaged = Arrays.copyOf(Pictures.png(213), Pictures.png(213).length / 2);
        drop.other("small", "stones.zip", Zips.of("one.png", Pictures.png(211), "day 2/two.png", Pictures.png(212), "one.txt", caption,
            "__MACOSX/._one.png", caption, "copy.png", Pictures.png(201), "damaged.png", damaged));
        drop.imageIn("small", Pictures.png(211), new String(caption, StandardCharsets.UTF_8));
        drop.imageIn("small", Pictures.png(212), "");
        List.of(caption, Pictures.png(201), damaged).forEach(drop::otherIn);
        drop.other("small", "bitmap.bmp", Pictures.bmp(220));
        drop.imageIn("small", converted(Pictures.bmp(220)), "");
    }

    private byte[] converted(byte[] bitmap) throws IOException {
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        try (SeekableByteChannel bytes = Files.newByteChannel(Files.write(folder.resolve("bitmap.bmp"), bitmap))) {
            Converter.convert(bytes, "bitmap.bmp", FileType.BMP, 1 << 20, image);
        }
        return image.toByteArray();
    }

    /** Runs a server until nothing is missing; what is wrong then, or missing after the longest time. */
    private List<String> walk(World there, Seam seam, Duration longest) throws Exception {
        List<String> wrongs = new ArrayList<>();
        try (Services services = new Services(there)) {
            Simulator simulator = services.simulator();
            try (Server server = Server.start(services.settings(ALL_ASKED), CLOCK, seam)) {
                await().atMost(longest).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10))
                    .until(() -> missing(there, simulator).isEmpty());
            } catch (ConditionTimeoutException e) {
                wrongs.addAll(missing(there, simulator));
            }
            wrongs.addAll(new Reckoning(drop, there, simulator.account()).wrongs());
            wrongs.addAll(containersElsewhere(there));
        }
        if (!wrongs.isEmpty()) {
            wrongs.add(there.history());
        }
        return wrongs;
    }

    private List<String> missing(World there, Simulator simulator) throws IOException {
        Reckoning reckoning = new Reckoning(drop, there, simulator.account());
        List<String> missing = reckoning.missing();
        return missing.isEmpty() ? reckoning.samplesMissing() : missing;
    }

    /** Those that do not lie in done/ in the end. */
    private static List<String> containersElsewhere(World there) throws IOException {
        List<String> done = World.files(there.store().resolve("done")).stream().map(file -> file.getFileName().toString()).toList();
        return Stream.of("stones.zip", "bitmap.bmp").filter(name -> done.stream().noneMatch(file -> file.endsWith(name)))
            .map(name -> name + " is not in done/").toList();
    }

    private String goOn(CrashPoints.Point point) throws Exception {
        List<String> wrongs = walk(point.world(), Seam.UNDISTURBED, LONGEST);
        if (wrongs.isEmpty()) {
            point.world().delete();
        }
        return wrongs.isEmpty() ? "" : point.when() + ": " + wrongs;
    }

    /** Runs them all, some at once; what failed. */
    private static List<String> allOf(List<Callable<String>> runs) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<String> failures = new ArrayList<>();
            for (Future<String> run : threads.invokeAll(runs)) {
                if (!run.get().isEmpty()) {
                    failures.add(run.get());
                }
            }
            return failures;
        } finally {
            threads.shutdownNow();
        }
    }
}
