package org.dropfolder.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dropfolder.server.RouteFixture.soon;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.server.RouteFixture;
import org.dropfolder.simulator.Fault;
import org.dropfolder.simulator.Operation;
import org.dropfolder.simulator.Simulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A read is repeated while its failure may pass: shown by the listing before an upload. */
class ReadsPolicyTest {
    private static final String DUE = "seda:batch-due";
    private static final int TRIES = 4;

    @TempDir
    private Path folder;
    private Scene scene;
    private RouteFixture routes;
    private Simulator simulator;

    @BeforeEach
    void start() throws Exception {
        scene = Scene.started(folder, List.of("4-describe", "4-upload", "ideogram"));
        routes = scene.routes();
        simulator = scene.simulator();
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    /** Each in a dataset of its own, all at once: each waits for a second, and none of them on a thread. */
    @Test
    void repeatsAfterWhateverMayPassAndHoldsNoThreadMeanwhile() throws Exception {
        List<Fault> passing = List.of(Fault.answer(429), Fault.answer(500), Fault.answer(502), Fault.answer(503), Fault.answer(504),
                Fault.answer(408), Fault.closeBefore(), Fault.loseAnswer(), Fault.halfAnswer());
        int many = 3 * passing.size();
        for (int i = 0; i < many; i++) {
            scene.acceptedForAKnownDataset("kittens" + i, 1);
            simulator.faults().next(Operation.GET_DATASET, passing.get(i % passing.size()));
        }
        int before = Thread.activeCount();

        for (int i = 0; i < many; i++) {
            routes.send(DUE, "kittens" + i);
        }
        soon().until(() -> simulator.faults().waiting(Operation.GET_DATASET) == 0);
        assertThat(Thread.activeCount() - before).isLessThan(many);

        soon().until(() -> scene.requests(Operation.UPLOAD_ASSETS) == many);
        assertThat(scene.requests(Operation.GET_DATASET)).isEqualTo(2 * many);
    }

    static Stream<Fault> lasting() {
        return Stream.of(Fault.answer(403), Fault.answer(404), Fault.brokenJson(),
                Fault.answer(301).header("Location", "/elsewhere"));
    }

    @ParameterizedTest
    @MethodSource("lasting")
    void asksOnceAndWritesDownWhatWouldStayWrong(Fault fault) throws Exception {
        scene.acceptedForAKnownDataset("kittens", 1);
        simulator.faults().next(Operation.GET_DATASET, fault);

        routes.sendAndWait(DUE, "kittens");

        assertThat(scene.requests(Operation.GET_DATASET)).isEqualTo(1);
        isWrittenDownAndNothingWasClaimed();
    }

    @Test
    void givesUpForAWhileAfterAFewTries() throws Exception {
        scene.acceptedForAKnownDataset("kittens", 1);
        simulator.faults().next(Operation.GET_DATASET, failing(TRIES));

        routes.sendAndWait(DUE, "kittens");

        assertThat(scene.requests(Operation.GET_DATASET)).isEqualTo(TRIES);
        assertThat(routes.redeliveries()).isEqualTo(TRIES - 1);
        isWrittenDownAndNothingWasClaimed();
    }

    @Test
    void countsTheTriesOfEachCallByItself() throws Exception {
        scene.accepted("kittens", 1);
        simulator.faults().next(Operation.LIST_DATASETS, failing(TRIES - 1));
        simulator.faults().next(Operation.GET_DATASET, failing(TRIES - 1));
        simulator.faults().next(Operation.UPLOAD_ASSETS, Stream.generate(() -> Fault.answer(429).header("Retry-After", "0"))
                .limit(TRIES - 1).toArray(Fault[]::new));

        routes.sendAndWait(DUE, "kittens");

        assertThat(scene.requests(Operation.LIST_DATASETS)).isEqualTo(TRIES);
        assertThat(scene.requests(Operation.GET_DATASET)).isEqualTo(TRIES);
        assertThat(scene.requests(Operation.UPLOAD_ASSETS)).isEqualTo(TRIES);
        assertThat(routes.ledger().assets().tally(routes.dataset("kittens").id()).of(AssetState.UPLOADED)).isEqualTo(1);
    }

    /** One redelivery that waited long enough, and not a few that met the closed gate. */
    @Test
    void waitsAsLongAsIdeogramAsks() throws Exception {
        scene.acceptedForAKnownDataset("kittens", 1);
        simulator.faults().next(Operation.GET_DATASET, Fault.answer(429).header("Retry-After", "2"));
        Instant begun = Instant.now();

        routes.sendAndWait(DUE, "kittens");

        assertThat(Duration.between(begun, Instant.now())).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
        assertThat(routes.redeliveries()).isEqualTo(1);
        assertThat(scene.requests(Operation.UPLOAD_ASSETS)).isEqualTo(1);
    }

    @Test
    void leavesALongPauseToTheLedger() throws Exception {
        scene.acceptedForAKnownDataset("kittens", 1);
        simulator.faults().next(Operation.GET_DATASET, Fault.answer(429).header("Retry-After", "600"));
        Instant begun = Instant.now();

        routes.sendAndWait(DUE, "kittens");

        assertThat(scene.requests(Operation.GET_DATASET)).isEqualTo(1);
        assertThat(routes.redeliveries()).isZero();
        assertThat(routes.dataset("kittens").retryAt())
                .hasValueSatisfying(at -> assertThat(at).isAfter(begun.plus(Duration.ofSeconds(599))));
    }

    private static Fault[] failing(int times) {
        return Stream.generate(() -> Fault.answer(503).header("Retry-After", "0")).limit(times).toArray(Fault[]::new);
    }

    private void isWrittenDownAndNothingWasClaimed() {
        Dataset now = routes.dataset("kittens");
        assertThat(now.trouble()).isPresent();
        assertThat(now.retryAt()).isPresent();
        assertThat(now.failures()).isEqualTo(1);
        assertThat(scene.waiting("kittens")).hasSize(1);
        assertThat(scene.requests(Operation.UPLOAD_ASSETS)).isZero();
    }
}
