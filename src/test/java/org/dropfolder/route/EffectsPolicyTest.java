package org.dropfolder.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Training;
import org.dropfolder.route.Effect.Stand;
import org.dropfolder.server.RouteFixture;
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
 * A request that changes something is sent again only where it surely did not happen: a second training by mistake would
 * be the worst that this server can do. All tests share one server; each has a dataset of its own.
 */
class EffectsPolicyTest {
    private static final int TRIES = 4;

    @TempDir
    private static Path folder;
    private static Simulator simulator;
    private static Scene scene;

    /** What may have happened. */
    private enum Doubt {
        ANSWERED_500(Fault.answer(500)),
        ANSWERED_503(Fault.answer(503).header("Retry-After", "0")),
        ANSWER_LOST(Fault.loseAnswer()),
        CLOSED_UNREAD(Fault.closeBefore()),
        HALF_ANSWERED(Fault.halfAnswer()),
        BROKEN_JSON(Fault.brokenJson()),
        HTML_ANSWER(Fault.answer(200).header("Content-Type", "text/html").body("<html>Sign in</html>")),
        ANSWER_WITHOUT_IDS(Fault.without("dataset_id").then(Fault.without("model_id")).then(Fault.without("success_count")));

        private final Fault fault;

        Doubt(Fault fault) {
            this.fault = fault;
        }
    }

    @BeforeAll
    static void start() throws Exception {
        scene = Scene.started(folder, List.of("4-describe", "4-upload", "5-train", "ideogram"));
        simulator = scene.simulator();
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    static Stream<Arguments> doubts() {
        return Arrays.stream(Effect.values()).flatMap(
                effect -> Arrays.stream(Doubt.values()).map(doubt -> Arguments.of(effect, doubt)));
    }

    static Stream<Arguments> refusals() {
        return Arrays.stream(Effect.values()).flatMap(
                effect -> Stream.of(400, 402, 404).map(status -> Arguments.of(effect, status)));
    }

    @ParameterizedTest
    @MethodSource("doubts")
    void leavesInDoubtWhatMayHaveHappenedAndNeverSendsItAgain(Effect effect, Doubt doubt) throws Exception {
        Dataset dataset = prepared(effect, doubt.name());
        int before = scene.requests(effect.operation());
        simulator.faults().next(effect.operation(), doubt.fault);

        effect.wake(scene, dataset.name());
        assertThat(effect.stand(scene, dataset.name())).isEqualTo(Stand.IN_DOUBT);

        // as if the pause after a failure were over
        scene.routes().ledger().datasets().endPauses();
        effect.wake(scene, dataset.name());
        assertThat(scene.requests(effect.operation()) - before).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void triesLaterWhatWasRefused(Effect effect, int status) throws Exception {
        Dataset dataset = prepared(effect, "refused " + status);
        int before = scene.requests(effect.operation());
        simulator.faults().next(effect.operation(), Fault.answer(status));

        effect.wake(scene, dataset.name());
        assertThat(effect.stand(scene, dataset.name())).isEqualTo(Stand.NOT_DONE);
        assertThat(scene.requests(effect.operation()) - before).isEqualTo(1);
        isWrittenDown(effect, dataset);

        scene.routes().ledger().datasets().endPauses();
        effect.wake(scene, dataset.name());
        assertThat(effect.stand(scene, dataset.name())).isEqualTo(Stand.DONE);
    }

    @ParameterizedTest
    @EnumSource
    void repeatsAtOnceWhatCameTooSoon(Effect effect) throws Exception {
        Dataset dataset = prepared(effect, "too soon");
        int before = scene.requests(effect.operation());
        simulator.faults().next(effect.operation(), tooSoon(), tooSoon());

        effect.wake(scene, dataset.name());

        assertThat(effect.stand(scene, dataset.name())).isEqualTo(Stand.DONE);
        assertThat(scene.requests(effect.operation()) - before).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void givesUpForAWhileAfterAFewTries(Effect effect) throws Exception {
        Dataset dataset = prepared(effect, "always too soon");
        int before = scene.requests(effect.operation());
        simulator.faults().next(effect.operation(), Stream.generate(EffectsPolicyTest::tooSoon).limit(TRIES).toArray(Fault[]::new));

        effect.wake(scene, dataset.name());

        assertThat(effect.stand(scene, dataset.name())).isEqualTo(Stand.NOT_DONE);
        assertThat(scene.requests(effect.operation()) - before).isEqualTo(TRIES);
        isWrittenDown(effect, dataset);
    }

    @Test
    void repeatsAnUploadThatBrokeOffWhileItWasSent() throws Exception {
        String name = "broken off";
        byte[] large = Arrays.copyOf(RouteFixture.jpeg(name), 20 * 1024 * 1024);
        scene.accept(name + "/large.jpg", large);
        simulator.faults().next(Operation.UPLOAD_ASSETS, Fault.closeWhileReading());
        int before = scene.requests(Operation.UPLOAD_ASSETS);

        Effect.UPLOAD.wake(scene, name);

        assertThat(Effect.UPLOAD.stand(scene, name)).isEqualTo(Stand.DONE);
        assertThat(scene.requests(Operation.UPLOAD_ASSETS) - before).isEqualTo(2);
        assertThat(simulator.account().datasetsNamed(name).get(0).files()).singleElement()
                .satisfies(file -> assertThat(file.size()).isEqualTo(large.length));
    }

    private static Dataset prepared(Effect effect, String what) throws Exception {
        String name = (effect + " " + what).toLowerCase(Locale.ROOT).replace('_', ' ');
        effect.prepare(scene, name);
        return scene.routes().dataset(name);
    }

    private static Fault tooSoon() {
        return Fault.answer(429).header("Retry-After", "0");
    }

    private static void isWrittenDown(Effect effect, Dataset dataset) {
        Dataset now = scene.routes().dataset(dataset.name());
        Optional<Training> training = scene.training(dataset.name());
        boolean alone = effect.trains();
        assertThat(alone ? training.flatMap(Training::trouble) : now.trouble()).isPresent();
        assertThat(alone ? training.flatMap(Training::retryAt) : now.retryAt()).isPresent();
        assertThat(alone ? training.orElseThrow().failures() : now.failures()).isEqualTo(1);
        assertThat(alone ? now.retryAt() : Optional.empty()).as("a training that is refused pauses alone").isEmpty();
        assertThat(scene.routes().ledger().history().of(dataset.id(), 1)).isNotEmpty();
    }
}
