package org.dropfolder.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Calls a simulator over HTTP as any client would. */
public final class Client {
    /** Its User-Agent: what it sends may be wrong on purpose. */
    public static final String NAME = "test";
    static final String MULTIPART = "multipart/form-data; boundary=here";
    private static final String JSON = "application/json";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** One for all tests: making one takes longer than most of them. */
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI url;

    public Client(Simulator simulator) {
        this.url = simulator.url();
    }

    /** A file in the form of an upload. */
    record Part(String field, String name, byte[] content) {
        static Part file(String name, byte[] content) {
            return new Part("files", name, content);
        }
    }

    /** Looks often: what the tests wait for is a matter of milliseconds. */
    static ConditionFactory await() {
        return Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url.resolve(path)).header("Api-Key", "any");
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(named(request), BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest.Builder request) {
        return HTTP.sendAsync(named(request), BodyHandlers.ofString());
    }

    private static HttpRequest named(HttpRequest.Builder request) {
        return request.setHeader("User-Agent", NAME).build();
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    HttpResponse<String> post(String path, String type, byte[] body) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)));
    }

    HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return post(path, JSON, json.getBytes(StandardCharsets.UTF_8));
    }

    HttpResponse<String> upload(String datasetId, Part... parts) throws IOException, InterruptedException {
        return post("/datasets/" + datasetId + "/upload_assets", MULTIPART, form(parts));
    }

    public HttpResponse<String> train(String datasetId, String name) throws IOException, InterruptedException {
        return post("/v1/ideogram-v3/train-model",
                "{\"dataset_id\": \"" + datasetId + "\", \"model_name\": \"" + name + "\"}");
    }

    /** Makes a dataset that holds so many images, and gives its id. */
    public String dataset(String name, int images) throws IOException, InterruptedException {
        String id = json(post("/datasets", "{\"name\": \"" + name + "\"}")).get("dataset_id").asText();
        Part[] parts = new Part[images];
        for (int i = 0; i < images; i++) {
            parts[i] = Part.file(i + ".jpg", Samples.jpeg("image " + i));
        }
        if (images > 0) {
            upload(id, parts);
        }
        return id;
    }

    public static JsonNode json(HttpResponse<String> response) throws IOException {
        return MAPPER.readTree(response.body());
    }

    static byte[] form(Part... parts) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        for (Part part : parts) {
            form.writeBytes(("--here\r\nContent-Disposition: form-data; name=\"" + part.field() + "\"; filename=\""
                    + part.name() + "\"\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            form.writeBytes(part.content());
            form.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        form.writeBytes("--here--\r\n".getBytes(StandardCharsets.UTF_8));
        return form.toByteArray();
    }
}
