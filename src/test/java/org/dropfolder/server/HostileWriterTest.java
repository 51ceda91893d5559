package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.assertj.core.api.SoftAssertions;
import org.dropfolder.simulator.Simulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A thousand files are written at once in every slow and broken way that people's programs have. Each arrives with its last
 * bytes, once, and nothing half was ever sent: that is what the simulators have on record. There are two servers: one sends
 * so soon that it would send halves; the other waits so long that files which are written on after it took them are written
 * before it sends them.
 */
class HostileWriterTest {
    private static final int ARRIVING = 880;
    private static final int GOING_ON = 120;
    private static final Map<String, String> SETTINGS = Map.of("dropfolder.scan", "100ms", "dropfolder.settle", "200ms",
        "dropfolder.batch.images", "100", "dropfolder.sweep", "1s", "dropfolder.training.daily", "0");

    @TempDir
    private Path folder;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(8);

    @BeforeAll
    static void hush() {
        Configurator.setLevel("org.dropfolder", Level.WARN);
    }

    @AfterAll
    static void speak() {
        Configurator.setLevel("org.dropfolder", Level.INFO);
    }

    @Test
    void everyFileArrivesWithItsLastBytesHoweverItIsWritten() throws Exception {
        World soon = World.in(folder.resolve("soon"));
        World late = World.in(folder.resolve("late"));
        Instant begun = Instant.now();
        try (Simulator soonAccount = soon.simulator(); Simulator lateAccount = late.simulator();
             Server soonServer = start(soon, soonAccount, "500ms", "2m"); Server lateServer = start(late, lateAccount, "5s", "4s")) {
            HostileWriters arriving = new HostileWriters(soon, threads);
            HostileWriters goingOn = new HostileWriters(late, threads);
            goingOn.begin(HostileWays.ofGoingOn(), GOING_ON, 3);
            arriving.begin(HostileWays.ofArriving(), ARRIVING, 20);
            SoftAssertions all = new SoftAssertions();
            String table = "%-42s %5s %7s%n".formatted("way of writing", "files", "arrived")
                + outcome(arriving, soon, soonAccount, all) + outcome(goingOn, late, lateAccount, all);
            System.out.printf("%s%d files written and uploaded in %.1f s%n", table, ARRIVING + GOING_ON,
                Duration.between(begun, Instant.now()).toMillis() / 1000.0);
            all.assertThat(soon.data().resolve("rejected")).as("where all is whole in time, nothing was ever set aside").doesNotExist();
            all.assertAll();
        } finally {
            threads.shutdownNow();
            assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static Server start(World world, Simulator simulator, String batchWait, String unfinished) throws Exception {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.put("dropfolder.batch.wait", batchWait);
        settings.put("dropfolder.unfinished", unfinished);
        return Server.start(world.settings(simulator, settings));
    }

    private static String outcome(HostileWriters writers, World world, Simulator simulator, SoftAssertions all) throws Exception {
        all.assertThat(writers.end()).as("left over").isEmpty();
        Map<String, List<String>> missing = writers.missing(simulator.account());
        all.assertThat(missing.values()).as("missing").allSatisfy(ofAWay -> assertThat(ofAWay).isEmpty());
        all.assertThat(writers.strangers(simulator.account())).as("sent, and never whole").isEmpty();
        all.assertThat(World.files(world.data().resolve("rejected"))).as("set aside").isEmpty();
        return writers.table(missing);
    }
}
