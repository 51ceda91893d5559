package org.dropfolder.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dropfolder.server.RouteFixture.soon;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.dropfolder.pipeline.Trouble;
import org.dropfolder.pipeline.Watchman;
import org.dropfolder.server.RouteFixture;
import org.dropfolder.store.S3Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes out of an inbox that is a part of a bucket, and when. Nobody takes the objects away here. */
class IntakeS3RouteTest {
    private static final String ACCEPT = "direct:accept";
    private static final int AT_ONCE = 8;

    @TempDir
    private Path folder;
    private S3Server s3;
    private RouteFixture routes;

    @BeforeEach
    void start() throws IOException {
        s3 = new S3Server("photos");
        routes = RouteFixture.of(folder, Clock.systemUTC(), List.of("1-intake-s3"), "dropfolder.inbox", "s3://photos/inbox",
            "dropfolder.s3.endpoint", s3.endpoint().toString(), "dropfolder.s3.path-style", "true", "dropfolder.s3.scan", "20ms",
            "dropfolder.s3.access-key", S3Server.KEYS.accessKey(), "dropfolder.s3.secret-key", S3Server.KEYS.secretKey());
    }

    @AfterEach
    void stop() {
        routes.close();
        s3.close();
    }

    @Test
    void handsOnEachObjectByWhereItLiesBelowTheInbox() throws Exception {
        List<String> names = List.of("cats/a.jpg", "cats/2024/summer/ä b.JPG", "lonely.png", "cats/100%20+x.jpg", "cats/${header.x}.jpg",
            "cats/'\"; DROP TABLE asset; --.jpg", "cats/\uD83D\uDE00.jpg", "cats/a\\b.jpg");
        names.forEach(name -> s3.put("photos", "inbox/" + name, "some bytes"));
        s3.put("photos", "elsewhere/a.jpg", "some bytes");
        routes.start();

        soon().untilAsserted(() -> assertThat(handedOn()).containsAll(names));
        assertThat(handedOn()).containsOnlyElementsOf(names);
        assertThat(s3.keys("photos", "")).hasSize(names.size() + 1);
        assertThat(routes.exchangesAt(ACCEPT).get(0).getMessage().getHeaders()).isEmpty();
    }

    /** Nothing is lost where an exchange failed, or a process ended before the store had moved the object. */
    @Test
    void handsAnObjectOnAgainThatIsStillThere() throws Exception {
        s3.put("photos", "inbox/cats/a.jpg", "some bytes");
        routes.start();

        soon().until(() -> handedOn().size() >= 3);
        assertThat(handedOn()).containsOnly("cats/a.jpg");
    }

    @Test
    void takesEightAtOnceAndNoneTwiceAtATimeHoweverOftenItIsListed() throws Exception {
        for (int i = 0; i < 3 * AT_ONCE; i++) {
            s3.put("photos", "inbox/cats/" + i + ".jpg", "some bytes");
        }
        CountDownLatch go = new CountDownLatch(1);
        Set<Object> underWay = ConcurrentHashMap.newKeySet();
        AtomicInteger twice = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        routes.start();
        onEachAtTheMock(body -> {
            twice.addAndGet(underWay.add(body) ? 0 : 1);
            most.accumulateAndGet(underWay.size(), Math::max);
            go.await();
            underWay.remove(body);
        });

        soon().until(() -> most.get() >= AT_ONCE);
        go.countDown();
        soon().until(() -> handedOn().stream().distinct().count() == 3 * AT_ONCE && handedOn().size() > 4 * AT_ONCE);
        assertThat(twice).hasValue(0);
        // the one that lists helps where all have enough to do
        assertThat(most.get()).isBetween(AT_ONCE, AT_ONCE + 1);
    }

    @Test
    void goesOnByItselfWhereTheBucketCouldNotBeListedForAWhile() throws Exception {
        s3.refuse(S3Server.Operation.LIST, 403, "AccessDenied");
        s3.put("photos", "inbox/cats/a.jpg", "some bytes");
        routes.start();
        Watchman watchman = routes.bean("watchman", Watchman.class);

        soon().until(() -> watchman.troubleOf(Trouble.Of.INBOX).isPresent());
        assertThat(watchman.troubleOf(Trouble.Of.INBOX).orElseThrow().words()).contains("access is denied to list it", "Let the policy");
        assertThat(handedOn()).isEmpty();
        s3.heal();

        soon().until(() -> handedOn().contains("cats/a.jpg"));
    }

    /** What takes long. */
    @FunctionalInterface
    private interface Work {
        void on(Object body) throws InterruptedException;
    }

    /** The mock itself deals with one at a time. */
    private void onEachAtTheMock(Work work) {
        EventNotifierSupport notifier = new EventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) throws InterruptedException {
                if (event instanceof CamelEvent.ExchangeSendingEvent sending && sending.getEndpoint() instanceof MockEndpoint) {
                    work.on(sending.getExchange().getMessage().getBody());
                }
            }
        };
        notifier.start();
        routes.camel().getManagementStrategy().addEventNotifier(notifier);
    }

    private List<Object> handedOn() {
        return routes.bodiesAt(ACCEPT);
    }
}
