package org.dropfolder.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.camel.Exchange;
import org.dropfolder.contract.Watched;
import org.dropfolder.ideogram.ApiException;
import org.dropfolder.ideogram.DatasetDetail;
import org.dropfolder.ideogram.DatasetList;
import org.dropfolder.ideogram.ModelDetail;
import org.dropfolder.ideogram.ModelList;
import org.dropfolder.ideogram.TrainingStarted;
import org.dropfolder.ideogram.UploadResult;
import org.dropfolder.ledger.Claimed;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Training;
import org.dropfolder.pipeline.FolderReader;
import org.dropfolder.pipeline.Registrar;
import org.dropfolder.pipeline.Trainer;
import org.dropfolder.pipeline.Uploader;
import org.dropfolder.server.RouteFixture;
import org.dropfolder.simulator.Fault;
import org.dropfolder.simulator.Operation;
import org.dropfolder.simulator.Simulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each call of the API: what goes out on the wire, and what comes back to the route. */
class IdeogramCallsTest {
    @TempDir
    private Path folder;
    private RecordingProxy proxy;
    private Scene scene;
    private RouteFixture routes;

    @BeforeEach
    void start() throws Exception {
        Simulator simulator = Simulator.start(Watched.simulator());
        proxy = new RecordingProxy(simulator.url(), 0);
        scene = Scene.of(folder, Clock.systemUTC(), simulator, proxy.url(), List.of("ideogram"));
        routes = scene.routes();
        routes.start();
    }

    @AfterEach
    void stop() {
        scene.close();
        proxy.close();
    }

    @Test
    void listsDatasets() throws Exception {
        scene.client().dataset("kittens", 0);

        DatasetList answer = call("ideogram-list-datasets", Map.of(), DatasetList.class);

        assertThat(answer.named("kittens")).hasSize(1);
        wasSent("GET", "/datasets");
    }

    @Test
    void createsADataset() throws Exception {
        Dataset dataset = scene.accepted("kittens", 1);
        routes.bean("registrar", Registrar.class).intend(dataset);

        var answer = call("ideogram-create-dataset", Map.of("dataset", dataset), org.dropfolder.ideogram.Dataset.class);

        assertThat(answer.datasetId()).isEqualTo(scene.simulator().account().datasets().get(0).id());
        wasSent("POST", "/datasets");
        assertThat(json()).isEqualTo(Map.of("name", "kittens"));
    }

    @Test
    void readsADataset() throws Exception {
        Dataset dataset = scene.uploaded("kittens", 3);

        DatasetDetail answer = call("ideogram-get-dataset", Map.of("dataset", dataset), DatasetDetail.class);

        assertThat(answer.imageCount()).isEqualTo(3);
        wasSent("GET", "/datasets/" + dataset.knownId());
    }

    @Test
    void uploadsABatch() throws Exception {
        Dataset dataset = scene.acceptedForAKnownDataset("kittens", 3);
        Uploader uploader = routes.bean("uploader", Uploader.class);
        uploader.claim(dataset, new DatasetDetail(new org.dropfolder.ideogram.Dataset(dataset.knownId(), "kittens",
                Optional.empty(), Optional.empty()), OptionalInt.of(0), List.of(), List.of()));
        Claimed batch = uploader.claimed(dataset);

        UploadResult answer = call("ideogram-upload-assets", Map.of("dataset", dataset, "batch", batch), UploadResult.class);

        assertThat(answer.successCount()).isEqualTo(3);
        wasSent("POST", "/datasets/" + dataset.knownId() + "/upload_assets");
        assertThat(header("Content-Type")).singleElement().asString().startsWith("multipart/form-data; boundary=")
                .doesNotContain("charset");
        assertThat(header("Content-Length")).containsExactly(Integer.toString(proxy.last().body().length));
        assertThat(new String(proxy.last().body(), StandardCharsets.ISO_8859_1)).contains("name=\"files\"", "0.jpg");
    }

    @Test
    void startsATraining() throws Exception {
        Dataset dataset = scene.uploaded("kittens", 15);
        Trainer trainer = routes.bean("trainer", Trainer.class);
        Training training = routes.ledger().trainings().waiting(dataset, 1, "the model", 15, new BigDecimal("40"));
        trainer.intend(training, call("ideogram-get-dataset", Map.of("dataset", dataset), DatasetDetail.class));

        TrainingStarted answer = call("ideogram-train-model", Map.of("training", training), TrainingStarted.class);

        assertThat(answer.modelId()).isEqualTo(scene.simulator().account().models().get(0).id());
        wasSent("POST", "/v1/ideogram-v3/train-model");
        assertThat(json()).isEqualTo(Map.of("dataset_id", dataset.knownId(), "model_name", "kittens"));
    }

