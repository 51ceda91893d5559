package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.awaitility.core.ConditionTimeoutException;
import org.dropfolder.simulator.Fault;
import org.dropfolder.simulator.Operation;
import org.dropfolder.simulator.Simulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are carried out and whose answers never come: nothing is sent twice for that, and nothing stays undone. */
class LostAnswersTest {
    private static final Clock CLOCK = Clock.tickMillis(ZoneOffset.UTC);
    /** A few restarts, each of which ends the pauses after failures. */
    private static final int RESTARTS = 6;
    private static final Map<String, String> ALL_ASKED = Map.of("dropfolder.caption.describe", "on", "dropfolder.caption.budget", "3",
        "dropfolder.sample.prompt", "a rose in the morning");
    private static final Duration A_LIFE = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    @BeforeAll
    static void hush() {
        Configurator.setLevel("org.dropfolder", Level.OFF);
    }

    @AfterAll
    static void speak() {
        Configurator.setLevel("org.dropfolder", Level.INFO);
    }

    @ParameterizedTest
    @EnumSource(value = Operation.class, names = "TRAIN_MODEL_ADVANCED", mode = EnumSource.Mode.EXCLUDE)
    void theFirstAnswerToARequestIsLost(Operation operation) throws Exception {
        World world = World.in(folder);
        try (Simulator simulator = world.simulator()) {
            simulator.faults().next(operation, Fault.loseAnswer());
            comesToTheEnd(world, simulator, ALL_ASKED);
            assertThat(simulator.faults().waiting(operation)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void theFirstAnswersToAllRequestsAreLost(int each) throws Exception {
        World world = World.in(folder);
        try (Simulator simulator = world.simulator()) {
            for (Operation operation : Operation.values()) {
                simulator.faults().next(operation, Collections.nCopies(each, Fault.loseAnswer()).toArray(Fault[]::new));
            }
            comesToTheEnd(world, simulator, ALL_ASKED);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 400})
    void theAnswersAreLostAndTheListingsLagBehind(int millis) throws Exception {
        World world = World.in(folder);
        try (Simulator simulator = world.simulator()) {
            simulator.faults().listingsLag(Duration.ofMillis(millis));
            for (Operation operation : List.of(Operation.CREATE_DATASET, Operation.UPLOAD_ASSETS, Operation.TRAIN_MODEL)) {
                simulator.faults().next(operation, Fault.loseAnswer());
            }
            comesToTheEnd(world, simulator, Map.of("dropfolder.upload.doubt", "2s", "dropfolder.training.doubt", "2s"));
        }
    }

    private static void comesToTheEnd(World world, Simulator simulator, Map<String, String> more) throws Exception {
        Drop drop = new Drop(world);
        for (int i = 1; i <= 16; i++) {
            drop.image("garden", "rose " + i + ".png", Pictures.png(i), i % 6 == 0 ? "the rose number " + i : "");
        }
        List<String> missing = List.of("all");
        for (int i = 0; i < RESTARTS && !missing.isEmpty(); i++) {
            try (Server started = Server.start(world.settings(simulator, more), CLOCK, Seam.UNDISTURBED)) {
                assertThat(started.address()).isNotBlank();
                await().atMost(A_LIFE).pollInterval(Duration.ofMillis(20))
                    .until(() -> missing(drop, world, simulator, more).isEmpty());
                missing = List.of();
            } catch (ConditionTimeoutException e) {
                missing = missing(drop, world, simulator, more);
            }
        }
        List<String> wrongs = new ArrayList<>(missing);
        wrongs.addAll(new Reckoning(drop, world, simulator.account()).wrongs());
        assertThat(wrongs).as(world::history).isEmpty();
    }

    private static List<String> missing(Drop drop, World world, Simulator simulator, Map<String, String> more) throws IOException {
        Reckoning reckoning = new Reckoning(drop, world, simulator.account());
        List<String> missing = reckoning.missing();
        return missing.isEmpty() && more.equals(ALL_ASKED) ? reckoning.samplesMissing() : missing;
    }
}
