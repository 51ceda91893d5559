package org.dropfolder.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.component.timer.TimerEndpoint;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.dropfolder.HookReceiver;
import org.dropfolder.HookReceiver.Post;
import org.dropfolder.TestClock;
import org.dropfolder.ideogram.ApiKey;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Notice;
import org.dropfolder.ledger.Training;
import org.dropfolder.ledger.TrainingState;
import org.dropfolder.pipeline.Herald;
import org.dropfolder.pipeline.LogLines;
import org.dropfolder.server.RouteFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How whoever wants to know is told of what happens, whatever becomes of them meanwhile. */
class NoticeRouteTest {
    private static final String SECRET = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String PATH = "/hooks/path-secret?token=query-secret";
    private static final Duration HOUR = Duration.ofHours(1);
    /** Between two looks at what is due. */
    private static final Duration LOOK = Duration.ofMillis(20);

    @TempDir
    private Path folder;
    private final TestClock clock = new TestClock();
    private HookReceiver receiver;
    private RouteFixture routes;

    @BeforeEach
    void start() throws Exception {
        receiver = new HookReceiver();
        routes = started();
    }

    @AfterEach
    void stop() throws Exception {
        routes.close();
        receiver.close();
    }

    private RouteFixture started() throws Exception {
        RouteFixture made = RouteFixture.of(folder, clock, List.of("7-notify"), "dropfolder.notify.url", receiver.url(PATH),
                "dropfolder.notify.secret", "whsec_" + SECRET).start();
        // what the server does once a second is done at once
        made.camel().getRouteController().stopRoute("notices");
        ((TimerEndpoint) made.camel().getRoute("notices").getEndpoint()).setPeriod(LOOK.toMillis());
        made.camel().getRouteController().startRoute("notices");
        return made;
    }

    @Test
    void postsWhatHappenedSignedAsStandardWebhooksSays() throws Exception {
        Training training = begins("k\u00e4tzchen \u201cx\u201d");

        soon().until(() -> waiting() == 0);
        assertThat(receiver.posts()).singleElement().satisfies(post -> {
            assertThat(post.line()).isEqualTo("POST " + PATH + " HTTP/1.1");
            assertThat(post.headers()).containsEntry("content-type", "application/json").containsEntry("user-agent", "Dropfolder")
                    .containsEntry("webhook-timestamp", Long.toString(clock.instant().getEpochSecond()))
                    .doesNotContainKeys("api-key", "camelhttpuri", "authorization");
            assertThat(post.id()).matches("msg_[0-9a-f]{32}");
            assertThat(isGenuine(post)).isTrue();
            assertThat(post.type()).isEqualTo("training.started");
            assertThat(Instant.parse(post.json().get("timestamp").asText())).isEqualTo(training.startedAt().orElseThrow());
            assertThat(post.dataset()).isEqualTo("k\u00e4tzchen \u201cx\u201d");
            assertThat(post.json().at("/data/simulated").isBoolean()).isTrue();
            assertThat(post.json().at("/data/model_id").asText()).isEqualTo(training.modelId().orElseThrow());
            assertThat(post.json().at("/data/text").asText()).startsWith("k\u00e4tzchen \u201cx\u201d: training '").contains("started");
        });
    }

