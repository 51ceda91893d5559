package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.dropfolder.store.S3Server;
import org.dropfolder.store.S3Server.Asked;
import org.dropfolder.store.S3Server.Operation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a service has against the whole bucket is told, loses nothing, and all goes on by itself; what it has against one object, too. */
class BucketTroublesTest extends BucketFixture {
    private static final String SECRET = S3Server.KEYS.secretKey();
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final AbstractAppender lines = new AbstractAppender("lines of all", null, null, true, Property.EMPTY_ARRAY) {
        @Override
        public void append(LogEvent event) {
            log.add(event.getMessage().getFormattedMessage() + (event.getThrown() == null ? "" : " " + event.getThrown()));
        }
    };

    @BeforeEach
    void listen() {
        lines.start();
        ((Logger) LogManager.getRootLogger()).addAppender(lines);
    }

    @AfterEach
    void showsNoCredentials() {
        ((Logger) LogManager.getRootLogger()).removeAppender(lines);
        assertThat(List.copyOf(log)).noneMatch(line -> line.contains(SECRET) || line.contains(S3Server.KEYS.accessKey()));
    }

    @ParameterizedTest
    @CsvSource({
        "LIST,   503, SlowDown,     INBOX, the service asks to slow down",
        "LIST,   400, ExpiredToken, INBOX, the credentials have expired",
        "LIST,   404, NoSuchBucket, INBOX, the bucket is not there",
        "DELETE, 403, AccessDenied, INBOX, access is denied to delete from it",
        "COPY,   403, AccessDenied, DATA,  access is denied to copy in it",
        "COPY,   503, SlowDown,     DATA,  the service asks to slow down"})
    void whatTheServiceRefusesIsWaitedFor(Operation operation, int status, String code, String of, String words) throws IOException {
        begin();
        isReady();
        s3.refuse(operation, status, code);
        drop("garden", 1, 15);
        clock.advance(MINUTE);
        down(of, words);
        assertThat(simulator.account().trainingsStarted()).isZero();
        assertThat(count("inbox/")).isEqualTo(15);

        s3.heal();
        isTrained("garden", 15);
        isReady();
        assertThat(told(words)).filteredOn(line -> line.endsWith(")")).hasSizeBetween(1, 2);
        await().atMost(MINUTE).untilAsserted(() -> assertThat(told("can be used again")).hasSizeBetween(1, 2));
        assertThat(count("inbox/")).isZero();
        assertThat(count("dropfolder/rejected/")).isZero();
        assertThat(count("dropfolder/done/garden/")).isEqualTo(15);
    }

    @Test
    void oneObjectThatMayNotBeReadStopsNoOtherAndIsTakenOnceItMay() throws IOException {
        s3.refuse(asked -> asked.operation() == Operation.READ && asked.key().endsWith("picture 7.png"), 403, "InvalidObjectState",
            "The operation is not valid for the object's storage class");
        begin();
        drop("garden", 1, 16);
        await().atMost(MINUTE).until(() -> count("dropfolder/done/garden/") == 15);
        await().atMost(MINUTE).untilAsserted(() -> assertThat(word("garden")).contains("picture 7.png", "archive"));
        assertThat(told("Left in the inbox, garden/picture 7.png")).hasSize(1);
        assertThat(count("inbox/garden/")).isEqualTo(1);
        isReady();

        s3.heal();
        clock.advance(MINUTE);
        await().atMost(MINUTE).until(() -> count("dropfolder/done/garden/") == 16);
        await().atMost(MINUTE).untilAsserted(() -> assertThat(word("garden")).doesNotContain("archive"));
    }

