package org.dropfolder.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.pipeline.Accepted;
import org.dropfolder.server.RouteFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders over HTTP: who may give them, of which dataset, and what is woken. */
class SteerRouteTest {
    private final HttpClient client = HttpClient.newHttpClient();
    @TempDir
    private Path folder;
    private int port;
    private Scene scene;
    private RouteFixture routes;

    @BeforeEach
    void start() throws Exception {
        scene = Scene.of(folder, Clock.systemUTC(), List.of("steer"));
        routes = scene.routes();
        port = routes.startServing(Map.of());
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void approvesATrainingAndWakesIt() throws Exception {
        Dataset kittens = scene.uploaded("kittens", 15);

        HttpResponse<String> answer = send(order("kittens", "train").header("X-Mine", "echo?"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/json");
        assertThat(answer.headers().map()).doesNotContainKeys("X-Mine", "Authorization");
        assertThat(said(answer).fieldNames()).toIterable().containsExactlyInAnyOrder("done", "message");
        assertThat(said(answer).get("done").booleanValue()).isTrue();
        assertThat(said(answer).get("message").asText()).contains("kittens", "about 40 US dollars");
        assertThat(routes.ledger().trainings().newestOf(kittens.id()).orElseThrow().approvedAt()).isPresent();
        assertThat(routes.bodiesAt("seda:dataset-uploaded")).containsExactly("kittens");
        assertThat(routes.bodiesAt("seda:image-accepted")).isEmpty();
    }

    @Test
    void takesUpWhatIsInDoubtAndWakesIt() throws Exception {
        scene.acceptedForAKnownDataset("kittens", 2);
        Dataset kittens = routes.dataset("kittens");
        routes.ledger().datasets().troubled(kittens.id(), "no connection", Clock.systemUTC().instant().plusSeconds(60));

        HttpResponse<String> answer = send(order("kittens", "retry"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(routes.dataset("kittens").retryAt()).isEmpty();
        assertThat(routes.bodiesAt("seda:image-accepted")).containsExactly(new Accepted("kittens", 0));
        assertThat(routes.bodiesAt("seda:dataset-uploaded")).containsExactly("kittens");
    }

    @Test
    void refusesWithAConflictAndWakesNobody() throws Exception {
        scene.uploaded("kittens", 14);

        HttpResponse<String> answer = send(order("kittens", "train?again=true"));

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(said(answer).get("done").booleanValue()).isFalse();
        assertThat(said(answer).get("message").asText()).contains("14 images", "takes 15");
        assertThat(routes.bodiesAt("seda:dataset-uploaded")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Bearer the-toke", "Bearer the-token2", "the-token",
        "Basic dGhlLXRva2Vu"})
    void knowsNobodyWithoutTheToken(String authorization) throws Exception {
        Dataset kittens = scene.uploaded("kittens", 15);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri("kittens", "train")).POST(BodyPublishers.noBody());
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }

        HttpResponse<String> answer = send(request);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(said(answer).get("done").booleanValue()).isFalse();
        assertThat(answer.body()).doesNotContain("the-token");
        assertThat(routes.ledger().trainings().newestOf(kittens.id())).isEmpty();
        assertThat(routes.bodiesAt("seda:dataset-uploaded")).isEmpty();
    }

    @Test
    void takesTheSchemeInAnySpelling() throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri("nobody", "train")).POST(BodyPublishers.noBody());

        assertThat(send(request.header("Authorization", "bearer the-token")).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "..", "../kittens", "a/b", "%2e%2e", "<script>alert(1)</script>", "\u202Eevil\n", "1' OR '1'='1",
        "kittens\u0000", "\uD83D\uDE00"})
    void doesNotKnowWhatWasNeverDropped(String name) throws Exception {
        scene.uploaded("kittens", 15);

        HttpResponse<String> answer = send(order(name, "train"));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(routes.bodiesAt("seda:dataset-uploaded")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Gärten & Höfe", "a+b 100%", "<b>bold", "猫", "what?", "#1; x=y"})
    void findsADatasetOfAnyName(String name) throws Exception {
        scene.uploaded(name, 14);

        HttpResponse<String> answer = send(order(name, "train"));

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(said(answer).get("message").asText()).startsWith(name + " has 14 images");
    }

    @Test
    void believesTheAddressAlone() throws Exception {
        scene.uploaded("kittens", 15);
        scene.uploaded("puppies", 14);

        HttpResponse<String> answer = send(order("puppies", "train?name=kittens&again=false").header("name", "kittens")
            .header("CamelHttpUri", "/api/datasets/kittens/train"));

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(said(answer).get("message").asText()).startsWith("puppies");
    }

    @Test
    void readsNoBodyHoweverLarge() throws Exception {
        scene.uploaded("kittens", 14);

        HttpResponse<String> answer = send(HttpRequest.newBuilder(uri("kittens", "train"))
            .header("Authorization", "Bearer " + RouteFixture.TOKEN).header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("name=other&".repeat(2_000))));

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(said(answer).get("message").asText()).startsWith("kittens");
    }

    @Test
    void isNothingToBeReadOrPut() throws Exception {
        for (String what : List.of("train", "retry")) {
            for (String method : List.of("GET", "PUT", "DELETE", "PATCH", "BREW")) {
                HttpResponse<String> answer = send(order("kittens", what).method(method, BodyPublishers.noBody()));
                assertThat(answer.statusCode()).as(method).isEqualTo(405);
                assertThat(said(answer).get("done").booleanValue()).isFalse();
            }
        }
    }

    private HttpRequest.Builder order(String dataset, String what) {
        return HttpRequest.newBuilder(uri(dataset, what)).header("Authorization", "Bearer " + RouteFixture.TOKEN)
            .POST(BodyPublishers.noBody());
    }

    private URI uri(String dataset, String what) {
        String name = URLEncoder.encode(dataset, StandardCharsets.UTF_8).replace("+", "%20");
        return URI.create("http://127.0.0.1:" + port + "/api/datasets/" + name + "/" + what);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode said(HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }
}