    /** The check by which the signatures are looked at here is right where the libraries are. */
    @Test
    void signaturesAreLookedAtAsStandardWebhooksSays() throws Exception {
        Map<String, String> headers = Map.of("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek", "webhook-timestamp", "1614265330",
                "webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");

        assertThat(isGenuine(new Post("", headers, "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8)))).isTrue();
        assertThat(isGenuine(new Post("", headers, "{\"test\": 2432232315}".getBytes(StandardCharsets.UTF_8)))).isFalse();
    }

    @Test
    void tellsEachOnceAndInOrderForADatasetWhateverTheReceiverDoes() throws Exception {
        List<String> troubles = List.of(HookReceiver.status(500), HookReceiver.RESET, HookReceiver.status(302, "Location: /elsewhere"),
                HookReceiver.status(400), HookReceiver.status(429, "Retry-After: 5"), "no HTTP at all\r\n\r\n", HookReceiver.status(503));
        Map<String, Integer> tries = new ConcurrentHashMap<>();
        List<Post> taken = new ArrayList<>();
        receiver.answers(post -> {
            int before = tries.merge(post.id(), 1, Integer::sum) - 1;
            int troubled = Math.floorMod(post.id().hashCode(), 3);
            if (before < troubled) {
                return troubles.get(Math.floorMod(post.id().hashCode() / 3 + before, troubles.size()));
            }
            synchronized (taken) {
                taken.add(post);
            }
            return before == troubled ? HookReceiver.OK : HookReceiver.status(500);
        });
        List<String> datasets = List.of("cats", "dogs", "cows");
        datasets.forEach(name -> endsWith(begins(name), TrainingState.COMPLETED));
        datasets.forEach(this::setAside);

        passTimeUntilAllIsTold();

        assertThat(taken).extracting(Post::id).doesNotHaveDuplicates().hasSize(9);
        assertThat(taken).allMatch(NoticeRouteTest::isGenuine);
        datasets.forEach(name -> assertThat(taken.stream().filter(post -> post.dataset().equals(name)).map(Post::type))
                .containsExactly("training.started", "training.completed", "files.set_aside"));
    }

    @Test
    void tellsAllInOrderToAReceiverThatWasAwayForAnHour() throws Exception {
        receiver.goAway();
        endsWith(begins("cats"), TrainingState.FAILED);
        begins("dogs");
        for (int minutes = 0; minutes < 60; minutes += 15) {
            soon().until(() -> isIdle());
            clock.pass(Duration.ofMinutes(15));
        }
        receiver.comeBack();

        passTimeUntilAllIsTold();

        assertThat(receiver.tries().values()).hasSize(3).containsOnly(1);
        assertThat(receiver.posts().stream().filter(post -> post.dataset().equals("cats")).map(Post::type))
                .containsExactly("training.started", "training.failed");
    }

    @Test
    void aReceiverThatIsSilentForOneDatasetKeepsNoOtherWaiting() throws Exception {
        receiver.answers(post -> post.dataset().equals("cats") ? HookReceiver.SILENCE : HookReceiver.OK);
        begins("cats");
        soon().until(() -> receiver.posts().size() == 1);
        begins("dogs");

        // less than the silence lasts until it is cut off
        soon().atMost(Duration.ofSeconds(12)).until(() -> receiver.posts().stream().anyMatch(post -> post.dataset().equals("dogs")));
    }

    @Test
    void anAnswerWithoutAnEndIsAnAnswer() throws Exception {
        receiver.answers(post -> HookReceiver.ENDLESS);
        begins("cats");

        soon().until(() -> waiting() == 0);
        assertThat(receiver.posts()).hasSize(1);
    }

    @Test
    void waitsAsLongAsTheReceiverSaysButNotForever() throws Exception {
        receiver.answers(post -> HookReceiver.status(429, "Retry-After: 1800"));
        begins("cats");
        soon().until(() -> receiver.posts().size() == 1 && isIdle());
        receiver.answers(post -> HookReceiver.status(503, "Retry-After: 999999999"));
        begins("dogs");

        clock.pass(Duration.ofSeconds(1799));
        assertThat(routes.bean("herald", Herald.class).claim()).as("dogs are asked to wait, too").isEmpty();
        clock.pass(Duration.ofSeconds(1));
        soon().until(() -> receiver.posts().size() >= 2 && isIdle());
        receiver.answers(post -> HookReceiver.OK);
        clock.pass(HOUR);
        soon().until(() -> waiting() == 0);
    }

    @Test
    void followsNoRedirect() throws Exception {
        try (HookReceiver elsewhere = new HookReceiver()) {
            receiver.answers(post -> HookReceiver.status(307, "Location: " + elsewhere.url("/")));
            begins("cats");
            soon().until(() -> receiver.posts().size() == 1 && isIdle());

            assertThat(elsewhere.posts()).isEmpty();
            assertThat(waiting()).isOne();
        }
    }

    @Test
    void sendsNothingMoreToAReceiverThatSaysThatItIsGone() throws Exception {
        receiver.answers(post -> HookReceiver.status(410));
        try (LogLines log = new LogLines(Herald.class)) {
            begins("cats");
            soon().until(() -> waiting() == 0);
            begins("dogs");
            soon().until(() -> waiting() == 0);

            assertThat(receiver.posts()).hasSize(1);
            assertThat(ended()).containsExactly("GIVEN_UP: it answered 410", "GIVEN_UP: the receiver is gone (410)");
            assertThat(log.containing("127.0.0.1 answered 410")).hasSize(1);
        }
    }

    @Test
    void givesUpAfterADayWithALineAndAMarkAndGoesOn() throws Exception {
        receiver.answers(post -> post.type().equals("training.started") ? HookReceiver.status(500) : HookReceiver.OK);
        try (LogLines log = new LogLines(Herald.class)) {
            Training training = begins("cats");
            for (int hours = 0; hours < 24; hours++) {
                soon().until(() -> isIdle());
                assertThat(waiting()).isOne();
                clock.pass(HOUR);
            }
            soon().until(() -> waiting() == 0);
            endsWith(training, TrainingState.FAILED);
            soon().until(() -> waiting() == 0);

            assertThat(receiver.tries().values()).containsExactly(25, 1);
            assertThat(ended()).containsExactly("GIVEN_UP: it answered 500", "DELIVERED: ");
            // what is said comes right after what is written down
            soon().untilAsserted(() -> assertThat(log.containing("Could not deliver the notice training.started"))
                .as("when it began, and when it ended").hasSize(2));
            soon().untilAsserted(() -> assertThat(log.containing("delivered again")).hasSize(1));
        }
    }

    /** As one that waited behind another, or while the server was off. */
    @Test
    void whatIsToldLateIsTriedForADayAllTheSame() throws Exception {
        receiver.answers(post -> HookReceiver.status(500));
        routes.camel().getRouteController().suspendRoute("notices");
        begins("cats");
        clock.pass(Duration.ofDays(3));
        routes.camel().getRouteController().resumeRoute("notices");
        soon().until(() -> receiver.posts().size() == 1 && isIdle());

        assertThat(waiting()).isOne();
        receiver.answers(post -> HookReceiver.OK);
        clock.pass(HOUR);
        soon().until(() -> waiting() == 0);
        assertThat(ended()).containsExactly("DELIVERED: ");
    }

    @Test
    void showsNoSecretOfTheAddressWhateverGoesWrong() throws Exception {
        try (LogLines all = new LogLines("")) {
            for (String answer : List.of(HookReceiver.status(500), HookReceiver.RESET, "no HTTP at all\r\n\r\n")) {
                receiver.answers(post -> answer);
                begins("of " + Math.abs(answer.hashCode()));
                soon().until(() -> isIdle());
            }
            receiver.goAway();
            begins("nobody is there");
            soon().until(() -> isIdle());
            clock.pass(Duration.ofDays(1));
            soon().until(() -> isIdle());

            assertThat(all.containing("Could not deliver")).isNotEmpty();
            assertThat(all.containing("path-secret")).isEmpty();
            assertThat(all.containing("query-secret")).isEmpty();
            assertThat(all.containing(SECRET)).isEmpty();
        }
        assertThat(ended().toString()).doesNotContain("path-secret", "query-secret");
        assertThat(routes.camel().getEndpoints().toString()).doesNotContain("path-secret", "query-secret");
    }

    /** Whoever has noted it by its id when it came first knows it when it comes again. */
    @Test
    void whatWasPostedAndNotNotedIsPostedAgainUnderTheSameId() throws Exception {
        sql("CREATE TRIGGER cut BEFORE UPDATE ON notice WHEN NEW.state <> 'WAITING' OR NEW.trouble IS NOT NULL "
                + "BEGIN SELECT RAISE(ABORT, 'the machine stops'); END");
        try (LogLines log = new LogLines("")) {
            begins("cats");
            soon().until(() -> receiver.posts().size() == 1);
            routes.close();
            assertThat(log.containing("while trying to handle previously thrown exception")).isEmpty();
        }
        sql("DROP TRIGGER cut");
        routes = started();

        soon().until(() -> waiting() == 0);
        assertThat(receiver.tries().values()).containsExactly(2);
    }

    @Test
    void tellsThatTheKeyIsRefusedAndThatOneIsTaken() throws Exception {
        routes.ledger().notices().keyRefused("Ideogram refused the key (401).");
        soon().until(() -> waiting() == 0);

        assertThat(receiver.posts()).singleElement().satisfies(post -> {
            assertThat(post.type()).isEqualTo("key.refused");
            assertThat(post.json().at("/data/dataset").isMissingNode()).isTrue();
            assertThat(post.json().at("/data/text").asText()).isEqualTo("Ideogram refused the key (401).");
        });
    }

    @Test
    void whatPeopleAddedIsPassedOnceHoweverOftenThePostFails() throws Exception {
        Path told = Files.createDirectories(folder.resolve("told"));
        added("""
                - route:
                    id: notify-people
                    routeConfigurationId: notices
                    from:
                      uri: direct:notify-people
                      steps:
                        - filter:
                            expression:
                              simple:
                                expression: "${body.type} == 'training.failed'"
                            steps:
                              - setBody:
                                  expression:
                                    simple:
                                      expression: "${body.text}\\n"
                              - to:
                                  uri: file:%s
                                  parameters:
                                    fileName: told.txt
                                    fileExist: Append
                """.formatted(told));
        receiver.answers(post -> receiver.posts().size() < 4 ? HookReceiver.status(500) : HookReceiver.OK);
        endsWith(begins("cats"), TrainingState.FAILED);

        passTimeUntilAllIsTold();
        assertThat(told.resolve("told.txt")).hasContent("cats: the training ended without a model: FAILED");
        assertThat(receiver.tries().values()).containsExactly(4, 1);
    }

    @Test
    void whatPeopleAddedIsTriedAgainAndThePostWaitsForIt() throws Exception {
        Path told = folder.resolve("told");
        Files.writeString(told, "no folder");
        added("""
                - route:
                    id: notify-people
                    routeConfigurationId: notices
                    from:
                      uri: direct:notify-people
                      steps:
                        - setBody:
                            expression:
                              simple:
                                expression: "${body.text}"
                        - to:
                            uri: file:%s
                            parameters:
                              fileName: told.txt
                """.formatted(told));
        begins("cats");
        soon().until(() -> isIdle());
        assertThat(receiver.posts()).isEmpty();

        Files.delete(told);
        passTimeUntilAllIsTold();
        assertThat(told.resolve("told.txt")).exists();
        assertThat(receiver.posts()).hasSize(1);
    }

    /** The README's own lines; they go to another host, which is none of Ideogram's and must not get its key. */
    @Test
    void chatIsToldAsTheReadmeSays() throws Exception {
        try (HookReceiver chat = new HookReceiver()) {
            Matcher example = Pattern.compile("(?s)```yaml\n(- route:\n.*?)```").matcher(Files.readString(Path.of("README.md")));
            assertThat(example.find()).isTrue();
            added(example.group(1).replace("{{env:CHAT_URL}}", chat.url("/services/T0/B0/secret")));
            endsWith(begins("cats \"x\" <b>"), TrainingState.COMPLETED);

            soon().until(() -> waiting() == 0);
            assertThat(chat.posts()).singleElement().satisfies(post -> {
                assertThat(post.line()).isEqualTo("POST /services/T0/B0/secret HTTP/1.1");
                assertThat(post.headers()).containsEntry("content-type", "application/json").doesNotContainKey("api-key");
                assertThat(post.json().get("text").asText()).isEqualTo("cats \"x\" <b>: the model is ready: model/v1");
            });
            assertThat(receiver.posts()).hasSize(2);
        }
    }

    @Test
    void aChatThatIsGoneEndsNoPosts() throws Exception {
        try (HookReceiver chat = new HookReceiver()) {
            chat.answers(post -> HookReceiver.status(410));
            added("""
                    - route:
                        id: notify-people
                        routeConfigurationId: notices
                        from:
                          uri: direct:notify-people
                          steps:
                            - filter:
                                expression:
                                  simple:
                                    expression: "${body.dataset} == 'cats'"
                                steps:
                                  - setBody:
                                      expression:
                                        simple:
                                          expression: "${body.text}"
                                  - to:
                                      uri: %s
                                      parameters:
                                        httpClientConfigurer: "#bean:noticeClient"
                    """.formatted(chat.url("/")));
            begins("cats");
            soon().until(() -> chat.posts().size() == 1 && isIdle());
            begins("dogs");
            soon().until(() -> waiting() == 1);

            assertThat(receiver.posts()).extracting(Post::dataset).containsExactly("dogs");
        }
    }

    @Test
    void aChatThatStaysBrokenKeepsThePostForADayAndNoLonger() throws Exception {
        try (HookReceiver chat = new HookReceiver(); LogLines log = new LogLines(Herald.class)) {
            chat.answers(post -> HookReceiver.status(500));
            chatGetsEachNotice(chat);
            begins("cats");
            for (int hours = 0; hours < 24; hours++) {
                soon().until(() -> isIdle());
                assertThat(receiver.posts()).isEmpty();
                clock.pass(HOUR);
            }

            soon().until(() -> waiting() == 0);
            assertThat(receiver.posts()).hasSize(1);
            assertThat(ended()).containsExactly("DELIVERED: ");
            soon().untilAsserted(() -> assertThat(log.containing("through the steps of notify-people for a day: it answered 500")).hasSize(1));
            assertThat(log.containing("given up")).isEmpty();
        }
    }

    @Test
    void aChatThatRefusesIsPassedOverSoon() throws Exception {
        try (HookReceiver chat = new HookReceiver()) {
            chat.answers(post -> HookReceiver.status(404));
            chatGetsEachNotice(chat);
            begins("cats");

            passTimeUntilAllIsTold();
            assertThat(chat.posts()).hasSize(5);
            assertThat(ended()).containsExactly("DELIVERED: ");
        }
    }

    @Test
    void whatIsRefusedIsGivenUpAfterAFewTriesAndTheNextGoesOn() throws Exception {
        receiver.answers(post -> post.type().equals("training.started") ? HookReceiver.status(422) : HookReceiver.OK);
        try (LogLines log = new LogLines(Herald.class)) {
            endsWith(begins("cats"), TrainingState.FAILED);

            passTimeUntilAllIsTold();
            assertThat(receiver.tries().values()).containsExactly(5, 1);
            assertThat(ended()).containsExactly("GIVEN_UP: it answered 422", "DELIVERED: ");
            soon().untilAsserted(() -> assertThat(log.containing("5 times: it answered 422. It is given up")).hasSize(1));
        }
    }

    @Test
    void whatWasTakenIsDeliveredWhateverAnotherWasAnswered() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        receiver.answers(post -> post.dataset().equals("cats") && released(gone) ? HookReceiver.OK : HookReceiver.status(410));
        begins("cats");
        soon().until(() -> receiver.posts().size() == 1);
        begins("dogs");
        soon().until(() -> waiting() == 1);
        gone.countDown();

        soon().until(() -> waiting() == 0);
        assertThat(ended()).containsExactlyInAnyOrder("DELIVERED: ", "GIVEN_UP: it answered 410");
    }

    @Test
    void whatAnotherTookOverWhileItWaitedIsNotPosted() throws Exception {
        routes.camel().getRouteController().stopRoute("notices");
        routes.camel().getRouteController().stopRoute("notice");
        begins("cats");
        sql("UPDATE notice SET passed_at = 1");
        routes.camel().getRouteController().startRoute("notices");
        soon().until(() -> !query("SELECT owner FROM notice WHERE owner IS NOT NULL").isEmpty());
        // else it would claim it itself once more
        routes.camel().getRouteController().stopRoute("notices");
        clock.pass(Duration.ofMinutes(3));
        assertThat(routes.ledger().notices().claim(8)).hasSize(1);
        int completed = routes.completed("notice");
        routes.camel().getRouteController().startRoute("notice");

        soon().until(() -> routes.completed("notice") > completed);
        assertThat(receiver.posts()).isEmpty();
        assertThat(waiting()).isOne();
    }

    @Test
    void aStopCountsAsNoTryAndPutsNothingOff() throws Exception {
        receiver.answers(post -> HookReceiver.SILENCE);
        begins("cats");
        soon().until(() -> receiver.posts().size() == 1);
        String next = query("SELECT next_try FROM notice").get(0);
        routes.close();

        assertThat(query("SELECT tries || ' ' || next_try || ' ' || coalesce(owner, 'nobody') || coalesce(trouble, '') FROM notice"))
                .containsExactly("0 " + next + " nobody");
        receiver.answers(post -> HookReceiver.OK);
        routes = started();
        soon().until(() -> waiting() == 0);
    }

    @Test
    void aClockThatIsSetBackByADayStopsNothing() throws Exception {
        receiver.answers(post -> HookReceiver.status(503, "Retry-After: 3600"));
        begins("cats");
        soon().until(() -> receiver.posts().size() == 1 && isIdle());
        receiver.answers(post -> HookReceiver.OK);
        clock.pass(Duration.ofDays(-1));

        soon().until(() -> waiting() == 0);
    }

    private static boolean released(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aSimulatedRunTellsNoChatAndNoMail() throws Exception {
        routes.camel().getRouteController().stopRoute("notices");
        begins("cats");
        Notice notice = routes.ledger().notices().claim(1).get(0);
        ApiKey key = routes.bean("apiKey", ApiKey.class);

        assertThat(new Herald(routes.ledger(), key, Optional.empty(), true, clock).isNew(notice)).isFalse();
        assertThat(new Herald(routes.ledger(), key, Optional.empty(), false, clock).isNew(notice)).isTrue();
    }

    /** The README's own lines tell both; what each does is exchanged for what can be looked at. */
    @Test
    void chatAndMailAreToldTogetherAsTheReadmeSays() throws Exception {
        Matcher both = Pattern.compile("(?s)```yaml\n(- route:\n    id: notify-people\n[^`]*multicast.*?)```")
                .matcher(Files.readString(Path.of("README.md")));
        assertThat(both.find()).isTrue();
        try (HookReceiver chat = new HookReceiver(); HookReceiver mail = new HookReceiver()) {
            mail.answers(post -> mail.posts().size() < 2 ? HookReceiver.status(500) : HookReceiver.OK);
            added(both.group(1) + told("chat", chat, "a chat: ${body.text}") + told("mail", mail, "${body.type}"));
            begins("cats");

            passTimeUntilAllIsTold();
            assertThat(chat.posts()).hasSize(2).allSatisfy(post -> assertThat(new String(post.body())).startsWith("a chat: cats: training"));
            assertThat(mail.posts()).hasSize(2).allSatisfy(post -> assertThat(new String(post.body())).isEqualTo("training.started"));
            assertThat(receiver.posts()).hasSize(1);
        }
    }

    private static String told(String name, HookReceiver where, String body) {
        return """
                - route:
                    id: notify-%s
                    routeConfigurationId: notices
                    from:
                      uri: direct:notify-%s
                      steps:
                        - setBody:
                            expression:
                              simple:
                                expression: "%s"
                        - to:
                            uri: %s
                            parameters:
                              httpClientConfigurer: "#bean:noticeClient"
                """.formatted(name, name, body, where.url("/"));
    }

    /** A step that people added: the chat is told of all. */
    private void chatGetsEachNotice(HookReceiver chat) throws Exception {
        added("""
                - route:
                    id: notify-people
                    routeConfigurationId: notices
                    from:
                      uri: direct:notify-people
                      steps:
                        - setBody:
                            expression:
                              simple:
                                expression: "${body.text}"
                        - to:
                            uri: %s
                            parameters:
                              httpClientConfigurer: "#bean:noticeClient"
                """.formatted(chat.url("/")));
    }

    /** Exchanges the route for one that people wrote. */
    private void added(String yaml) throws Exception {
        routes.camel().getRouteController().stopRoute("notify-people");
        routes.camel().removeRoute("notify-people");
        PluginHelper.getRoutesLoader(routes.camel()).loadRoutes(ResourceHelper.fromString("added.camel.yaml", yaml));
    }

    private void passTimeUntilAllIsTold() {
        Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50)).until(() -> {
            if (query("SELECT 1 FROM notice WHERE state = 'WAITING' AND owner IS NOT NULL").isEmpty()) {
                clock.pass(Duration.ofSeconds(10));
            }
            return waiting() == 0;
        });
    }

    private static ConditionFactory soon() {
        return Awaitility.await().pollInterval(Duration.ofMillis(20));
    }

    private Training begins(String name) {
        Dataset dataset = routes.ledger().datasets().ready(routes.ledger().datasets().named(name, name), "id of " + name, false);
        Training waiting = routes.ledger().trainings().waiting(dataset, 1, "model of " + name, 15, new BigDecimal("40"));
        return routes.ledger().trainings().adopted(waiting, "the model of " + name, clock.instant().plus(Duration.ofDays(30)));
    }

    private void endsWith(Training training, TrainingState state) {
        Optional<String> uri = Optional.of("model/v1").filter(any -> state == TrainingState.COMPLETED);
        routes.ledger().looks().showed(training, state, state.name(), uri, Optional.empty());
    }

    private void setAside(String dataset) {
        sql("INSERT INTO asset (dataset_id, kind, state, becomes, source, target, stem, size, modified, sha256, crc32, reason, arrived_at, "
                + "changed_at) SELECT id, 'IMAGE', 'ARRIVING', 'REJECTED', name || '/x.jpg', name || '/x.jpg', 'x', 1, 1, 'x', 1, 'it is none', 1, "
                + clock.instant().toEpochMilli() + " FROM dataset WHERE name = '" + dataset + "'");
        sql("UPDATE asset SET state = 'REJECTED' WHERE source = '" + dataset + "/x.jpg'");
    }

    private int waiting() {
        return routes.ledger().notices().waiting();
    }

    /** Whether nobody has a notice, and none is due: each that waits, waits for its time or for another. */
    private boolean isIdle() {
        return query("SELECT 1 FROM notice n WHERE state = 'WAITING' AND (owner IS NOT NULL OR next_try <= " + clock.instant().toEpochMilli()
                + " AND NOT EXISTS (SELECT 1 FROM notice b WHERE b.state = 'WAITING' AND b.dataset_id IS n.dataset_id AND b.id < n.id))").isEmpty();
    }

    private List<String> ended() {
        return query("SELECT state || ': ' || coalesce(trouble, '') FROM notice WHERE state <> 'WAITING' ORDER BY id");
    }

    private List<String> query(String query) {
        try (Connection connection = connection(); var rows = connection.createStatement().executeQuery(query)) {
            List<String> all = new ArrayList<>();
            while (rows.next()) {
                all.add(rows.getString(1));
            }
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void sql(String statement) {
        try (Connection connection = connection()) {
            connection.createStatement().execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/ledger.db") + "?busy_timeout=10000");
    }

    /** By the text of the standard, and by nothing of ours. */
    private static boolean isGenuine(Post post) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(SECRET), "HmacSHA256"));
            String signed = String.join(".", post.id(), post.headers().get("webhook-timestamp"), new String(post.body(), StandardCharsets.UTF_8));
            String expected = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
            return Stream.of(post.headers().get("webhook-signature").split(" ")).anyMatch(expected::equals);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
