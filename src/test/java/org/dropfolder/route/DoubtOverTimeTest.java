package org.dropfolder.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dropfolder.server.RouteFixture.soon;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.dropfolder.contract.Watched;
import org.dropfolder.TestClock;
import org.dropfolder.ledger.BatchState;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Doubt;
import org.dropfolder.route.Effect.Stand;
import org.dropfolder.server.RouteFixture;
import org.dropfolder.simulator.Fault;
import org.dropfolder.simulator.Operation;
import org.dropfolder.simulator.Simulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch whose answer was lost, while Ideogram's listings lag behind: the next look lies 20 minutes ahead. */
class DoubtOverTimeTest {
    private static final List<String> ROUTES = List.of("4-describe", "4-upload", "doubt", "ideogram");
    private static final String NAME = "kittens";

    private final TestClock clock = TestClock.of2000();
    @TempDir
    private Path folder;
    private Simulator simulator;
    private Scene scene;
    private Dataset dataset;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(Watched.simulator());
        scene = begun(ROUTES);
        dataset = scene.acceptedForAKnownDataset(NAME, 1);
        simulator.faults().listingsLag(Duration.ofHours(1));
        simulator.faults().next(Operation.UPLOAD_ASSETS, Fault.loseAnswer());
        Effect.UPLOAD.wake(scene, NAME);
        soon().until(() -> doubt().looks() == 1);
    }

    @AfterEach
    void stop() {
        scene.close();
        simulator.close();
    }

    @Test
    void manyWakeUpsLookOnce() {
        int before = scene.requests(Operation.LIST_MODELS);
        clock.pass(Duration.ofMinutes(20));
        for (int i = 0; i < 20; i++) {
            scene.routes().send("seda:in-doubt", NAME);
        }
        soon().until(() -> doubt().looks() == 2);
        scene.routes().sendAndWait("seda:batch-due", NAME);
        assertThat(scene.requests(Operation.LIST_MODELS) - before).isEqualTo(1);
        assertThat(scene.requests(Operation.UPLOAD_ASSETS)).isEqualTo(1);
    }

    @Test
    void aStopWaitsForNoLookAndTheNextStartGoesOn() throws Exception {
        int before = scene.requests(Operation.LIST_MODELS);
        Instant begun = Instant.now();
        scene.routes().close();
        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(9));
        assertThat(scene.requests(Operation.LIST_MODELS) - before).as("nobody looked in passing").isZero();

        simulator.faults().listingsLag(Duration.ZERO);
        clock.pass(Duration.ofMinutes(20));
        scene = begun(List.of("4-describe", "4-upload", "5-train", "doubt", "sweep", "ideogram"));
        soon().until(() -> Effect.UPLOAD.stand(scene, NAME) == Stand.DONE);
        assertThat(scene.requests(Operation.UPLOAD_ASSETS)).isEqualTo(1);
        // it is written down first
        soon().until(() -> scene.routes().filesIn("done").size() == 1);
        assertThat(scene.routes().ledger().doubts().of(dataset.id())).isEmpty();
    }

    @Test
    void nothingElseOfTheDatasetGoesMeanwhile() throws Exception {
        scene.accept(NAME + "/late.jpg", RouteFixture.jpeg("late"));
        Effect.UPLOAD.wake(scene, NAME);
        assertThat(scene.requests(Operation.UPLOAD_ASSETS)).isEqualTo(1);
        assertThat(scene.routes().ledger().batches().open(dataset.id()).orElseThrow().state()).isEqualTo(BatchState.IN_DOUBT);
    }

    private Scene begun(List<String> files) throws Exception {
        Scene begun = Scene.of(folder, clock, simulator, simulator.url(), files, "dropfolder.upload.doubt", "1h");
        begun.routes().start();
        return begun;
    }

    private Doubt doubt() {
        return scene.routes().ledger().doubts().of(dataset.id()).get(0);
    }
}
