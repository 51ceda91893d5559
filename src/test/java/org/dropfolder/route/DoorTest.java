package org.dropfolder.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.server.RouteFixture;
import org.dropfolder.simulator.Operation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks over real HTTP, byte by byte as no client would send them: each is turned away, and nothing happens. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorTest {
    private static final String BEARER = "Authorization: Bearer " + RouteFixture.TOKEN;
    private int port;
    private Path folder;
    private Scene scene;
    private RouteFixture routes;
    private Dataset kittens;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        this.folder = folder;
        scene = Scene.of(folder, Clock.systemUTC(), List.of("page", "status", "steer"));
        routes = scene.routes();
        port = routes.startServing(Map.of("camel.management.enabled", "true", "camel.management.host", "127.0.0.1", "camel.management.port", "0",
            "camel.management.healthCheckEnabled", "true", "camel.management.metricsEnabled", "true", "camel.metrics.enabled", "true"));
        kittens = scene.uploaded("kittens", 15);
    }

    @AfterAll
    void stop() {
        scene.close();
    }

    /** What came back: its first line, its headers in lower case, its body. */
    private record Answer(int status, String head, String body) {
        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(body);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host: evil.example", "Host: evil.example:{port}", "Host: 127.0.0.1.evil.example:{port}", "Host: 192.168.0.1",
        "Host: user@127.0.0.1", "X: no host", "Host: 127.0.0.1\r\nHost: evil.example", "Host: evil.example\r\nHost: 127.0.0.1",
        "Host: 127.0.0.1\r\nOrigin: http://evil.example", "Host: 127.0.0.1\r\nOrigin: null", "Host: 127.0.0.1\r\nOrigin: http://127.0.0.1:1",
        "Host: 127.0.0.1\r\nOrigin: file://", "Host: localhost:{port}\r\nOrigin: http://localhost.evil.example:{port}",
        "Host: 127.0.0.1\r\nSec-Fetch-Site: cross-site", "Host: 127.0.0.1\r\nSec-Fetch-Site: same-site\r\nSec-Fetch-Mode: navigate",
        "Host: 127.0.0.1\r\nSec-Fetch-Site: nonsense"})
    void whoComesByAnotherNameOrFromAnotherSiteStartsNoTrainingEvenWithTheToken(String headers) throws Exception {
        Answer answer = send("POST /api/datasets/kittens/train HTTP/1.1", headers, BEARER, "Content-Length: 0");

        assertThat(answer.status()).isIn(400, 403);
        assertNothingHappened();
        assertThat(answer.body()).doesNotContain("evil");
    }

    @Test
    void eachRefusalIsShortAndInWords() throws Exception {
        for (String headers : List.of("Host: evil.example", "Host: 127.0.0.1\r\nOrigin: http://evil.example")) {
            Answer answer = send("GET /api/status HTTP/1.1", headers);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.head()).contains("content-type: application/json", "nosniff");
            assertThat(answer.json().get("done").booleanValue()).isFalse();
            assertThat(answer.json().get("message").asText()).hasSizeBetween(20, 200).endsWith(".");
        }
    }

    @Test
    void whoHasNoTokenOrAWrongOneStartsNothingAndBringsNothing() throws Exception {
        for (String authorization : List.of("X: none", "Authorization: Bearer wrong", "Authorization: Basic dGhlLXRva2Vu")) {
            for (String line : List.of("POST /api/datasets/kittens/train", "POST /api/datasets/kittens/retry", "POST /api/session",
                "PUT /api/datasets/kittens/images/a.jpg", "DELETE /api/datasets/kittens", "OPTIONS /api/datasets", "POST /api/nothing")) {
                Answer answer = send(line + " HTTP/1.1", "Host: localhost", authorization, "Content-Length: 3\r\n\r\nabc");
                assertThat(answer.status()).as(line).isEqualTo(401);
                assertThat(answer.head()).contains("www-authenticate: bearer");
            }
        }
        assertNothingHappened();
        assertThat(routes.inbox().resolve("kittens/a.jpg")).doesNotExist();
    }

    @Test
    void ourOwnPageMaySteer() throws Exception {
        Dataset puppies = scene.uploaded("puppies", 15);

        Answer answer = send("POST /api/datasets/puppies/train HTTP/1.1", "Host: localhost:" + port, "Origin: http://localhost:" + port,
            "Sec-Fetch-Site: same-origin", BEARER, "Content-Length: 0");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(routes.ledger().trainings().newestOf(puppies.id())).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/page/page.css", "/api/status", "/api/datasets", "/observe/health", "/observe/metrics", "/api/events"})
    void whatCanBeReadCanBeAskedForWithoutItsBody(String path) throws Exception {
        Answer answer = send("HEAD " + path + " HTTP/1.1", "Host: 127.0.0.1");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.head()).contains("content-type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /", "PUT /page/page.js", "DELETE /observe/health", "BREW /observe/metrics"})
    void whatCanOnlyBeReadAnswersThatInWords(String line) throws Exception {
        Answer answer = send(line + " HTTP/1.1", "Host: 127.0.0.1", "Content-Length: 0");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.json().get("message").asText()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/api/../nothing", "/api/%2e%2e/x", "/observe", "/api/datasets/a/b/c/d/e"})
    void whatIsNotThereAnswersThatInWords(String path) throws Exception {
        Answer answer = send("GET " + path + " HTTP/1.1", "Host: 127.0.0.1");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().get("done").booleanValue()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?exposureLevel=full&data=true&stackTrace=true", "?data=true", "?"})
    void healthNamesNoNamesWhoeverAsksHow(String query) throws Exception {
        for (String path : List.of("/observe/health", "/observe/health/ready", "/observe/health/live")) {
            Answer answer = send("GET " + path + query + " HTTP/1.1", "Host: any.name.at.all");
            assertThat(answer.status()).isIn(200, 503);
            assertThat(answer.body()).contains("\"status\"").doesNotContain("kittens", folder.toString(), "endpoint", "stacktrace");
        }
    }

    @Test
    void metricsNameNoDatasetsNorFolders() throws Exception {
        assertThat(send("GET /observe/metrics HTTP/1.1", "Host: any").body()).contains("camel_").doesNotContain("kittens", folder.toString());
    }

    @Test
    void largeBodiesOfWhatIsNoFileAreNotRead() throws Exception {
        assertThat(send("POST /api/datasets/kittens/train HTTP/1.1", "Host: 127.0.0.1", BEARER, "Content-Length: 99999999").status())
            .isEqualTo(413);
        assertThat(send("POST /api/datasets/kittens/train HTTP/1.1", "Host: 127.0.0.1", BEARER, "Transfer-Encoding: chunked").status())
            .isEqualTo(413);
        assertThat(send("GET /api/status HTTP/1.1", "Host: 127.0.0.1", "Content-Length: 70000").status()).isEqualTo(413);
        assertNothingHappened();
    }

    @Test
    void aBrowserThatWasHandedThePassMayLookOn() throws Exception {
        Answer answer = send("POST /api/session HTTP/1.1", "Host: 127.0.0.1", BEARER, "Content-Length: 0");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.head()).containsPattern("set-cookie: dropfolder-[0-9a-f]{8}=[0-9a-f]{64}; path=/api; httponly; samesite=strict")
            .doesNotContain("secure").doesNotContain(RouteFixture.TOKEN);
        String cookie = "Cookie: " + answer.head().replaceFirst("(?s).*set-cookie: ([^;]*).*", "$1");
        String elsewhere = "X-Forwarded-For: 10.0.0.9";
        assertThat(send("GET /api/status HTTP/1.1", "Host: 127.0.0.1", elsewhere).status()).isEqualTo(401);
        assertThat(send("GET /api/status HTTP/1.1", "Host: 127.0.0.1", elsewhere, cookie).status()).isEqualTo(200);
        assertThat(send("POST /api/datasets/kittens/retry HTTP/1.1", "Host: 127.0.0.1", cookie, "Content-Length: 0").status()).isEqualTo(401);
    }

    private void assertNothingHappened() {
        assertThat(routes.ledger().trainings().newestOf(kittens.id())).isEmpty();
        assertThat(routes.bodiesAt("seda:dataset-uploaded")).doesNotContain("kittens");
        assertThat(scene.requests(Operation.TRAIN_MODEL)).isZero();
    }

    private Answer send(String line, String... headers) throws IOException {
        String request = (line + "\r\n" + String.join("\r\n", headers)).replace("{port}", Integer.toString(port));
        String whole = request.contains("\r\n\r\n") ? request.replaceFirst("\r\n\r\n", "\r\nConnection: close\r\n\r\n")
            : request + "\r\nConnection: close\r\n\r\n";
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(whole.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return read(socket.getInputStream());
        }
    }

    private static Answer read(InputStream stream) throws IOException {
        String all = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        String head = all.substring(0, all.indexOf("\r\n\r\n"));
        String body = all.substring(head.length() + 4);
        boolean chunked = head.toLowerCase().contains("transfer-encoding: chunked") && !body.isEmpty();
        return new Answer(Integer.parseInt(head.substring(9, 12)), head.toLowerCase(), chunked ? body.replaceAll("(^|\r\n)[0-9a-f]+\r\n", "") : body);
    }
}
