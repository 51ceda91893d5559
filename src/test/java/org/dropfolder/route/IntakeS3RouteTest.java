package org.dropfolder.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dropfolder.server.RouteFixture.soon;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
        begin(List.of("1-intake-s3"));
    }

    private void begin(List<String> files) throws IOException {
        if (routes != null) {
            routes.close();
        }
        routes = RouteFixture.of(folder, Clock.systemUTC(), files, "dropfolder.inbox", "s3://photos/inbox",
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

    /** With the route that accepts: what is being read there is listed again and again. */
    @Test
    void takesEightAtOnceAndNoneTwiceAtATimeHoweverOftenItIsListed() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<String> read = new CopyOnWriteArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            String key = "inbox/cats/" + i + ".jpg";
            s3.put("photos", key, "some bytes");
            s3.before(S3Server.Operation.READ, key, () -> {
                read.add(key);
                waitFor(go);
            });
        }
        begin(List.of("1-intake-s3", "2-accept"));
        routes.start();

        soon().until(() -> read.size() == AT_ONCE);
        int before = listings();
        soon().until(() -> listings() > before + 5);
        assertThat(read).hasSize(AT_ONCE).doesNotHaveDuplicates();
        go.countDown();

        soon().until(() -> s3.keys("photos", "inbox/").isEmpty());
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

    private int listings() {
        return (int) s3.asked().stream().filter(asked -> asked.operation() == S3Server.Operation.LIST).count();
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Object> handedOn() {
        return routes.bodiesAt(ACCEPT);
    }
}
