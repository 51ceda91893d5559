package org.dropfolder.pipeline;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.dropfolder.TestClock;
import org.dropfolder.ideogram.ApiClient;
import org.dropfolder.ideogram.ApiException;
import org.dropfolder.ideogram.ApiKey;
import org.dropfolder.ideogram.DatasetList;
import org.dropfolder.ideogram.Gate;
import org.dropfolder.ideogram.Json;
import org.dropfolder.ideogram.ZipPart;
import org.dropfolder.ideogram.ZipUpload;

/** Ways for a request to fail. */
final class Failures {
    private Failures() { }

    static ApiException answer(int status) {
        return new ApiException(status, Optional.empty(), "");
    }

    static ApiException busyFor(Duration wait) {
        return new ApiException(429, Optional.of(wait), "");
    }

    /** What the API's client throws where nobody listens. */
    static Exception notSent() {
        HttpClientBuilder builder = HttpClientBuilder.create();
        try (ApiClient api = new ApiClient(new ApiKey(() -> "key", new TestClock()), new Gate(3, new TestClock()), Duration.ofSeconds(5))) {
            api.configure(builder);
            try (CloseableHttpClient client = builder.build()) {
                client.execute(new HttpGet("http://127.0.0.1:" + closedPort() + "/datasets"), response -> null);
            }
        } catch (IOException e) {
            return e;
        }
        throw new AssertionError("somebody answered");
    }

    /** What the API's client throws when a file of this name is not what was accepted. */
    static Exception contentChanged(String name) throws IOException {
        return whileSending(new ZipPart(name, 1, 0, () -> new ByteArrayInputStream(new byte[] {1})));
    }

    /** What it throws where a claim ran out while the request waited for its turn. */
    static Exception claimLost() throws IOException {
        return whileSending(new ZipPart("a.jpg", 1, 0, () -> {
            throw new LostClaimException("send it");
        }));
    }

    private static Exception whileSending(ZipPart part) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> exchange.getRequestBody().readAllBytes());
        server.start();
        HttpClientBuilder builder = HttpClientBuilder.create();
        try (ApiClient api = new ApiClient(new ApiKey(() -> "key", new TestClock()), new Gate(3, new TestClock()), Duration.ofSeconds(5))) {
            api.configure(builder);
            HttpPost upload = new HttpPost("http://127.0.0.1:" + server.getAddress().getPort() + "/upload_assets");
            upload.setEntity(ZipUpload.entity("files", List.of(part), sent -> { }));
            try (CloseableHttpClient client = builder.build()) {
                client.execute(upload, response -> null);
            }
        } catch (IOException e) {
            return e;
        } finally {
            server.stop(0);
        }
        throw new AssertionError("it was sent");
    }

    static Exception unreadable() {
        try {
            Json.mapper().readValue("<html>", DatasetList.class);
        } catch (IOException e) {
            return e;
        }
        throw new AssertionError("it was read");
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