    @Test
    void startsATrainingWithTheHyperparametersThatWereAskedFor() throws Exception {
        Dataset dataset = scene.uploaded("kittens", 15);
        Trainer trainer = routes.bean("trainer", Trainer.class);
        Files.createDirectories(routes.inbox().resolve("kittens"));
        Files.writeString(routes.inbox().resolve("kittens/dropfolder.yaml"),
                "name: Kittens v2\nsteps: 2000\nlora-rank: 64\nlearning-rate: 0.0001");
        routes.bean("folderReader", FolderReader.class).read("kittens/dropfolder.yaml");
        Training training = routes.ledger().trainings().waiting(dataset, 1, "the model", 15, new BigDecimal("40"));
        trainer.intendAdvanced(training, call("ideogram-get-dataset", Map.of("dataset", dataset), DatasetDetail.class));

        TrainingStarted answer = call("ideogram-train-model-advanced", Map.of("training", training), TrainingStarted.class);

        assertThat(answer.modelId()).isEqualTo(scene.simulator().account().models().get(0).id());
        wasSent("POST", "/v1/ideogram-v3/train-model-advanced");
        assertThat(json()).isEqualTo(Map.of("dataset_id", dataset.knownId(), "model_name", "Kittens v2", "training_steps", 2000,
                "lora_rank", 64, "learning_rate", 0.0001));
    }

    @Test
    void listsOwnModels() throws Exception {
        Training training = scene.running("kittens", "kittens");

        ModelList answer = call("ideogram-list-models", Map.of(), ModelList.class);

        assertThat(answer.models()).singleElement()
                .satisfies(model -> assertThat(training.modelId()).hasValue(model.modelId()));
        wasSent("GET", "/models?scope=owned");
    }

    @Test
    void readsAModel() throws Exception {
        Training training = scene.running("kittens", "kittens");

        ModelDetail answer = call("ideogram-get-model", Map.of("training", training), ModelDetail.class);

        assertThat(answer.model().modelId()).isEqualTo(training.knownModelId());
        wasSent("GET", "/models/" + training.knownModelId());
    }

    @Test
    void leavesFailuresToTheCaller() {
        scene.simulator().faults().next(Operation.LIST_DATASETS, Fault.answer(503));

        Exchange exchange = exchange("ideogram-list-datasets", Map.of());

        assertThat(exchange.getException()).isInstanceOf(ApiException.class);
        assertThat(routes.redeliveries()).isZero();
        assertThat(scene.requests(Operation.LIST_DATASETS)).isEqualTo(1);
    }

    /** The policies count there how often they have sent it again. */
    @Test
    void keepsTheCountOfRedeliveriesWhileItFailsAndDropsItOnceItWentWell() {
        scene.simulator().faults().next(Operation.LIST_DATASETS, Fault.answer(503));

        assertThat(exchange("ideogram-list-datasets", Map.of()).getMessage().getHeaders()).containsEntry(Exchange.REDELIVERY_COUNTER, 4);
        assertThat(exchange("ideogram-list-datasets", Map.of()).getMessage().getHeaders()).isEmpty();
    }

    private <T> T call(String call, Map<String, Object> variables, Class<T> type) {
        Exchange exchange = exchange(call, variables);
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeaders()).isEmpty();
        assertThat(exchange.getMessage().getBody()).isInstanceOf(type);
        return type.cast(exchange.getMessage().getBody());
    }

    /** With the headers that a message may have got on its way: none of them may go out, or lead elsewhere. */
    private Exchange exchange(String call, Map<String, Object> variables) {
        return routes.send("direct:" + call, exchange -> {
            variables.forEach(exchange::setVariable);
            exchange.getMessage().setBody("what came before");
            exchange.getMessage().setHeaders(new HashMap<>(Map.of(
                    Exchange.HTTP_URI, "http://127.0.0.1:1", Exchange.HTTP_QUERY, "leaked=1", Exchange.HTTP_PATH, "/leaked",
                    Exchange.HTTP_METHOD, "DELETE", Exchange.CONTENT_TYPE, "text/plain", Exchange.FILE_NAME, "cats/secret.jpg",
                    Exchange.REDELIVERY_COUNTER, 4, "Api-Key", "another", "X-Leaked", "leaked", "Authorization", "leaked")));
        });
    }

    private void wasSent(String method, String uri) {
        assertThat(proxy.last().method()).isEqualTo(method);
        assertThat(proxy.last().uri()).isEqualTo(uri);
        assertThat(header("Api-Key")).containsExactly("a-key");
        assertThat(header("User-agent")).containsExactly("Dropfolder");
        assertThat(proxy.last().headers().keySet()).isSubsetOf("Api-key", "User-agent", "Host", "Connection", "Accept",
                "Accept-encoding", "Content-type", "Content-length");
        assertThat(proxy.last().body().length > 0).isEqualTo(method.equals("POST"));
    }

    private List<String> header(String name) {
        return proxy.last().headers().entrySet().stream().filter(header -> header.getKey().equalsIgnoreCase(name))
                .flatMap(header -> header.getValue().stream()).toList();
    }

    private Object json() throws Exception {
        assertThat(header("Content-Type")).containsExactly("application/json");
        return new ObjectMapper().readValue(proxy.last().body(), Map.class);
    }
}