    @Test
    void oneObjectThatMayNotBeDeletedStopsNoOtherAndIsSentOnce() throws IOException {
        s3.refuse(asked -> asked.operation() == Operation.DELETE && asked.key().equals("inbox/garden/picture 7.png"), 403, "AccessDenied",
            "Access Denied");
        given.put("dropfolder.training.start", "approve");
        begin();
        drop("garden", 1, 16);
        await().atMost(MINUTE).until(() -> count("dropfolder/done/garden/") == 15);
        isReady();
        for (int times = 0; times < 5; times++) {
            int before = tries();
            later(() -> tries() > before);
        }
        assertThat(told("Could not delete s3://photos/inbox/garden/picture 7.png")).hasSize(1);

        s3.heal();
        later(() -> count("inbox/garden/") == 0);
        await().atMost(MINUTE).until(() -> count("dropfolder/done/garden/") == 16);
        assertThat(simulator.account().datasetsNamed("garden").get(0).files()).hasSize(16);
    }

    @Test
    void whatAPersonMustMendEndsTheStartInOneLine() {
        s3.refuse(Operation.DELETE, 403, "AccessDenied");
        assertThatThrownBy(() -> StartChecks.check(settings())).isInstanceOf(SettingsException.class)
            .hasMessageStartingWith("dropfolder.inbox is s3://photos/inbox/, which can't be used: access is denied to delete from it")
            .message().contains("s3:DeleteObject on arn:aws:s3:::photos/inbox/*").hasLineCount(1);
        s3.heal();
        StartChecks.check(settings());
        assertThat(s3.keys(BUCKET, "")).isEmpty();
    }

    @Test
    void anIdleBucketCostsOneListingAScanAndNothingElse() throws IOException {
        // so that the folder stays, and gets its word, when its images are gone
        s3.put(BUCKET, "inbox/garden/", "");
        drop("garden", 1, 15);
        begin();
        isTrained("garden", 15);
        // what the end of the training still wakes: that it is told, and the word that tells of it
        await().atMost(MINUTE).until(() -> !told("garden: the model is ready").isEmpty() && word("garden").contains("model/garden/version/1"));
        isReady();
        Asked listing = new Asked(Operation.LIST, BUCKET, "inbox/", "inbox/");
        // and that word once more, where it was being written as the model came
        await().during(Duration.ofSeconds(3)).atMost(MINUTE).until(() -> {
            boolean idle = s3.asked().stream().allMatch(listing::equals);
            s3.forget();
            return idle;
        });
        for (int minutes = 0; minutes < 10; minutes++) {
            int before = s3.asked().size();
            clock.advance(MINUTE);
            await().atMost(MINUTE).until(() -> s3.asked().size() >= before + 2);
        }
        assertThat(s3.asked()).containsOnly(listing);
    }

    /** However long the pause before it is, which begins only after the failure that is seen here. */
    private void later(Callable<Boolean> happens) {
        await().atMost(MINUTE).until(() -> {
            clock.advance(Duration.ofHours(1));
            return happens.call();
        });
    }

    private List<String> told(String words) {
        synchronized (log) {
            return log.stream().filter(line -> line.contains(words)).toList();
        }
    }

    private int tries() {
        return (int) s3.asked().stream().filter(asked -> asked.operation() == Operation.DELETE && asked.key().equals("inbox/garden/picture 7.png")).count();
    }

    private String word(String dataset) {
        String key = "inbox/" + dataset + "/_status.txt";
        return s3.keys(BUCKET, key).isEmpty() ? "" : new String(s3.get(BUCKET, key), StandardCharsets.UTF_8);
    }

    /** The health says so, in words and without names, and the status too; only readiness is down. */
    private void down(String of, String words) {
        await().atMost(MINUTE).untilAsserted(() -> {
            HttpResponse<String> ready = get("/observe/health/ready");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).contains(words).doesNotContain("garden", BUCKET, "Exception", SECRET, S3Server.KEYS.accessKey());
        });
        assertThat(get("/observe/health/live").statusCode()).isEqualTo(200);
        assertThat(status().get("troubles")).anySatisfy(trouble -> {
            assertThat(((JsonNode) trouble).get("of").asText()).isEqualTo(of);
            assertThat(((JsonNode) trouble).get("words").asText()).contains(words);
        });
    }
}
