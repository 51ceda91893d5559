package org.dropfolder.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dropfolder.server.RouteFixture.soon;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.support.ScheduledPollConsumer;
import org.dropfolder.AdvancedClock;
import org.dropfolder.RawNames;
import org.dropfolder.TestClock;
import org.dropfolder.pipeline.Stillness;
import org.dropfolder.server.RouteFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes out of the inbox, and when. Nobody takes the files away here. */
class IntakeFolderRouteTest {
    private static final String ACCEPT = "direct:accept";
    private static final byte[] SOME = "some bytes".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;
    private RouteFixture routes;

    @AfterEach
    void stop() {
        routes.close();
    }

    @Test
    void handsOnEachFileByWhereItLiesBelowTheInbox() throws Exception {
        start("dropfolder.settle", "10ms");

        routes.drop("cats/a.jpg", SOME);
        routes.drop("cats/2024/summer/ä b.JPG", SOME);
        routes.drop("lonely.png", SOME);

        soon().untilAsserted(() -> assertThat(handedOn())
                .contains("cats/a.jpg", "cats/2024/summer/ä b.JPG", "lonely.png"));
    }

    @Test
    void whatIsHandedOnIsInHandUntilItsExchangeEnds() throws Exception {
        start("dropfolder.settle", "10ms");
        Stillness stillness = routes.bean("stillness", Stillness.class);
        CountDownLatch go = new CountDownLatch(1);
        routes.camel().getEndpoint("mock:accept", MockEndpoint.class).whenAnyExchangeReceived(exchange -> go.await());

        routes.drop("cats/2024/a.jpg", SOME);
        soon().until(() -> stillness.isInHand("cats/2024/a.jpg"));
        Files.delete(routes.inbox().resolve("cats/2024/a.jpg"));
        go.countDown();

        soon().until(() -> !stillness.isInHand("cats/2024/a.jpg"));
    }

    /** The endpoint itself takes a backslash for the end of a folder, and can't open what is no UTF-8. */
    @Test
    void handsOnNamesAsTheDiskSpellsThem() throws Exception {
        start("dropfolder.settle", "10ms");
        List<String> names = List.of("a\\b.jpg", "line\nend.jpg", "\u202Egpj.exe", "-rf.jpg", "100%20.jpg", "${header.x}.jpg",
            "'\"; DROP TABLE asset; --.jpg", "\uD83D\uDE00.jpg", "A.jpg", "a.jpg", "\u00E9.jpg", "e\u0301.jpg", "x".repeat(251) + ".jpg",
            "tab\there.jpg", " .jpg", "a.jpg ", "CON.jpg", "bell\u0007.jpg");
        for (String name : names) {
            routes.drop("cats/" + name, SOME);
        }
        RawNames.write(routes.inbox().resolve("cats"), "f\\374r.jpg", SOME);

        soon().untilAsserted(() -> assertThat(handedOn()).contains(names.stream().map(name -> "cats/" + name).toArray())
            .contains("cats/f\uFFFDr.jpg"));
    }

    @Test
    void leavesFilesInFoldersThatCanBeNoDatasets() throws Exception {
        start("dropfolder.settle", "10ms");
        RawNames.folder(routes.inbox(), "B\\374cher", "a.jpg", SOME);
        routes.drop(" /a.jpg", SOME);
        routes.drop("_inbox/a.jpg", SOME);
        routes.drop("cats/last.jpg", SOME);

        soon().until(() -> handedOn().size() >= 3);

        assertThat(handedOn()).containsOnly("cats/last.jpg");
    }

    @Test
    void leavesFilesWhereTheyAre() throws Exception {
        start("dropfolder.settle", "10ms");

        Path file = routes.drop("cats/a.jpg", SOME);

        soon().until(() -> !handedOn().isEmpty());
        assertThat(file).hasBinaryContent(SOME);
        assertThat(Files.list(file.getParent())).containsExactly(file);
    }

    /** Nothing is lost where an exchange failed, or a process ended before the store had moved the file. */
    @Test
    void handsAFileOnAgainThatIsStillThere() throws Exception {
        start("dropfolder.settle", "10ms");

        routes.drop("cats/a.jpg", SOME);

        soon().until(() -> handedOn().size() >= 3);
        assertThat(handedOn()).containsOnly("cats/a.jpg");
    }

