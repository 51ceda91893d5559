package org.dropfolder.ideogram;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;

/** Calls as the routes do: an HttpClient that was configured by an {@link ApiClient}. */
final class Caller implements AutoCloseable {

    static final String KEY = "secret-key-0815";
    static final String NEW_DATASET = "{\"name\": \"cats\"}";

    final Gate gate;
    final ApiClient api;
    private final CloseableHttpClient client;

    Caller(Supplier<String> key, int inFlight, Duration timeout) {
        this(new ApiKey(key, Clock.systemUTC()), inFlight, timeout);
    }

    Caller(ApiKey key, int inFlight, Duration timeout) {
        gate = new Gate(inFlight, Clock.systemUTC());
        api = new ApiClient(key, gate, timeout);
        HttpClientBuilder builder = HttpClientBuilder.create();
        api.configure(builder);
        client = builder.build();
    }

    Caller() {
        this(() -> KEY, 8, Duration.ofSeconds(20));
    }

    static Caller impatient() {
        return new Caller(() -> KEY, 8, Duration.ofMillis(200));
    }

    String get(URI uri) throws IOException {
        return read(open(uri));
    }

    ClassicHttpResponse open(URI uri) throws IOException {
        return client.executeOpen(null, new HttpGet(uri), null);
    }

    String post(URI uri, String json) throws IOException {
        return post(uri, new StringEntity(json, ContentType.APPLICATION_JSON));
    }

    String post(URI uri, HttpEntity body) throws IOException {
        HttpPost post = new HttpPost(uri);
        post.setEntity(body);
        return read(client.executeOpen(null, post, null));
    }

    /** A zip of one small image, as an upload is. */
    String upload(URI uri) throws IOException {
        return post(uri, ZipUpload.entity("files", List.of(ZipFiles.part("a.jpg", new byte[] {1})), sent -> { }));
    }

    private static String read(ClassicHttpResponse response) throws IOException {
        try (response) {
            HttpEntity body = response.getEntity();
            if (body == null) {
                return "";
            }
            try (InputStream in = body.getContent()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
        api.close();
    }
}
