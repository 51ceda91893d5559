package org.dropfolder.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.dropfolder.HeldPort;
import org.dropfolder.contract.Watched;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Training;
import org.dropfolder.ledger.TrainingState;
import org.dropfolder.server.RouteFixture;
import org.dropfolder.simulator.Operation;
import org.dropfolder.simulator.Simulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where there is no connection, nothing has happened, and even a training may be sent again. */
class RefusedConnectionTest {
    @TempDir
    private Path folder;

    @Test
    void startsATrainingOnceThereIsAConnection() throws Exception {
        Simulator simulator = Simulator.start(Watched.simulator());
        RecordingProxy way = new RecordingProxy(simulator.url(), 0);
        int port = way.url().getPort();
        try (Scene scene = Scene.of(folder, Clock.tickMillis(ZoneOffset.UTC), simulator, way.url(), List.of("5-train", "ideogram"))) {
            RouteFixture routes = scene.routes();
            routes.start();
            Dataset dataset = scene.uploaded("kittens", 15);
            Training training = routes.ledger().trainings().waiting(dataset, 1, "kittens", 15, new BigDecimal("40"));
            scene.intend(training);
            way.close();
            AtomicReference<RecordingProxy> again = new AtomicReference<>();
            try (HeldPort nobodyElses = new HeldPort(port)) {
                routes.onRedelivery(() -> again.set(RecordingProxy.opened(simulator.url(), port)));

                routes.send("direct:start-training", exchange -> {
                    exchange.setVariable("dataset", dataset);
                    exchange.setVariable("training", training);
                    });
            }

            again.get().close();
            assertThat(routes.redeliveries()).isEqualTo(1);
            assertThat(scene.training("kittens").orElseThrow().state()).isEqualTo(TrainingState.RUNNING);
            assertThat(scene.requests(Operation.TRAIN_MODEL)).isEqualTo(1);
        }
    }
}