    @Test
    void waitsForAFileThatIsStillBeingWritten() throws Exception {
        AdvancedClock clock = new AdvancedClock();
        routes = fixture(clock, "dropfolder.settle", "1h");
        Path growing = routes.drop("cats/growing.jpg", SOME);
        Path whole = routes.drop("cats/whole.jpg", SOME);
        routes.start();
        soon().until(() -> looks().isFirstPollDone());

        clock.advance(Duration.ofMinutes(59));
        append(growing);
        // a look that saw it as it was must not judge it by the time that comes now
        soon().until(() -> !looks().isPolling());
        clock.advance(Duration.ofMinutes(2));

        soon().until(() -> handedOn().contains("cats/whole.jpg"));
        assertThat(handedOn()).doesNotContain("cats/growing.jpg");
        assertThat(whole).exists();
        clock.advance(Duration.ofHours(1));
        soon().until(() -> handedOn().contains("cats/growing.jpg"));
    }

    /** The clock stands before the moment at which the next look is due by itself. */
    @Test
    void looksForAFileWhenTheSystemTellsOfIt() throws Exception {
        TestClock clock = new TestClock();
        Files.createDirectories(folder.resolve("inbox/cats"));
        routes = fixture(clock, "dropfolder.scan", "100ms", "dropfolder.settle", "1s").start();
        Stillness stillness = routes.bean("stillness", Stillness.class);
        soon().until(() -> looks().isFirstPollDone());
        clock.pass(Duration.ofMillis(100));

        // whole at once: a look between its creation and its bytes would see it change, while the clock stands
        Files.move(Files.write(folder.resolve("a.jpg"), SOME), routes.inbox().resolve("cats/a.jpg"));

        soon().until(stillness::settling);
        clock.pass(Duration.ofSeconds(1));
        soon().until(() -> handedOn().contains("cats/a.jpg"));
    }

    @Test
    void passesOverJunkAndLinks() throws Exception {
        start("dropfolder.settle", "10ms");
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.write(elsewhere.resolve("secret.jpg"), SOME);
        routes.drop("cats/.hidden.jpg", SOME);
        routes.drop("cats/a.jpg.part", SOME);
        routes.drop("cats/~a.jpg", SOME);
        routes.drop("cats/Thumbs.db", SOME);
        routes.drop("__MACOSX/a.jpg", SOME);
        routes.drop(".git/a.jpg", SOME);
        Files.createSymbolicLink(routes.inbox().resolve("link"), elsewhere);
        Files.createSymbolicLink(routes.inbox().resolve("circle"), routes.inbox());
        routes.drop("cats/last.jpg", SOME);

        soon().until(() -> handedOn().size() >= 3);

        assertThat(handedOn()).containsOnly("cats/last.jpg");
    }

    @Test
    void takesAtMost2000AtOnceAndAllInTheEnd() throws Exception {
        int many = 2_050;
        routes = fixture("dropfolder.settle", "10ms");
        for (int i = 0; i < many; i++) {
            routes.drop("cats/" + i + ".jpg", SOME);
        }
        routes.start();

        soon().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(handedOn().stream().distinct()).hasSize(many));

        assertThat(routes.exchangesAt(ACCEPT).stream().mapToInt(IntakeFolderRouteTest::atOnce).max()).hasValue(2_000);
    }

    private void start(String... keysAndValues) throws Exception {
        routes = fixture(keysAndValues).start();
    }

    private RouteFixture fixture(String... keysAndValues) throws IOException {
        return fixture(Clock.systemUTC(), keysAndValues);
    }

    private RouteFixture fixture(Clock clock, String... keysAndValues) throws IOException {
        return RouteFixture.of(folder, clock, List.of("1-intake-folder"), keysAndValues);
    }

    private ScheduledPollConsumer looks() {
        return (ScheduledPollConsumer) routes.camel().getRoute("intake-folder").getConsumer();
    }

    private List<Object> handedOn() {
        return routes.bodiesAt(ACCEPT);
    }

    private static int atOnce(Exchange exchange) {
        return exchange.getProperty(ExchangePropertyKey.BATCH_SIZE, Integer.class);
    }

    private static void append(Path file) throws IOException {
        Files.write(file, SOME, StandardOpenOption.APPEND);
    }
}
