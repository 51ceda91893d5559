package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dropfolder.TestClock;
import org.dropfolder.ledger.Lease;
import org.dropfolder.ledger.Ledger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a command finds the server, and what it says where that does not go well. */
class MessengerTest {
    @TempDir
    private Path home;
    private final List<String> requests = new ArrayList<>();
    private HttpServer server;
    private String answer = "{\"done\":true,\"message\":\"It goes.\"}";
    private int status = 200;
    private Settings settings;

    @BeforeEach
    void aServerAndADataFolder() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        Path data = Files.createDirectory(home.resolve("data"));
        settings = Settings.load(SettingsSample.SHIPPED, Map.of("dropfolder.inbox", home.toString(), "dropfolder.data", data.toString()),
            Map.of());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void bringsTheOrderToTheServerThatHoldsTheFolder() throws IOException {
        try (DataLock lock = held(url())) {
            assertThat(train("Gärten/..?")).isEqualTo(new Messenger.Reply(true, "It goes."));
            assertThat(new Messenger(settings).retry("a b+c").done()).isTrue();
            assertThat(requests).containsExactly(
                "POST /api/datasets/G%C3%A4rten%2F%2E%2E%3F/train?again=true Bearer " + lock.holder().token(),
                "POST /api/datasets/a%20b%2Bc/retry Bearer " + lock.holder().token());
        }
    }

    @Test
    void saysWhatTheServerRefused() throws IOException {
        status = 409;
        answer = "{\"done\":false,\"message\":\"Not now.\"}";
        try (DataLock lock = held(url())) {
            assertThat(train("cats")).isEqualTo(new Messenger.Reply(false, "Not now."));
            assertThat(lock.holder().runsHere()).isTrue();
        }
    }

    @Test
    void saysWhenTheServerIsGone() throws IOException {
        String url = url();
        server.stop(0);
        try (DataLock lock = held(url)) {
            assertThat(refused("cats")).contains("does not answer", "process " + lock.holder().pid(), "Try again");
        }
    }

    @Test
    void saysWhenTheTokenIsRefused() throws IOException {
        status = 401;
        try (DataLock lock = held(url())) {
            assertThat(refused("cats")).contains("does not know the token", url()).doesNotContain(lock.holder().token());
        }
    }

    @Test
    void saysWhenSomethingElseAnswers() throws IOException {
        for (String strange : List.of("<html>", "", "[]", "{\"done\":\"yes\"}")) {
            answer = strange;
            status = 500;
            try (DataLock lock = held(url())) {
                assertThat(refused("cats")).contains("500", "log").doesNotContain(lock.holder().token());
            }
        }
    }

    @Test
    void saysWhenAnotherCommandIsAtWork() throws IOException {
        try (DataLock lock = held("")) {
            assertThat(refused("cats")).contains("Another command", "process " + lock.holder().pid());
        }
    }

    @Test
    void sendsNoTokenToThisMachineWhereTheServerRunsOnAnother() throws IOException {
        Holder far = new Holder(1, "another-machine", "today", url(), "secret");
        try (DataLock lock = held(far)) {
            assertThat(refused("cats")).contains("another-machine").doesNotContain(lock.holder().token());
            assertThat(requests).isEmpty();
        }
    }

    @Test
    void writesItDownItselfWhereNoServerRunsWhateverAnOldLockFileSays() throws IOException {
        held(url()).close();
        Files.writeString(settings.folders().data().resolve(DataLock.NAME),
            "{\"pid\":1,\"host\":\"gone\",\"started\":\"long ago\",\"url\":\"" + url() + "\",\"token\":\"old\"}");
        assertThat(refused("cats")).contains("Nothing was ever dropped for cats");
        assertThat(requests).isEmpty();
    }

    @Test
    void beginsNoLedger() {
        assertThatThrownBy(() -> train("cats")).isInstanceOf(SettingsException.class)
            .hasMessageContainingAll("there is no ledger", "--simulate");
        assertThat(settings.folders().data()).isEmptyDirectory();
    }

    private Messenger.Reply train(String dataset) {
        return new Messenger(settings).train(dataset, true);
    }

    private String refused(String dataset) {
        Messenger.Reply reply = train(dataset);
        assertThat(reply.done()).isFalse();
        return reply.message();
    }

    private DataLock held(String url) {
        return held(Holder.thisProcess(url, new TestClock()));
    }

    private DataLock held(Holder holder) {
        DataLock lock = DataLock.take(settings.folders(), holder);
        Ledger.open(settings.folders().ledgerUrl(), Lease.ofThisProcess(Duration.ofMinutes(1), new TestClock()), false).close();
        return lock;
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }
}
