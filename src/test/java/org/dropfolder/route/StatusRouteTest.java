package org.dropfolder.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.http.HttpEntity;
import org.dropfolder.TestClock;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.pipeline.Uploader;
import org.dropfolder.server.RouteFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What programs are told over HTTP. */
class StatusRouteTest {
    private final HttpClient client = HttpClient.newHttpClient();
    @TempDir
    private Path folder;
    private URI url;
    private Scene scene;
    private RouteFixture routes;

    @BeforeEach
    void start() throws Exception {
        start(folder, Clock.systemUTC());
    }

    private void start(Path in, Clock clock) throws Exception {
        scene = Scene.of(in, clock, List.of("status"));
        routes = scene.routes();
        url = URI.create("http://127.0.0.1:" + routes.startServing(Map.of()) + "/api/status");
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void tellsWhatIsWhereAsJson() throws Exception {
        scene.uploaded("kittens", 2);
        scene.accept("kittens/one more.jpg", RouteFixture.jpeg("one more"));
        scene.accepted("puppies", 1);

        HttpResponse<String> answer = send(HttpRequest.newBuilder(url).header("X-Mine", "echo?"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/json");
        assertThat(answer.headers().map()).doesNotContainKey("X-Mine");
        JsonNode status = new ObjectMapper().readTree(answer.body());
        assertThat(status.get("simulated").booleanValue()).isFalse();
        assertThat(status.findValuesAsText("name")).containsExactly("kittens", "puppies");
        JsonNode kittens = status.at("/datasets/0");
        assertThat(kittens.get("dataset_id").asText()).isEqualTo(routes.dataset("kittens").knownId());
        assertThat(kittens.get("uploaded").intValue()).isEqualTo(2);
        assertThat(kittens.get("pending").intValue()).isEqualTo(1);
        assertThat(kittens.get("needed").intValue()).isEqualTo(15);
        assertThat(kittens.get("training").isNull()).isTrue();
    }

    @Test
    void tellsOfTheTraining() throws Exception {
        scene.running("kittens", "kittens");

        JsonNode training = new ObjectMapper().readTree(send(HttpRequest.newBuilder(url)).body()).at("/datasets/0/training");

        assertThat(training.get("state").asText()).isEqualTo("RUNNING");
        assertThat(training.get("model_id").asText()).isEqualTo(scene.simulator().account().models().get(0).id());
    }

    @Test
    void tellsHowFarALargeUploadIsUntilItEnds() throws Exception {
        scene.close();
        TestClock clock = new TestClock();
        start(Files.createDirectory(folder.resolve("again")), clock);
        scene.acceptedForAKnownDataset("kittens", 1);
        scene.accept("kittens/large.jpg", RouteFixture.jpeg("a".repeat(3 << 20)));
        Uploader uploader = routes.bean("uploader", Uploader.class);
        Dataset kittens = routes.dataset("kittens");
        uploader.claim(kittens, Scene.empty(kittens));
        HttpEntity request = uploader.request(uploader.claimed(kittens));
        assertThat(uploads()).isEqualTo("[]");

        request.writeTo(new FilterOutputStream(OutputStream.nullOutputStream()) {
            @Override
            public void write(byte[] bytes, int from, int length) {
                // what the format writes between and behind the images takes no time
                clock.pass(Duration.ofSeconds(length > 10_000 ? 1 : 0));
            }
        });

        JsonNode upload = new ObjectMapper().readTree(uploads()).get(0);
        assertThat(upload.get("dataset").asText()).isEqualTo("kittens");
        assertThat(upload.get("bytes").longValue()).isEqualTo(upload.get("of").longValue()).isGreaterThan(3 << 20);
        assertThat(upload.get("rate").longValue()).isPositive();
        assertThat(upload.get("seconds_left").isNull()).as("all is sent").isTrue();
        assertThat(new ObjectMapper().readTree(send(HttpRequest.newBuilder(url)).body()).at("/datasets/0/upload")).isEqualTo(upload);
        request.close();
        assertThat(uploads()).isEqualTo("[]");
        assertThat(new ObjectMapper().readTree(send(HttpRequest.newBuilder(url)).body()).at("/datasets/0/upload").isNull()).isTrue();
    }

    private String uploads() throws Exception {
        return send(HttpRequest.newBuilder(url.resolve("/api/uploads"))).body();
    }

    @Test
    void canOnlyBeRead() throws Exception {
        HttpRequest.Builder ours = HttpRequest.newBuilder(url).header("Authorization", "Bearer " + RouteFixture.TOKEN);
        assertThat(send(ours.copy().POST(BodyPublishers.ofString("{}"))).statusCode()).isEqualTo(405);
        assertThat(send(ours.copy().DELETE()).statusCode()).isEqualTo(405);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
