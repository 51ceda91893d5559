package org.dropfolder.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.dropfolder.ideogram.DatasetDetail;
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
        Simulator simulator = Simulator.start(Simulator.Options.defaults());
        RecordingProxy way = new RecordingProxy(simulator.url(), 0);
        try (Scene scene = Scene.of(folder, Clock.tickMillis(ZoneOffset.UTC), simulator, way.url(), List.of("5-train", "ideogram"))) {
            RouteFixture routes = scene.routes();
            routes.start();
            Dataset dataset = scene.uploaded("kittens", 15);
            DatasetDetail listing = routes.send("direct:get-dataset", exchange -> exchange.setVariable("dataset", dataset))
                    .getMessage().getBody(DatasetDetail.class);
            Training training = routes.ledger().trainings().waiting(dataset, "kittens", 15);
            int port = way.url().getPort();
            way.close();

            routes.sendLater("direct:start-training", exchange -> {
                exchange.setVariable("dataset", dataset);
                exchange.setVariable("training", training);
                exchange.getMessage().setBody(listing);
            });
            await().until(() -> routes.redeliveries() == 1);
            assertThat(scene.training("kittens").orElseThrow().state()).isEqualTo(TrainingState.INTENDED);
            way = new RecordingProxy(simulator.url(), port);

            await().until(() -> scene.training("kittens").orElseThrow().state() == TrainingState.RUNNING);
            assertThat(scene.requests(Operation.TRAIN_MODEL)).isEqualTo(1);
        } finally {
            way.close();
        }
    }
}
