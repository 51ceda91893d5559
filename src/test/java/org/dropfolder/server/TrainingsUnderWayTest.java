package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.dropfolder.contract.Watched;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Lease;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.Training;
import org.dropfolder.simulator.Client;
import org.dropfolder.simulator.Operation;
import org.dropfolder.simulator.Pace;
import org.dropfolder.simulator.Simulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings that last, in the real server. */
class TrainingsUnderWayTest {
    private static final int FEW = 10;
    private static final int MANY = 150;
    /** More or less, by chance: a pool of anybody's adds a thread now and then. */
    private static final int SOME = 5;
    private static final int IN_FLIGHT = 3;
    private static final Pace FOR_EVER = new Pace(Duration.ZERO, Duration.ofDays(1), Duration.ZERO);

    @TempDir
    Path folder;

    @Test
    void takeNoMoreThreadsTheMoreThereAreAndKeepToTheBoundOfRequests() throws Exception {
        int forFew = mostThreads(FEW);
        int forMany = mostThreads(MANY);
        assertThat(forMany).isLessThan(forFew + SOME);
    }

    /** The most threads that the server had while each training was looked at twice, more or less. */
    private int mostThreads(int trainings) throws Exception {
        World world = World.in(folder.resolve("of " + trainings));
        try (Simulator simulator = Simulator.start(Watched.simulator().withPace(FOR_EVER))) {
            follow(world, new Client(simulator), trainings);
            Settings settings = world.settings(simulator, Map.of("ideogram.in-flight", Integer.toString(IN_FLIGHT), "dropfolder.poll.delay", "100ms"));
            int[] most = {0};
            try (Server server = Server.start(settings)) {
                Awaitility.await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(20)).until(() -> {
                    most[0] = Math.max(most[0], threadsOfTheServer());
                    return simulator.account().requests(Operation.GET_MODEL).size() >= 2 * trainings;
                });
            }
            assertThat(simulator.account().maxInFlight()).isLessThanOrEqualTo(IN_FLIGHT);
            return most[0];
        }
    }

    /** As a server leaves them that was stopped. */
    private static void follow(World world, Client client, int trainings) throws Exception {
        String remote = client.dataset("all of them", 15);
        Clock clock = Clock.systemUTC();
        try (Ledger ledger = Ledger.open("jdbc:sqlite:" + world.data().resolve("ledger.db"), Lease.ofThisProcess(Duration.ofMinutes(1), clock), false)) {
            for (int i = 0; i < trainings; i++) {
                Dataset dataset = ledger.datasets().ready(ledger.datasets().named("set " + i, "set " + i), remote + i, false);
                Training waiting = ledger.trainings().waiting(dataset, 1, "set " + i, 15, new BigDecimal("40"));
                ledger.trainings().adopted(waiting, Client.json(client.train(remote, "set " + i)).get("model_id").asText(), clock.instant());
            }
        }
    }

    private static int threadsOfTheServer() {
        return (int) Thread.getAllStackTraces().keySet().stream().filter(thread -> !thread.getName().startsWith("simulator")).count();
    }
}
