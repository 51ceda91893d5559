package org.dropfolder.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.dropfolder.contract.Watched;
import org.dropfolder.ideogram.DatasetDetail;
import org.dropfolder.ideogram.UploadResult;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.Claimed;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Training;
import org.dropfolder.pipeline.FolderReader;
import org.dropfolder.pipeline.Intake;
import org.dropfolder.pipeline.Mover;
import org.dropfolder.pipeline.Trainer;
import org.dropfolder.pipeline.Uploader;
import org.dropfolder.server.RouteFixture;
import org.dropfolder.simulator.Client;
import org.dropfolder.simulator.Operation;
import org.dropfolder.simulator.Pace;
import org.dropfolder.simulator.Simulator;

/**
 * Routes that run against a simulator; and the means to bring the ledger, the folders and the simulated account to where
 * a route begins, by the beans that would have done it.
 */
record Scene(RouteFixture routes, Simulator simulator, Client client) implements AutoCloseable {
    private static final Pace PACE = new Pace(Duration.ofMillis(30), Duration.ofMillis(90), Duration.ofMillis(30));

    static Scene started(Path folder, List<String> files, String... keysAndValues) throws Exception {
        Scene scene = of(folder, Clock.tickMillis(ZoneOffset.UTC), files, keysAndValues);
        scene.routes.start();
        return scene;
    }

    /** The routes are not started yet. */
    static Scene of(Path folder, Clock clock, List<String> files, String... keysAndValues) throws IOException {
        Simulator simulator = Simulator.start(Watched.simulator().withPace(PACE));
        return of(folder, clock, simulator, simulator.url(), files, keysAndValues);
    }

    /** The same for a simulator that is reached in another way. */
    static Scene of(Path folder, Clock clock, Simulator simulator, URI url, List<String> files, String... keysAndValues)
            throws IOException {
        List<String> set = new ArrayList<>(List.of("ideogram.url", url.toString()));
        set.addAll(List.of(keysAndValues));
        RouteFixture routes = RouteFixture.of(folder, clock, files, set.toArray(String[]::new));
        return new Scene(routes, simulator, new Client(simulator));
    }

    int requests(Operation operation) {
        return simulator.account().requests(operation).size();
    }

    @Override
    public void close() {
        routes.close();
        simulator.close();
    }

    /** So many different images wait in {@code pending/}; nothing is known at Ideogram. */
    Dataset accepted(String name, int images) throws IOException {
        for (int i = 0; i < images; i++) {
            accept(name + "/" + i + ".jpg", RouteFixture.jpeg(name + " " + i));
        }
        return routes.dataset(name);
    }

    /** One file of any name, as far as it comes. */
    Asset accept(String source, byte[] content) throws IOException {
        routes.drop(source, content);
        Intake intake = routes.bean("intake", Intake.class);
        return routes.bean("mover", Mover.class).place(intake.arrive(intake.examine(source)));
    }

    /** The same, and its dataset is known at Ideogram already, where it is empty. */
    Dataset acceptedForAKnownDataset(String name, int images) throws Exception {
        Dataset dataset = accepted(name, images);
        return routes.ledger().datasets().ready(dataset, client.dataset(dataset.remoteName(), 0), false);
    }

    /** So many images are in the dataset and in {@code done/}. */
    Dataset uploaded(String name, int images) throws Exception {
        Dataset dataset = accepted(name, images);
        Dataset ready = routes.ledger().datasets().ready(dataset, client.dataset(dataset.remoteName(), images), false);
        Uploader uploader = routes.bean("uploader", Uploader.class);
        uploader.claim(ready, empty(ready));
        Claimed claimed = uploader.claimed(ready);
        uploader.intend(claimed);
        for (Asset moving : uploader.settle(claimed, new UploadResult(images, images, 0, List.of(), List.of()))) {
            routes.bean("mover", Mover.class).place(moving);
        }
        return routes.dataset(name);
    }

    /** Somebody has trained a model from it at Ideogram; the ledger knows nothing of it. */
    String trainedElsewhere(Dataset dataset, String modelName) throws Exception {
        return Client.json(client.train(dataset.knownId(), modelName)).get("model_id").asText();
    }

    /** The server commits its intent to ask for this training. */
    void intend(Training training) throws IOException {
        Dataset dataset = routes.ledger().datasets().get(training.datasetId());
        assertThat(routes.bean("trainer", Trainer.class).intend(training, Call.listing(dataset, training.images()))).isTrue();
    }

    /** A training that is followed, its look due now. */
    Training running(String name, String modelName) throws Exception {
        Dataset dataset = uploaded(name, 15);
        return followed(dataset, trainedElsewhere(dataset, modelName), dataset.lastArrival());
    }

    /** The ledger follows this model. */
    Training followed(Dataset dataset, String modelId, Instant nextLook) {
        Training waiting = routes.ledger().trainings().waiting(dataset, 1, "model of " + dataset.name(), 15, new BigDecimal("40"));
        return routes.ledger().trainings().adopted(waiting, modelId, nextLook);
    }

    List<Asset> waiting(String dataset) {
        return routes.ledger().assets().waiting(routes.dataset(dataset).id());
    }

    Optional<Training> training(String dataset) {
        return routes.ledger().trainings().newestOf(routes.dataset(dataset).id());
    }

    static DatasetDetail empty(Dataset dataset) {
        return new DatasetDetail(new org.dropfolder.ideogram.Dataset(dataset.knownId(), dataset.remoteName(),
                Optional.empty(), Optional.empty()), OptionalInt.of(0), List.of(), List.of());
    }

    /** People set this in the dataset's folder, and it was read. */
    void set(String dataset, String yaml) throws Exception {
        Files.writeString(Files.createDirectories(routes().inbox().resolve(dataset)).resolve("dropfolder.yaml"), yaml);
        routes().bean("folderReader", FolderReader.class).read(dataset + "/dropfolder.yaml");
    }
}
