package org.dropfolder.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dropfolder.server.RouteFixture.soon;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Training;
import org.dropfolder.route.Effect.Stand;
import org.dropfolder.simulator.Account;
import org.dropfolder.simulator.Fault;
import org.dropfolder.simulator.Operation;
import org.dropfolder.simulator.Simulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What was sent and may have happened is settled by itself: it happens once at Ideogram, whether its answer was lost or
 * the request. All tests share one server, which doubts for a moment only; each has a dataset of its own.
 */
class DoubtRouteTest {
    private static final String IN_DOUBT = "seda:in-doubt";
    private static final Duration DOUBT = Duration.ofMillis(300);

    @TempDir
    private static Path folder;
    private static Simulator simulator;
    private static Scene scene;

    @BeforeAll
    static void start() throws Exception {
        scene = Scene.started(folder, List.of("4-describe", "4-upload", "5-train", "doubt", "ideogram"),
                "dropfolder.upload.doubt", DOUBT.toMillis() + "ms", "dropfolder.training.doubt", DOUBT.toMillis() + "ms");
        simulator = scene.simulator();
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    static Stream<Arguments> lostAnswers() {
        return Arrays.stream(Effect.values()).flatMap(effect -> Stream.of(
                Arguments.of(effect, "lost", Fault.loseAnswer()), Arguments.of(effect, "half", Fault.halfAnswer()),
                Arguments.of(effect, "broken", Fault.brokenJson())));
    }

    @ParameterizedTest
    @MethodSource("lostAnswers")
    void findsWhatHappenedThoughItsAnswerWasLost(Effect effect, String what, Fault fault) throws Exception {
        Dataset dataset = prepared(effect, what);
        int before = scene.requests(effect.operation());
        simulator.faults().next(effect.operation(), fault);

        effect.wake(scene, dataset.name());

        isDone(effect, dataset);
        assertThat(scene.requests(effect.operation()) - before).isEqualTo(1);
        happenedOnce(effect, dataset);
        assertThat(scene.routes().dataset(dataset.name()).adopted()).as("it is our own").isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void sendsAgainWhatDidNotArriveOnceListingsDeniedItForLongEnough(Effect effect) throws Exception {
        Dataset dataset = prepared(effect, "did not arrive");
        int before = scene.requests(effect.operation());
        simulator.faults().next(effect.operation(), Fault.closeBefore());
        Instant begun = Instant.now();

        effect.wake(scene, dataset.name());

        isDone(effect, dataset);
        assertThat(Duration.between(begun, Instant.now())).isGreaterThanOrEqualTo(DOUBT);
        assertThat(scene.requests(effect.operation()) - before).isEqualTo(2);
        happenedOnce(effect, dataset);
    }

    @Test
    void followsATrainingThatItFound() throws Exception {
        Dataset dataset = prepared(Effect.TRAIN, "is followed");
        simulator.faults().next(Operation.TRAIN_MODEL, Fault.loseAnswer());

        Effect.TRAIN.wake(scene, dataset.name());

        soon().until(() -> Effect.TRAIN.stand(scene, dataset.name()) == Stand.DONE);
        Training training = scene.training(dataset.name()).orElseThrow();
        soon().untilAsserted(() -> assertThat(scene.routes().bodiesAt("seda:training-started")).contains(training.id()));
        assertThat(training.price()).as("it was paid").isPresent();
    }

    @Test
    void looksAgainWhereAListingFails() throws Exception {
        Dataset dataset = prepared(Effect.UPLOAD, "passing");
        simulator.faults().next(Operation.UPLOAD_ASSETS, Fault.loseAnswer());
        simulator.faults().next(Operation.LIST_MODELS, Fault.answer(503).header("Retry-After", "0"), Fault.closeBefore());

        Effect.UPLOAD.wake(scene, dataset.name());

        soon().until(() -> Effect.UPLOAD.stand(scene, dataset.name()) == Stand.DONE);
        happenedOnce(Effect.UPLOAD, dataset);
    }

    @Test
    void aLookThatFailedSaysNothingAndTheSweepsNextWakeUpLooksAnew() throws Exception {
        Dataset dataset = prepared(Effect.UPLOAD, "lasting");
        simulator.faults().next(Operation.UPLOAD_ASSETS, Fault.loseAnswer());
        simulator.faults().next(Operation.LIST_MODELS, Fault.answer(400).body("{\"message\": \"not today\"}"));

        Effect.UPLOAD.wake(scene, dataset.name());

        soon().untilAsserted(() -> assertThat(scene.routes().dataset(dataset.name()).trouble().orElse("")).contains("not today"));
        assertThat(scene.routes().ledger().doubts().of(dataset.id())).singleElement()
                .satisfies(doubt -> assertThat(doubt.looks()).isZero());
        soon().until(() -> scene.routes().ledger().doubts().due().contains(dataset.name()));
        scene.routes().send(IN_DOUBT, dataset.name());
        soon().until(() -> Effect.UPLOAD.stand(scene, dataset.name()) == Stand.DONE);
        assertThat(scene.routes().dataset(dataset.name()).trouble()).isEmpty();
    }

    private static Dataset prepared(Effect effect, String what) throws Exception {
        String name = (effect + " " + what).toLowerCase(Locale.ROOT);
        effect.prepare(scene, name);
        return scene.routes().dataset(name);
    }

    /** Once a dataset is there, its image goes too, and must not meet the next test's failure. */
    private static void isDone(Effect effect, Dataset dataset) {
        soon().until(() -> effect.stand(scene, dataset.name()) == Stand.DONE);
        soon().until(() -> Effect.UPLOAD.stand(scene, dataset.name()) == Stand.DONE);
    }

    private static void happenedOnce(Effect effect, Dataset dataset) {
        assertThat(scene.routes().ledger().doubts().of(dataset.id())).isEmpty();
        Account account = simulator.account();
        List<Account.Dataset> there = account.datasetsNamed(dataset.remoteName());
        assertThat(there).hasSize(1);
        if (effect == Effect.UPLOAD) {
            assertThat(there.get(0).files()).hasSize(1);
        }
        if (effect.trains()) {
            assertThat(account.models()).filteredOn(model -> model.datasetId().equals(there.get(0).id())).hasSize(1);
        }
    }
}
