package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dropfolder.image.Condition;
import org.dropfolder.image.Probe;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.Sample;
import org.dropfolder.ledger.SampleState;
import org.dropfolder.simulator.Fault;
import org.dropfolder.simulator.Operation;
import org.dropfolder.simulator.Simulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A picture that each finished model draws: asked for once, kept beside its file, and never at the model's cost. */
class SampleTest {
    private static final Clock CLOCK = Clock.tickMillis(ZoneOffset.UTC);
    private static final Map<String, String> ON = Map.of("dropfolder.sample.prompt", "a rose, \"süß\", in a glass", "dropfolder.sweep", "100ms",
        "ideogram.timeout", "1m");

    @TempDir
    private Path folder;
    private World world;
    private Simulator simulator;

    @BeforeEach
    void drop() throws Exception {
        world = World.in(folder.resolve("world"));
        simulator = world.simulator();
        Drop drop = new Drop(world);
        for (int i = 1; i <= 15; i++) {
            drop.image("garden", "rose " + i + ".png", Pictures.png(i), "");
        }
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void aFinishedModelDrawsOnePictureThatLiesBesideItsFile() throws Exception {
        Sample sample = runUntil(SampleState.KEPT, ON);

        assertThat(simulator.account().pictures()).singleElement().satisfies(drawn -> {
            assertThat(drawn.prompt()).isEqualTo("a rose, \"süß\", in a glass");
            assertThat(drawn.modelUri()).hasValue("model/garden/version/1");
            assertThat(drawn.speed()).isEqualTo("TURBO");
        });
        assertThat(sample.target().orElseThrow()).matches("models/garden\\.(jpg|png)");
        assertThat(Probe.read(Files.newInputStream(world.data().resolve(sample.target().get()))).condition()).isEqualTo(Condition.WHOLE);
        assertThat(world.history()).contains("sample of the model garden is asked for, for 0.03 US dollars (TURBO)", "lies at " + sample.target().get());
        assertThat(simulator.pictures().asked()).isEqualTo(1);
    }

    @Test
    void noneIsDrawnUnlessSomebodyWantsItAndNoneOfModelsThatWereFinishedBefore() throws Exception {
        runUntilTrained(Map.of());
        try (Server again = Server.start(world.settings(simulator, ON), CLOCK, Seam.UNDISTURBED)) {
            assertThat(again.address()).isNotBlank();
            await().during(Duration.ofMillis(500)).until(() -> simulator.account().pictures().isEmpty());
        }
        assertThat(simulator.account().requests(Operation.GENERATE)).isEmpty();
    }

    @Test
    void aRequestWhoseAnswerIsLostIsNotSentAgain() throws Exception {
        simulator.faults().next(Operation.GENERATE, Fault.loseAnswer());

        Sample sample = runUntil(SampleState.IN_DOUBT, ON);
        runUntil(SampleState.IN_DOUBT, ON);

        assertThat(simulator.account().pictures()).hasSize(1);
        assertThat(sample.trouble().orElseThrow()).contains("may have been drawn and paid", "not asked for again");
        theModelIsUnharmed();
    }

    @Test
    void aRequestThatSurelyWasNotCarriedOutIsSentAgain() throws Exception {
        simulator.faults().next(Operation.GENERATE, Fault.answer(429).header("Retry-After", "1"), Fault.answer(429));

        runUntil(SampleState.KEPT, ON);

        assertThat(simulator.account().pictures()).hasSize(1);
        assertThat(simulator.account().requests(Operation.GENERATE).size()).isGreaterThan(1);
    }

    @Test
    void aRefusedPromptIsToldAndNotSentAgain() throws Exception {
        simulator.faults().next(Operation.GENERATE, Fault.answer(400).body("{\"message\": \"The prompt is too odd.\"}"));

        Sample sample = runUntil(SampleState.NONE, ON);

        assertThat(sample.trouble().orElseThrow()).contains("No picture was drawn", "too odd");
        assertThat(sample.spent()).isEmpty();
        theModelIsUnharmed();
    }

    @Test
    void aPictureThatIsNotSafeIsTold() throws Exception {
        Sample sample = runUntil(SampleState.NONE, with("dropfolder.sample.prompt", "something unsafe"));

        assertThat(sample.trouble().orElseThrow()).contains("safety check", "another prompt");
        theModelIsUnharmed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{dropfolder.http.token}}", "not a uri", "/only/a/path", "file:///etc/passwd"})
    void whatIsNoAddressIsNeitherAskedForNorTold(String address) throws Exception {
        String url = address.startsWith("{") ? simulator.url() + "/" + address : address;
        simulator.faults().next(Operation.GENERATE, Fault.answer(200).body("{\"data\": [{\"url\": \"" + url + "\", \"is_image_safe\": true}]}"));

        Sample sample = runUntil(SampleState.NONE, ON);

        assertThat(sample.trouble().orElseThrow()).contains("without an address");
        assertThat(simulator.account().requests()).noneMatch(request -> request.toString().contains("token"));
        assertThat(world.history()).doesNotContain(address);
        theModelIsUnharmed();
    }

    @Test
    void aPictureThatCantBeFetchedNowIsFetchedAtTheNextStart() throws Exception {
        simulator.pictures().next(Fault.answer(503));
        try (Server first = Server.start(world.settings(simulator, ON), CLOCK, Seam.UNDISTURBED)) {
            assertThat(first.address()).isNotBlank();
            await().until(() -> sample().flatMap(Sample::trouble).isPresent());
        }
        assertThat(sample().orElseThrow().trouble().orElseThrow()).isEqualTo("its host answered 503");

        runUntil(SampleState.KEPT, ON);

        assertThat(simulator.account().pictures()).hasSize(1);
    }

    @Test
    void anAddressThatHasExpiredIsTold() throws Exception {
        simulator.pictures().next(Fault.answer(403));

        Sample sample = runUntil(SampleState.NONE, ON);

        assertThat(sample.trouble().orElseThrow()).contains("drawn and paid", "answered 403").doesNotContain("http");
        assertThat(sample.spent()).isPresent();
        theModelIsUnharmed();
    }

    @Test
    void whatIsNoPictureIsNotKept() throws Exception {
        simulator.pictures().next(Fault.answer(200).body("<html>no picture</html>"));

        Sample sample = runUntil(SampleState.NONE, ON);

        assertThat(sample.trouble().orElseThrow()).contains("no JPEG or PNG");
        assertThat(World.files(world.data().resolve("models"))).extracting(Object::toString).anyMatch(file -> file.endsWith("models/garden.json"))
            .noneMatch(file -> file.matches(".*models/garden\\.(jpg|png)"));
    }

    @Test
    void aLaterModelsPictureLiesBesideTheEarlierOne() throws Exception {
        Files.createDirectories(world.data().resolve("models"));
        Files.writeString(world.data().resolve("models/garden.jpg"), "an earlier one");
        Files.writeString(world.data().resolve("models/garden.png"), "an earlier one");

        Sample sample = runUntil(SampleState.KEPT, ON);

        assertThat(sample.target().orElseThrow()).matches("models/garden-1\\.2\\.(jpg|png)");
        assertThat(Files.readString(world.data().resolve("models/garden.jpg"))).isEqualTo("an earlier one");
    }

    private void theModelIsUnharmed() throws Exception {
        assertThat(Files.readString(world.data().resolve("models/garden.json"))).contains("COMPLETED", "model/garden/version/1");
        assertThat(simulator.account().models()).hasSize(1);
    }

    private Map<String, String> with(String key, String value) {
        Map<String, String> more = new HashMap<>(ON);
        more.put(key, value);
        return more;
    }

    private Sample runUntil(SampleState state, Map<String, String> more) throws Exception {
        try (Server server = Server.start(world.settings(simulator, more), CLOCK, Seam.UNDISTURBED)) {
            assertThat(server.address()).isNotBlank();
            await().until(() -> sample().filter(sample -> sample.state() == state).isPresent());
        }
        return sample().orElseThrow();
    }

    private void runUntilTrained(Map<String, String> more) throws Exception {
        try (Server server = Server.start(world.settings(simulator, more), CLOCK, Seam.UNDISTURBED)) {
            assertThat(server.address()).isNotBlank();
            await().until(() -> Files.exists(world.data().resolve("models/garden.json")));
        }
    }

    private Optional<Sample> sample() {
        try (Ledger ledger = Ledger.toRead("jdbc:sqlite:" + world.data().resolve("ledger.db"), CLOCK, false)) {
            return ledger.datasets().named("garden").map(dataset -> ledger.samples().ofDataset(dataset.id())).orElse(List.of()).stream().findFirst();
        }
    }
}
