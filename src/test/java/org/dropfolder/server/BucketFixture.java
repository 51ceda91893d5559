package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.dropfolder.AdvancedClock;
import org.dropfolder.contract.Watched;
import org.dropfolder.simulator.Simulator;
import org.dropfolder.store.S3Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server whose inbox is a part of a bucket, with a clock that can be put forward. */
abstract class BucketFixture {
    static final String BUCKET = "photos";
    static final Duration MINUTE = Duration.ofMinutes(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    final AdvancedClock clock = new AdvancedClock();
    final Map<String, String> given = new HashMap<>();
    @TempDir
    Path folder;
    S3Server s3;
    Simulator simulator;
    Server server;

    @BeforeEach
    void startServices() throws Exception {
        s3 = new S3Server(BUCKET);
        simulator = Simulator.start(Watched.simulator().withKey("the-key"));
        given.putAll(Map.of("dropfolder.inbox", "s3://" + BUCKET + "/inbox", "dropfolder.data", folder.toString(), "dropfolder.http.port", "0"));
        given.putAll(Map.of("dropfolder.s3.scan", "300ms", "dropfolder.settle", "200ms", "dropfolder.unfinished", "1s",
            "dropfolder.batch.wait", "300ms", "dropfolder.training.wait", "2s", "dropfolder.sweep", "300ms", "dropfolder.poll.delay", "100ms"));
        given.putAll(Map.of("dropfolder.s3.endpoint", s3.endpoint().toString(), "dropfolder.s3.path-style", "true",
            "dropfolder.s3.access-key", S3Server.KEYS.accessKey(), "dropfolder.s3.secret-key", S3Server.KEYS.secretKey()));
        given.putAll(Map.of("ideogram.url", simulator.url().toString(), "ideogram.api-key", "the-key"));
    }

    @AfterEach
    void stopServices() {
        if (server != null) {
            server.close();
        }
        simulator.close();
        s3.close();
    }

    Settings settings() {
        return Settings.load(SettingsSample.SHIPPED, given, Map.of());
    }

    void begin() {
        server = Server.start(settings(), clock, Seam.UNDISTURBED);
    }

    void drop(String dataset, int from, int to) throws IOException {
        for (int i = from; i <= to; i++) {
            s3.put(BUCKET, "inbox/" + dataset + "/picture " + i + ".png", Pictures.png(i));
        }
    }

    long count(String prefix) {
        return s3.keys(BUCKET, prefix).stream().filter(key -> !key.endsWith("_status.txt") && !key.endsWith("/")).count();
    }

    /** All has arrived, once, and its model is there. */
    void isTrained(String dataset, int images) throws IOException {
        String key = "dropfolder/models/" + dataset + ".json";
        await().atMost(MINUTE).untilAsserted(() -> assertThat(s3.keys(BUCKET, "")).as("%s", status()).contains(key));
        assertThat(JSON.readTree(s3.get(BUCKET, key)).get("images").asInt()).isEqualTo(images);
        assertThat(simulator.account().trainingsStarted()).isEqualTo(1);
        assertThat(simulator.account().datasetsNamed(dataset).get(0).files()).hasSize(images);
    }

    HttpResponse<String> get(String path) {
        try {
            return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(server.address() + path)).timeout(MINUTE).build(),
                HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    JsonNode status() {
        try {
            return JSON.readTree(get("/api/status").body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    void isReady() {
        await().atMost(MINUTE).untilAsserted(() -> assertThat(get("/observe/health/ready").statusCode()).isEqualTo(200));
        assertThat(status().get("troubles")).isEmpty();
    }
}
