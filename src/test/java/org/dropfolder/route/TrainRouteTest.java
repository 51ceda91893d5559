package org.dropfolder.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dropfolder.server.RouteFixture.soon;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Training;
import org.dropfolder.ledger.TrainingState;
import org.dropfolder.server.RouteFixture;
import org.dropfolder.simulator.Account;
import org.dropfolder.simulator.Fault;
import org.dropfolder.simulator.Operation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From enough images to a training: once, and only where it is sure. */
class TrainRouteTest {
    private static final String UPLOADED = "seda:dataset-uploaded";
    private static final String STARTED = "seda:training-started";
    private static final int ENOUGH = 15;

    @TempDir
    private Path folder;
    private Scene scene;
    private RouteFixture routes;

    @BeforeEach
    void startAsSet() throws Exception {
        start();
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void startsTheTrainingOfADatasetThatIsQuiet() throws Exception {
        Dataset kittens = scene.uploaded("kittens", ENOUGH);

        routes.sendAndWait(UPLOADED, "kittens");

        Account.Model paid = scene.simulator().account().models().get(0);
        Training training = scene.training("kittens").orElseThrow();
        assertThat(paid.datasetId()).isEqualTo(kittens.knownId());
        assertThat(paid.name()).isEqualTo("kittens");
        assertThat(training.state()).isEqualTo(TrainingState.RUNNING);
        assertThat(training.modelId()).hasValue(paid.id());
        assertThat(routes.bodiesAt(STARTED)).containsExactly(training.id());
    }

    @Test
    void startsItOnceHoweverOftenItIsWoken() throws Exception {
        scene.uploaded("kittens", ENOUGH);

        for (int i = 0; i < 20; i++) {
            routes.send(UPLOADED, "kittens");
            routes.send("direct:train", "kittens");
        }
        routes.sendAndWait(UPLOADED, "kittens");

        assertThat(scene.requests(Operation.TRAIN_MODEL)).isEqualTo(1);
        assertThat(routes.bodiesAt(STARTED)).hasSize(1);
    }

    @Test
    void asksNothingWhileThereAreTooFewImages() throws Exception {
        scene.uploaded("kittens", ENOUGH - 1);
        int before = requests();

        routes.sendAndWait(UPLOADED, "kittens");

        assertThat(requests()).isEqualTo(before);
        assertThat(scene.training("kittens")).isEmpty();
    }

    @Test
    void sendsNothingWhileIdeogramListsTooFew() throws Exception {
        scene.uploaded("kittens", ENOUGH);
        scene.simulator().faults().next(Operation.GET_DATASET, Fault.without("files").then(Fault.without("file_count")));

        routes.sendAndWait(UPLOADED, "kittens");

        nothingWasPaid("kittens");
        assertThat(scene.training("kittens").orElseThrow().trouble()).isPresent();
    }

    @Test
    void asksNothingWhileAPersonHasToApprove() throws Exception {
        scene.close();
        start("dropfolder.training.start", "approve");
        Dataset kittens = scene.uploaded("kittens", ENOUGH);
        int before = requests();

        routes.sendAndWait(UPLOADED, "kittens");
        assertThat(requests()).isEqualTo(before);
        nothingWasPaid("kittens");

        routes.ledger().orders().approve(kittens.id(), new BigDecimal("40"));
        routes.sendAndWait(UPLOADED, "kittens");
        assertThat(scene.requests(Operation.TRAIN_MODEL)).isEqualTo(1);
    }

    @Test
    void asksForTheHyperparametersThatPeopleSet() throws Exception {
        scene.uploaded("kittens", ENOUGH);
        scene.set("kittens", "name: Garden Kittens\nsteps: 2000\nlora-rank: 64\n");

        routes.sendAndWait(UPLOADED, "kittens");

        Account.Model paid = scene.simulator().account().models().get(0);
        assertThat(scene.requests(Operation.TRAIN_MODEL)).isZero();
        assertThat(scene.requests(Operation.TRAIN_MODEL_ADVANCED)).isEqualTo(1);
        assertThat(paid.name()).isEqualTo("Garden Kittens");
        Training training = scene.training("kittens").orElseThrow();
        assertThat(training.hyperparameters()).hasValue("{\"steps\":2000,\"lora-rank\":64}");
        assertThat(training.modelId()).hasValue(paid.id());
        assertThat(routes.bodiesAt(STARTED)).containsExactly(training.id());
    }

    @Test
    void looksForATrainingWithHyperparametersWhoseAnswerWasLost() throws Exception {
        scene.uploaded("kittens", ENOUGH);
        scene.set("kittens", "steps: 2000");
        scene.simulator().faults().next(Operation.TRAIN_MODEL_ADVANCED, Fault.loseAnswer());

        routes.sendAndWait(UPLOADED, "kittens");
        routes.sendAndWait(UPLOADED, "kittens");

        assertThat(scene.requests(Operation.TRAIN_MODEL_ADVANCED)).isEqualTo(1);
        assertThat(scene.training("kittens").orElseThrow().state()).isEqualTo(TrainingState.IN_DOUBT);
    }

    @Test
    void writesDownThatATrainingWithHyperparametersWasRefused() throws Exception {
        scene.uploaded("kittens", ENOUGH);
        scene.set("kittens", "steps: 2000");
        scene.simulator().faults().next(Operation.TRAIN_MODEL_ADVANCED, Fault.answer(402));

        routes.sendAndWait(UPLOADED, "kittens");

        assertThat(scene.requests(Operation.TRAIN_MODEL_ADVANCED)).isEqualTo(1);
        assertThat(scene.training("kittens").orElseThrow().state()).isEqualTo(TrainingState.WAITING);
        assertThat(scene.training("kittens").orElseThrow().retryAt()).isPresent();
    }

    @Test
    void asksNothingWhileAFolderHoldsItsTraining() throws Exception {
        scene.uploaded("kittens", ENOUGH);
        scene.set("kittens", "hold: true");
        int before = requests();

        routes.sendAndWait(UPLOADED, "kittens");

        assertThat(requests()).isEqualTo(before);
        nothingWasPaid("kittens");
    }

    @Test
    void leavesNothingInDoubtThatAnotherIsAskingForWhenItCantLookAtTheInbox() throws Exception {
        scene.uploaded("kittens", ENOUGH);
        CountDownLatch answer = new CountDownLatch(1);
        scene.simulator().faults().next(Operation.GET_DATASET, Fault.hold(answer));
        CompletableFuture<Void> woken = CompletableFuture.runAsync(() -> routes.sendAndWait("direct:train", "kittens"));
        soon().until(() -> scene.simulator().faults().waiting(Operation.GET_DATASET) == 0);
        scene.intend(scene.training("kittens").orElseThrow());
        Path away = Files.move(routes.inbox(), folder.resolve("away"));

        answer.countDown();
        woken.get(1, TimeUnit.MINUTES);

        assertThat(scene.training("kittens").orElseThrow().state()).isEqualTo(TrainingState.INTENDED);
        assertThat(routes.ledger().doubts().of(routes.dataset("kittens").id())).isEmpty();
        Files.move(away, routes.inbox());
    }

    @Test
    void followsAModelThatIsAmongTheAccountsModelsAndPaysNothing() throws Exception {
        String model = scene.trainedElsewhere(scene.uploaded("kittens", ENOUGH), "by somebody");

        routes.sendAndWait(UPLOADED, "kittens");

        isFollowedAndNothingWasSent(model);
        assertThat(scene.requests(Operation.GET_DATASET)).isZero();
    }

    @Test
    void followsAModelThatOnlyTheDatasetNamesAndPaysNothing() throws Exception {
        String model = scene.trainedElsewhere(scene.uploaded("kittens", ENOUGH), "by somebody");
        scene.simulator().faults().next(Operation.LIST_MODELS, Fault.without("dataset_id"));

        routes.sendAndWait(UPLOADED, "kittens");

        isFollowedAndNothingWasSent(model);
    }

    @Test
    void sendsNothingWhereTheModelsCantBeRead() throws Exception {
        scene.uploaded("kittens", ENOUGH);
        scene.simulator().faults().next(Operation.LIST_MODELS, Fault.answer(403));

        routes.sendAndWait(UPLOADED, "kittens");

        nothingWasPaid("kittens");
        assertThat(routes.dataset("kittens").retryAt()).isPresent();
    }

    @Test
    void sendsNothingWhereTheDatasetCantBeRead() throws Exception {
        scene.uploaded("kittens", ENOUGH);
        scene.simulator().faults().next(Operation.GET_DATASET, Fault.answer(404));

        routes.sendAndWait(UPLOADED, "kittens");

        nothingWasPaid("kittens");
        assertThat(routes.dataset("kittens").retryAt()).isPresent();
    }

    @Test
    void sendsNothingWhereTheListingMakesNoSense() throws Exception {
        scene.uploaded("kittens", ENOUGH);
        scene.simulator().faults().next(Operation.GET_DATASET, Fault.brokenJson());

        routes.sendAndWait(UPLOADED, "kittens");

        nothingWasPaid("kittens");
    }

    @Test
    void sleepsUntilItIsQuietWithoutAThread() throws Exception {
        scene.close();
        start("dropfolder.training.wait", "1h");
        scene.uploaded("kittens", ENOUGH);
        int before = Thread.activeCount();

        for (int i = 0; i < 500; i++) {
            routes.send(UPLOADED, "kittens");
        }

        soon().until(() -> routes.bean("delays", Delays.class).getQueue().size() == 500);
        assertThat(Thread.activeCount() - before).isLessThan(20);
        nothingWasPaid("kittens");
    }

    private void start(String... keysAndValues) throws Exception {
        scene = Scene.started(folder, List.of("5-train", "ideogram"), keysAndValues);
        routes = scene.routes();
    }

    private int requests() {
        return scene.simulator().account().requests().size();
    }

    private void nothingWasPaid(String dataset) {
        assertThat(scene.requests(Operation.TRAIN_MODEL)).isZero();
        assertThat(scene.training(dataset).map(Training::state).orElse(TrainingState.WAITING)).isEqualTo(TrainingState.WAITING);
        assertThat(routes.bodiesAt(STARTED)).isEmpty();
    }

    private void isFollowedAndNothingWasSent(String model) {
        Training training = scene.training("kittens").orElseThrow();
        assertThat(training.state()).isEqualTo(TrainingState.RUNNING);
        assertThat(training.modelId()).hasValue(model);
        assertThat(training.price()).isEmpty();
        // the one of somebody else
        assertThat(scene.requests(Operation.TRAIN_MODEL)).isEqualTo(1);
        assertThat(routes.bodiesAt(STARTED)).containsExactly(training.id());
    }
}
