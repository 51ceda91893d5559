package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dropfolder.simulator.Account;
import org.dropfolder.simulator.Fault;
import org.dropfolder.simulator.Operation;
import org.dropfolder.simulator.Simulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Captions that are missing are asked for, each once, and never keep an image back. */
class DescribeTest {
    private static final Clock CLOCK = Clock.tickMillis(ZoneOffset.UTC);
    private static final Map<String, String> ON = Map.of("dropfolder.caption.describe", "on", "dropfolder.sweep", "100ms",
        "ideogram.timeout", "1m");

    @TempDir
    private Path folder;
    private World world;
    private Simulator simulator;
    private Drop drop;

    @BeforeEach
    void drop() throws Exception {
        world = World.in(folder.resolve("world"));
        simulator = world.simulator();
        drop = new Drop(world);
        for (int i = 1; i <= 4; i++) {
            drop.image("garden", "rose " + i + ".png", Pictures.png(i), i == 1 ? "my own words" : "");
        }
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void anImageWithoutACaptionTravelsWithWhatIsSaidOfItAndAPersonsWordsStay() throws Exception {
        drop.other("garden", "copy of rose 2.png", Pictures.png(2));

        runUntilAllIsUploaded(4, ON);

        assertThat(captions().get(World.hash(Pictures.png(1)))).isEqualTo("my own words");
        for (int i = 2; i <= 4; i++) {
            assertThat(captions().get(World.hash(Pictures.png(i)))).contains("(simulated, ");
        }
        assertThat(simulator.account().descriptions()).extracting(Account.Description::sha256)
            .containsExactlyInAnyOrder(World.hash(Pictures.png(2)), World.hash(Pictures.png(3)), World.hash(Pictures.png(4)));
        assertThat(world.history()).contains("rose 2.png was described by a machine: A photograph");
    }

    @Test
    void anImageWithACaptionWithoutAWordIsDescribedLikeOneWithout() throws Exception {
        drop.other("garden", "blank.txt", " \n".getBytes(StandardCharsets.UTF_8));
        drop.image("garden", "blank.png", Pictures.png(5), "");

        runUntilAllIsUploaded(5, ON);

        assertThat(captions().get(World.hash(Pictures.png(5)))).contains("(simulated, ");
    }

    @Test
    void nothingIsAskedUnlessItIsSwitchedOn() throws Exception {
        runUntilAllIsUploaded(4, Map.of());

        assertThat(simulator.account().requests(Operation.DESCRIBE)).isEmpty();
        assertThat(captions().get(World.hash(Pictures.png(2)))).isEmpty();
    }

    @Test
    void aPersonsCaptionThatComesBeforeTheBatchGoesWins() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        simulator.faults().next(Operation.DESCRIBE, Fault.hold(told));
        try (Server server = Server.start(world.settings(simulator, ON), CLOCK, Seam.UNDISTURBED)) {
            assertThat(server.address()).isNotBlank();
            await().until(() -> simulator.account().descriptions().size() >= 3);
            for (int i = 2; i <= 4; i++) {
                drop.other("garden", "rose " + i + ".txt", ("word " + i).getBytes(StandardCharsets.UTF_8));
            }
            await().until(() -> World.files(world.data().resolve("pending")).stream()
                .filter(file -> file.toString().endsWith(".txt")).count() == 4);
            told.countDown();
            await().until(() -> uploaded() == 4);
        }
        assertThat(captions().get(World.hash(Pictures.png(3)))).isEqualTo("word 3");
    }

    @Test
    void withinTheBudgetAndBeyondItImagesGoWithout() throws Exception {
        Map<String, String> two = new HashMap<>(ON);
        two.put("dropfolder.caption.budget", "2");

        runUntilAllIsUploaded(4, two);

        assertThat(simulator.account().descriptions()).hasSize(2);
        assertThat(captions().values().stream().filter(String::isEmpty)).hasSize(1);
    }

    @Test
    void whatIsRefusedLostOrWithoutWordsIsNotAskedAgainAndGoesWithout() throws Exception {
        simulator.faults().next(Operation.DESCRIBE, Fault.answer(400), Fault.loseAnswer(), Fault.without("text"));

        runUntilAllIsUploaded(4, ON);

        assertThat(captions().values().stream().filter(String::isEmpty)).hasSize(3);
        assertThat(simulator.account().requests(Operation.DESCRIBE)).hasSize(3);
        assertThat(world.history()).contains("goes without a caption: Ideogram answered 400", "goes without a caption: Ideogram had no words for it.",
            "It may have been described and paid, and is not asked about again.");
    }

    @Test
    void whatSurelyWasNotCarriedOutIsAskedAgain() throws Exception {
        simulator.faults().next(Operation.DESCRIBE, Fault.answer(429).header("Retry-After", "1"), Fault.answer(429));

        runUntilAllIsUploaded(4, ON);

        assertThat(captions().values()).noneMatch(String::isEmpty);
        assertThat(simulator.account().descriptions()).hasSize(3);
    }

    @Test
    void anImageWaitsForItsDescriptionNoLongerThanForACaption() throws Exception {
        Map<String, String> soon = new HashMap<>(ON);
        soon.put("dropfolder.caption.wait", "1s");
        simulator.faults().next(Operation.DESCRIBE, IntStream.range(0, 30).mapToObj(i -> Fault.answer(429)).toArray(Fault[]::new));

        runUntilAllIsUploaded(4, soon);

        assertThat(captions().values().stream().filter(String::isEmpty).count()).isPositive();
    }

    @Test
    void aLargeImageIsPassedOver() throws Exception {
        byte[] large = Arrays.copyOf(Pictures.png(9), 10 * 1024 * 1024 + 1);
        drop.image("garden", "large.png", large, "");

        runUntilAllIsUploaded(5, ON);

        assertThat(simulator.account().descriptions()).extracting(Account.Description::sha256).hasSize(3).doesNotContain(World.hash(large));
        assertThat(world.history()).contains("large.png goes without a caption: it has 10", "10 MB at most");
    }

    private void runUntilAllIsUploaded(int images, Map<String, String> more) throws Exception {
        try (Server server = Server.start(world.settings(simulator, more), CLOCK, Seam.UNDISTURBED)) {
            assertThat(server.address()).isNotBlank();
            await().atMost(Duration.ofSeconds(40)).until(() -> uploaded() == images);
        }
    }

    private int uploaded() {
        return captions().size();
    }

    /** By the image's hash; empty where it has none. */
    private Map<String, String> captions() {
        List<Account.Dataset> all = simulator.account().datasetsNamed("garden");
        return all.stream().flatMap(dataset -> dataset.files().stream()).collect(Collectors.toMap(Account.File::sha256, file -> file.caption().orElse("")));
    }
}
