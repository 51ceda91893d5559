package org.dropfolder.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dropfolder.server.RouteFixture.soon;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.dropfolder.TestClock;
import org.dropfolder.contract.Watched;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Training;
import org.dropfolder.ledger.TrainingState;
import org.dropfolder.server.RouteFixture;
import org.dropfolder.simulator.Fault;
import org.dropfolder.simulator.Operation;
import org.dropfolder.simulator.Pace;
import org.dropfolder.simulator.Simulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loop that follows a training, and each look. */
class TrackRouteTest {
    private static final String STARTED = "seda:training-started";
    private static final String ENDED = "seda:training-ended";

    @TempDir
    private Path folder;
    private Scene scene;
    private RouteFixture routes;

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void looksUntilTheModelIsThereAndTellsOfItOnce() throws Exception {
        start();
        Training training = scene.running("kittens", "kittens");

        routes.sendAndWait(STARTED, training.id());

        Training ended = scene.training("kittens").orElseThrow();
        assertThat(ended.state()).isEqualTo(TrainingState.COMPLETED);
        assertThat(ended.uri()).isPresent();
        assertThat(ended.nextLook()).isEmpty();
        assertThat(routes.bodiesAt(ENDED)).containsExactly(training.id());
        assertThat(sleeping()).isZero();
    }

    @Test
    void tellsOfATrainingThatFailed() throws Exception {
        start();
        Training training = scene.running("kittens", "fails always");

        routes.sendAndWait(STARTED, training.id());

        assertThat(scene.training("kittens").orElseThrow().state()).isEqualTo(TrainingState.FAILED);
        assertThat(routes.bodiesAt(ENDED)).containsExactly(training.id());
    }

    @Test
    void looksNoMoreOftenHoweverOftenItIsWoken() throws Exception {
        // longer than an answer takes on a busy machine: a look that is under way when the next is due is made twice
        Duration delay = Duration.ofMillis(100);
        // and a training that ends when it was looked at twice, however long the machine stands still before the first look
        TestClock ideograms = new TestClock();
        Simulator simulator = Simulator.start(Watched.simulator().withPace(Pace.quick()).withClock(ideograms));
        scene = Scene.of(folder, Clock.tickMillis(ZoneOffset.UTC), simulator, simulator.url(), List.of("6-track", "ideogram"),
            "dropfolder.poll.delay", "100ms");
        routes = scene.routes();
        routes.start();
        Training training = scene.running("kittens", "kittens");
        Instant begun = Instant.now();

        for (int i = 0; i < 10; i++) {
            routes.send(STARTED, training.id());
        }
        soon().until(() -> scene.requests(Operation.GET_MODEL) >= 2);
        ideograms.pass(Duration.ofSeconds(1));
        soon().until(() -> routes.bodiesAt(ENDED).size() == 1 && routes.camel().getInflightRepository().size("track") == 0);

        long delays = Duration.between(begun, Instant.now()).dividedBy(delay);
        assertThat(scene.requests(Operation.GET_MODEL)).isBetween(2, (int) delays + 1);
        assertThat(routes.bodiesAt(ENDED)).hasSize(1);
    }

    @Test
    void looksThatAreDueAtOnceAreMadeSideBySide() throws Exception {
        start("ideogram.timeout", "1m");
        List<Training> due = List.of(scene.running("kittens", "kittens"), scene.running("puppies", "puppies"), scene.running("foals", "foals"));
        CountDownLatch answers = new CountDownLatch(1);
        scene.simulator().faults().next(Operation.GET_MODEL, Fault.hold(answers), Fault.hold(answers), Fault.hold(answers));

        due.forEach(training -> routes.send(STARTED, training.id()));

        soon().until(() -> scene.simulator().account().maxInFlight() == due.size());
        answers.countDown();
        soon().until(() -> routes.bodiesAt(ENDED).size() == due.size());
    }

    @Test
    void goesOnAfterALookThatWentWrongForAMoment() throws Exception {
        start();
        Training training = scene.running("kittens", "kittens");
        scene.simulator().faults().next(Operation.GET_MODEL, Fault.answer(503).header("Retry-After", "0"));

        routes.sendAndWait(STARTED, training.id());

        assertThat(scene.training("kittens").orElseThrow().state()).isEqualTo(TrainingState.COMPLETED);
        assertThat(routes.redeliveries()).isEqualTo(1);
    }

    @Test
    void leavesATrainingThatCantBeLookedAtToTheSweep() throws Exception {
        start();
        Training training = scene.running("kittens", "kittens");
        scene.simulator().faults().next(Operation.GET_MODEL, Fault.answer(401));

        routes.sendAndWait(STARTED, training.id());

        Training now = scene.training("kittens").orElseThrow();
        assertThat(now.state()).isEqualTo(TrainingState.RUNNING);
        assertThat(now.nextLook()).hasValueSatisfying(next -> assertThat(next).isAfter(training.nextLook().orElseThrow()));
        assertThat(routes.bodiesAt(ENDED)).isEmpty();
        assertThat(scene.requests(Operation.GET_MODEL)).isEqualTo(1);
    }

    @Test
    void leavesATrainingAloneThatHasEnded() throws Exception {
        start();
        Training training = scene.running("kittens", "kittens");
        routes.sendAndWait(STARTED, training.id());
        int looks = scene.requests(Operation.GET_MODEL);

        routes.sendAndWait(STARTED, training.id());

        assertThat(scene.requests(Operation.GET_MODEL)).isEqualTo(looks);
        assertThat(routes.bodiesAt(ENDED)).hasSize(1);
    }

    @Test
    void follows500TrainingsOnFewThreadsAndStopsAtOnce() throws Exception {
        start();
        int before = Thread.activeCount();
        for (int i = 0; i < 500; i++) {
            Dataset dataset = routes.ledger().datasets().named("kittens" + i, "kittens" + i);
            Training training = scene.followed(dataset, "a-model-" + i, Instant.now().plus(Duration.ofHours(1)));
            routes.send(STARTED, training.id());
        }

        soon().until(() -> sleeping() == 500);
        assertThat(Thread.activeCount() - before).isLessThan(20);
        assertThat(scene.requests(Operation.GET_MODEL)).isZero();

        Instant stopping = Instant.now();
        scene.close();
        // a shutdown that waits for them takes ten
        assertThat(Duration.between(stopping, Instant.now())).isLessThan(Duration.ofSeconds(9));
    }

    private void start(String... keysAndValues) throws Exception {
        scene = Scene.started(folder, List.of("6-track", "ideogram"), keysAndValues);
        routes = scene.routes();
    }

    private int sleeping() {
        return routes.bean("delays", Delays.class).getQueue().size();
    }
}
