package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.core.ConditionTimeoutException;
import org.dropfolder.simulator.Fault;
import org.dropfolder.simulator.Operation;
import org.dropfolder.simulator.Simulator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged jar, killed with {@code kill -9} at random moments while files are dropped and requests fail in every way;
 * the simulator outlives it. {@code -Dchaos.seed} repeats a run's choices, {@code mvn -Pchaos verify} kills more often.
 */
class ChaosIT {
    private static final int KILLS = Integer.getInteger("chaos.kills", 6);
    private static final long SEED = Long.getLong("chaos.seed", System.nanoTime());
    /** Kills after which the drops go to a new dataset. */
    private static final int A_DATASET = 10;
    private static final int MOST_IMAGES = 60;
    private static final Duration LONGEST_LIFE = Duration.ofSeconds(4);
    private static final Duration LONGEST_END = Duration.ofSeconds(150);
    private static final Map<String, String> SETTINGS = Map.of("dropfolder.settle", "300ms", "dropfolder.upload.doubt", "2s",
        "dropfolder.training.doubt", "2s", "dropfolder.training.daily", "1000");

    private final Random random = new Random(SEED);
    private final List<byte[]> dropped = new ArrayList<>();
    private World world;
    private Drop drop;
    private int pictures;
    private int faults;

    @BeforeEach
    void layOut(@TempDir Path folder) throws Exception {
        ServerProcess.layOut(folder);
        world = World.in(folder);
        drop = new Drop(world);
    }

    @Test
    void losesNothingAndPaysNothingTwiceHoweverOftenItIsKilled() throws Exception {
        Instant begun = Instant.now();
        try (Simulator simulator = world.simulator()) {
            for (int kill = 0; kill < KILLS; kill++) {
                String dataset = "set-" + (1 + kill / A_DATASET);
                liveAndDie(simulator, dataset);
                List<String> wrongs = new Reckoning(drop, world, simulator.account()).wrongs();
                assertThat(wrongs).as(() -> "after a kill, chaos.seed " + SEED + "\n" + world.history()).isEmpty();
            }
            fill("set-1");
            comeToTheEnd(simulator);
            System.out.printf("Killed %d times (seed %d) with %d faults, %d files dropped, %d images uploaded, %d trainings paid: "
                + "0 lost, 0 twice, 0 paid twice; %.0f s%n", KILLS, SEED, faults, drop.count(),
                simulator.account().datasets().stream().mapToInt(each -> each.files().size()).sum(),
                simulator.account().trainingsStarted(), Duration.between(begun, Instant.now()).toMillis() / 1000.0);
        }
    }

    /** A server that is killed at some moment: while it starts, or after some of its requests. */
    private void liveAndDie(Simulator simulator, String dataset) throws Exception {
        spoil(simulator);
        int requests = simulator.account().requests().size() + random.nextInt(12);
        boolean early = random.nextInt(4) == 0;
        Instant latest = Instant.now().plus(LONGEST_LIFE.multipliedBy(random.nextInt(100)).dividedBy(early ? 400 : 100));
        try (ServerProcess server = start(simulator)) {
            while (Instant.now().isBefore(latest) && (early || simulator.account().requests().size() < requests)) {
                dropSomething(dataset);
                assertThat(server.endsWithin(Duration.ofMillis(20 + random.nextInt(100)))).as(server.output()).isFalse();
            }
        }
    }

    /** Without faults and kills all is uploaded, and each dataset that has enough images is trained, once. */
    private void comeToTheEnd(Simulator simulator) throws Exception {
        List.of(Operation.values()).forEach(simulator.faults()::clear);
        simulator.faults().listingsLag(Duration.ZERO);
        try (ServerProcess server = start(simulator)) {
            await().atMost(LONGEST_END).pollInterval(Duration.ofMillis(100))
                .until(() -> new Reckoning(drop, world, simulator.account()).missing().isEmpty());
        } catch (ConditionTimeoutException e) {
            assertThat(new Reckoning(drop, world, simulator.account()).missing())
                .as("at the end, chaos.seed %d\n%s\n%s", SEED, world.history(), Files.readString(world.folder().resolve("output.txt")))
                .isEmpty();
        }
        assertThat(new Reckoning(drop, world, simulator.account()).wrongs()).as("at the end, chaos.seed %d", SEED).isEmpty();
    }

    private ServerProcess start(Simulator simulator) {
        List<String> arguments = new ArrayList<>(List.of("run"));
        world.quick(simulator, SETTINGS).forEach((key, value) -> arguments.add("-D" + key + "=" + value));
        return ServerProcess.start(world.folder(), Map.of(), List.of("-XX:TieredStopAtLevel=1"), arguments.toArray(String[]::new));
    }

    private void spoil(Simulator simulator) {
        simulator.faults().listingsLag(Duration.ofMillis(random.nextInt(300)));
        for (int i = random.nextInt(3); i > 0; i--) {
            Operation operation = Operation.values()[random.nextInt(Operation.values().length)];
            simulator.faults().next(operation, switch (random.nextInt(8)) {
                case 0 -> Fault.answer(500);
                case 1 -> Fault.answer(429).header("Retry-After", "1");
                case 2 -> Fault.answer(503);
                case 3 -> Fault.closeBefore();
                case 4 -> Fault.closeWhileReading();
                case 5 -> Fault.halfAnswer();
                case 6 -> Fault.brokenJson();
                default -> Fault.loseAnswer();
            });
            faults++;
        }
    }

    /** So many images that it is trained, whatever was dropped before. */
    private void fill(String dataset) throws Exception {
        while (!drop.datasets().contains(dataset) || drop.images(dataset).size() < 15) {
            drop.image(dataset, "last " + pictures + ".png", picture(), "");
        }
    }

    private void dropSomething(String dataset) throws Exception {
        if (drop.datasets().contains(dataset) && drop.images(dataset).size() >= MOST_IMAGES) {
            return;
        }
        int number = random.nextInt(1_000_000);
        switch (random.nextInt(10)) {
            case 0 -> drop.image(dataset, "told " + number + ".png", picture(), "what picture " + number + " shows");
            case 1 -> drop.other(dataset, "notes " + number + ".jpg", ("no image, but " + number).getBytes(StandardCharsets.UTF_8));
            case 2 -> drop.other(dataset, "unsafe " + number + ".png", Pictures.png(2_000_000 + pictures++));
            case 3 -> {
                if (!dropped.isEmpty() && drop.images(dataset) != null) {
                    copyOfOne(dataset, number);
                }
            }
            case 4 -> drop.slowly(dataset, "slow " + number + ".png", picture());
            case 5 -> again(dataset, "again.png");
            default -> drop.image(dataset, "picture " + number + ".png", picture(), "");
        }
    }

    /** The same content under another name; only of the dataset that it is in. */
    private void copyOfOne(String dataset, int number) throws Exception {
        byte[] one = dropped.get(random.nextInt(dropped.size()));
        if ("".equals(drop.images(dataset).get(World.hash(one)))) {
            drop.other(dataset, "copy " + number + ".png", one);
        }
    }

    /** Another picture under a name that was there before, once that was taken. */
    private void again(String dataset, String name) throws Exception {
        if (!Files.exists(world.inbox().resolve(dataset).resolve(name))) {
            drop.image(dataset, name, picture(), "");
        }
    }

    private byte[] picture() throws Exception {
        byte[] bytes = Pictures.png(++pictures);
        dropped.add(bytes);
        return bytes;
    }
}
