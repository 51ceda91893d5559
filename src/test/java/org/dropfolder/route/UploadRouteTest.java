package org.dropfolder.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dropfolder.server.RouteFixture.soon;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.DatasetState;
import org.dropfolder.ledger.Tally;
import org.dropfolder.pipeline.Accepted;
import org.dropfolder.server.RouteFixture;
import org.dropfolder.simulator.Account;
import org.dropfolder.simulator.Fault;
import org.dropfolder.simulator.Operation;
import org.dropfolder.simulator.Simulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From what waits to what is in the dataset. */
class UploadRouteTest {
    private static final String DUE = "seda:batch-due";

    @TempDir
    private Path folder;
    private Simulator simulator;
    private RouteFixture routes;
    private Scene scene;

    @BeforeEach
    void startAsSet() throws Exception {
        start();
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void foundsTheDatasetAndUploadsWhatWaits() throws Exception {
        scene.accepted("kittens", 3);

        routes.sendAndWait(DUE, "kittens");

        assertThat(remote("kittens").files()).extracting(Account.File::name).containsExactly("0.jpg", "1.jpg", "2.jpg");
        assertThat(images("kittens").of(AssetState.UPLOADED)).isEqualTo(3);
        assertThat(routes.filesIn("done")).hasSize(3);
        assertThat(routes.filesIn("pending")).isEmpty();
        assertThat(routes.bodiesAt("seda:dataset-uploaded")).containsExactly("kittens");
    }

    @Test
    void sendsAnImageWithItsCaption() throws Exception {
        scene.accept("kittens/a.txt", "a cat on a mat".getBytes(StandardCharsets.UTF_8));
        scene.accept("kittens/a.jpg", RouteFixture.jpeg("a"));

        routes.sendAndWait(DUE, "kittens");

        assertThat(remote("kittens").files()).singleElement().extracting(Account.File::caption).isEqualTo(Optional.of("a cat on a mat"));
        assertThat(routes.filesIn("done")).hasSize(2);
    }

    @Test
    void adoptsADatasetOfThatName() throws Exception {
        String id = scene.client().dataset("kittens", 2);
        scene.accepted("kittens", 1);

        routes.sendAndWait(DUE, "kittens");

        assertThat(remote("kittens").id()).isEqualTo(id);
        assertThat(remote("kittens").files()).hasSize(3);
        assertThat(routes.dataset("kittens").adopted()).isTrue();
        assertThat(simulator.account().datasets()).hasSize(1);
    }

    @Test
    void sendsUnderAnotherNameWhatOthersHaveCalledTheSame() throws Exception {
        String id = scene.client().dataset("kittens", 2);
        String theirs = remote("kittens").files().get(0).name();
        scene.accept("kittens/" + theirs, RouteFixture.jpeg("quite another picture"));

        routes.sendAndWait(DUE, "kittens");

        assertThat(remote("kittens").files()).hasSize(3).extracting(Account.File::name).doesNotHaveDuplicates();
        assertThat(remote("kittens").id()).isEqualTo(id);
    }

    @Test
    void sendsNothingWhereTwoDatasetsHaveThatName() throws Exception {
        scene.client().dataset("kittens", 0);
        scene.client().dataset("kittens", 0);
        int before = simulator.account().requests().size();
        scene.accepted("kittens", 1);

        routes.sendAndWait(DUE, "kittens");

        assertThat(simulator.account().requests()).hasSize(before + 1);
        assertThat(scene.waiting("kittens")).hasSize(1);
        assertThat(routes.dataset("kittens").trouble()).hasValueSatisfying(why -> assertThat(why).contains("2 datasets"));
    }

    @Test
    void asksNothingWhereNothingWaits() throws Exception {
        routes.sendAndWait(DUE, "kittens");
        scene.uploaded("puppies", 1);
        int before = simulator.account().requests().size();
        routes.sendAndWait(DUE, "puppies");

        assertThat(simulator.account().requests()).hasSize(before);
    }

    @Test
    void sendsWhatFoundNoRoomInABatchAtOnceInTheNext() throws Exception {
        scene.close();
        start("dropfolder.batch.images", "2");
        scene.accepted("kittens", 5);
        untilNothingArrives("kittens");

        routes.sendAndWait(DUE, "kittens");

        soon().until(() -> images("kittens").of(AssetState.UPLOADED) == 5);
        assertThat(scene.requests(Operation.UPLOAD_ASSETS)).isEqualTo(3);
    }

    @Test
    void gathersAnewWhatIsLeftAndNotQuietYet() throws Exception {
        scene.close();
        start("dropfolder.batch.images", "3", "dropfolder.batch.wait", "1h");
        scene.accepted("kittens", 5);

        routes.sendAndWait(DUE, "kittens");

        assertThat(images("kittens").of(AssetState.UPLOADED)).isEqualTo(3);
        assertThat(routes.bodiesAt("seda:image-accepted")).containsExactly(new Accepted("kittens", 0));
    }

    @Test
    void setsAsideWhatIdeogramRefuses() throws Exception {
        scene.accept("kittens/unsafe.jpg", RouteFixture.jpeg("x"));
        scene.accept("kittens/a.jpg", RouteFixture.jpeg("y"));

        routes.sendAndWait(DUE, "kittens");

        assertThat(images("kittens").of(AssetState.UPLOADED)).isEqualTo(1);
        assertThat(images("kittens").of(AssetState.REJECTED)).isEqualTo(1);
        assertThat(routes.filesIn("rejected")).containsExactly("kittens/unsafe.jpg", "kittens/unsafe.jpg.reason.txt");
    }

    @Test
    void sendsNothingWhileAnImageIsStillBeingWritten() throws Exception {
        scene.acceptedForAKnownDataset("kittens", 2);
        Files.write(routes.data().resolve("pending/kittens/1-0.jpg"), RouteFixture.jpeg("another cat"));
        int before = simulator.account().requests().size();

        routes.sendAndWait(DUE, "kittens");
        assertThat(simulator.account().requests()).hasSize(before);

        // it is read anew once it stands still, and goes with the look after that
        soon().untilAsserted(() -> {
            routes.sendAndWait(DUE, "kittens");
            assertThat(images("kittens").of(AssetState.UPLOADED)).isEqualTo(2);
        });
    }

    @Test
    void claimsNothingWhereTheDatasetIsFull() throws Exception {
        scene.client().dataset("kittens", 100);
        scene.accepted("kittens", 1);

        routes.sendAndWait(DUE, "kittens");

        assertThat(images("kittens").of(AssetState.REJECTED)).isEqualTo(1);
        assertThat(scene.requests(Operation.UPLOAD_ASSETS)).isEqualTo(1);
    }

    @Test
    void claimsNothingWhereTheDatasetCantBeRead() throws Exception {
        scene.acceptedForAKnownDataset("kittens", 2);
        simulator.faults().next(Operation.GET_DATASET, Fault.answer(404));

        routes.sendAndWait(DUE, "kittens");

        assertThat(scene.waiting("kittens")).hasSize(2);
        assertThat(scene.requests(Operation.UPLOAD_ASSETS)).isZero();
        assertThat(routes.dataset("kittens").retryAt()).isPresent();
        assertThat(routes.dataset("kittens").trouble()).isPresent();
    }

    @Test
    void foundsNothingWhereTheListCantBeRead() throws Exception {
        scene.accepted("kittens", 2);
        simulator.faults().next(Operation.LIST_DATASETS, Fault.answer(403));

        routes.sendAndWait(DUE, "kittens");

        assertThat(simulator.account().requests()).hasSize(1);
        assertThat(routes.dataset("kittens").state()).isEqualTo(DatasetState.NEW);
        assertThat(routes.dataset("kittens").trouble()).isPresent();
    }

    @Test
    void uploadsNothingIntoADatasetWhoseCreationFailed() throws Exception {
        scene.accepted("kittens", 2);
        simulator.faults().next(Operation.CREATE_DATASET, Fault.answer(402));

        routes.sendAndWait(DUE, "kittens");

        assertThat(simulator.account().requests()).hasSize(2);
        assertThat(routes.dataset("kittens").state()).isEqualTo(DatasetState.NEW);
    }

    @Test
    void sendsOneBatchOfADatasetAtATime() throws Exception {
        startPatiently();
        CountDownLatch answer = new CountDownLatch(1);
        scene.acceptedForAKnownDataset("kittens", 2);
        simulator.faults().next(Operation.UPLOAD_ASSETS, Fault.hold(answer));

        routes.send(DUE, "kittens");
        soon().until(() -> simulator.faults().waiting(Operation.UPLOAD_ASSETS) == 0);
        scene.accept("kittens/late.jpg", RouteFixture.jpeg("late"));
        routes.sendAndWait(DUE, "kittens");
        assertThat(scene.waiting("kittens")).hasSize(1);
        // what is not quiet yet when the batch ends is gathered anew, and comes later
        untilNothingArrives("kittens");
        answer.countDown();

        soon().until(() -> images("kittens").of(AssetState.UPLOADED) == 3);
        assertThat(scene.requests(Operation.UPLOAD_ASSETS)).isEqualTo(2);
    }

    @Test
    void sendsBatchesOfSixDatasetsAtOnce() throws Exception {
        startPatiently();
        CountDownLatch answer = new CountDownLatch(1);
        for (int i = 0; i < 7; i++) {
            scene.acceptedForAKnownDataset("kittens" + i, 1);
            simulator.faults().next(Operation.UPLOAD_ASSETS, Fault.hold(answer));
        }

        for (int i = 0; i < 7; i++) {
            routes.send(DUE, "kittens" + i);
        }
        soon().until(() -> simulator.faults().waiting(Operation.UPLOAD_ASSETS) == 1);
        answer.countDown();

        soon().until(() -> scene.requests(Operation.UPLOAD_ASSETS) == 7);
        assertThat(simulator.account().maxInFlight()).isEqualTo(6);
    }

    private void start(String... keysAndValues) throws Exception {
        scene = Scene.started(folder, List.of("4-describe", "4-upload", "ideogram"), keysAndValues);
        simulator = scene.simulator();
        routes = scene.routes();
    }

    /** Waits longer for an answer than a test holds it back, however busy the machine is. */
    private void startPatiently() throws Exception {
        scene.close();
        start("ideogram.timeout", "1m");
    }

    /** Until a batch of the dataset need not wait for more. */
    private void untilNothingArrives(String dataset) {
        soon().until(() -> !routes.dataset(dataset).lastArrival().plusMillis(50).isAfter(Instant.now()));
    }

    private Account.Dataset remote(String name) {
        return simulator.account().datasetsNamed(name).get(0);
    }

    private Tally images(String dataset) {
        return routes.ledger().assets().tally(routes.dataset(dataset).id());
    }
}
