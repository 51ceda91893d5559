package org.dropfolder.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.dropfolder.pipeline.Receipt;
import org.dropfolder.server.RouteFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are sent over HTTP: what lies in the inbox then, and what never does. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImageRouteTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private int port;
    private Scene scene;
    private Path inbox;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        scene = Scene.of(folder, Clock.systemUTC(), List.of("steer"));
        port = scene.routes().startServing(Map.of());
        inbox = scene.routes().inbox();
    }

    @AfterAll
    void stop() {
        scene.close();
    }

    @AfterEach
    void empty() throws IOException {
        try (Stream<Path> all = Files.walk(inbox)) {
            for (Path path : all.sorted((one, other) -> other.compareTo(one)).filter(path -> !path.equals(inbox)).toList()) {
                Files.delete(path);
            }
        }
    }

    @Test
    void aFileLiesInTheInboxAsItWasSent() throws Exception {
        byte[] bytes = new byte[3_000_000];
        new Random(7).nextBytes(bytes);

        HttpResponse<String> answer = put("garden", "photo.jpg", bytes);

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(said(answer).get("done").booleanValue()).isTrue();
        assertThat(said(answer).get("source").asText()).isEqualTo("garden/photo.jpg");
        assertThat(said(answer).get("message").asText()).isEqualTo("photo.jpg lies in garden.");
        assertThat(inbox.resolve("garden/photo.jpg")).hasBinaryContent(bytes);
        assertThat(files()).containsExactly("garden/photo.jpg");
    }

    @Test
    void whatIsThereIsNeverOverwritten() throws Exception {
        Files.createDirectories(inbox.resolve("garden"));
        Files.writeString(inbox.resolve("garden/photo.jpg"), "a person's own");

        assertThat(said(put("garden", "photo.jpg", "one".getBytes())).get("source").asText()).isEqualTo("garden/photo-2.jpg");
        assertThat(said(put("garden", "photo.jpg", "two".getBytes())).get("message").asText())
            .isEqualTo("photo.jpg lies in garden as photo-3.jpg, since another file has its name.");
        assertThat(inbox.resolve("garden/photo.jpg")).hasContent("a person's own");
        assertThat(inbox.resolve("garden/photo-2.jpg")).hasContent("one");
    }

    @Test
    void manyOfOneNameAllArrive() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> all = IntStream.range(0, 8).mapToObj(i ->
            client.sendAsync(request("garden", "photo.jpg").PUT(BodyPublishers.ofString("photo " + i)).build(), BodyHandlers.ofString())).toList();

        assertThat(all).allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(201));
        assertThat(files()).hasSize(8).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Gärten & Höfe", "a+b 100%", "<b>bold", "猫", "what?", "#1; x=y", "c:d", "\uD83D\uDE00"})
    void anyNameThatAFolderCanHaveWillDo(String name) throws Exception {
        assertThat(put(name, name + ".jpg", "x".getBytes()).statusCode()).isEqualTo(201);
        assertThat(inbox.resolve(name).resolve(name + ".jpg")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "../../evil.jpg", "/etc/passwd", "a/b.jpg", "..\\evil.jpg", ".hidden.jpg", "~photo.jpg",
        "photo.jpg.part", "Thumbs.db", "_status.txt", "dropfolder.yaml", " ", "a\u0000.jpg", "a\nb.jpg", "\u202Egpj.evil", "\uFFFD.jpg"})
    void aHostileOrUselessNameIsRefusedInWords(String name) throws Exception {
        for (HttpResponse<String> answer : List.of(put("garden", name, "x".getBytes()), put(name, "photo.jpg", "x".getBytes()))) {
            assertThat(answer.statusCode()).isIn(400, 404);
            assertThat(said(answer).get("done").booleanValue()).isFalse();
            assertThat(said(answer).get("message").asText()).isNotEmpty().doesNotContain("\n", "\u202E");
        }
        assertThat(files()).isEmpty();
        assertThat(inbox.resolve("garden")).doesNotExist();
    }

    @Test
    void aNameThatNoDiskCanKeepIsRefused() throws Exception {
        assertThat(said(put("garden", " .jpg", "x".getBytes())).get("message").asText()).contains("is empty");
        assertThat(said(put("garden", "x".repeat(197) + ".jpg", "x".getBytes())).get("message").asText()).contains("longer than 200 bytes");
        assertThat(put("猫".repeat(67), "photo.jpg", "x".getBytes()).statusCode()).isEqualTo(400);
        assertThat(put("garden", "x".repeat(196) + ".jpg", "x".getBytes()).statusCode()).isEqualTo(201);
    }

    @Test
    void aFolderThatIsALinkIsNotWrittenTo(@TempDir Path elsewhere) throws Exception {
        Files.createSymbolicLink(inbox.resolve("garden"), elsewhere);

        assertThat(put("garden", "photo.jpg", "x".getBytes()).statusCode()).isEqualTo(500);
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void whoSendsTooSlowlyIsAnsweredInWords() {
        Exchange exchange = new DefaultExchange(scene.routes().camel());
        exchange.getMessage().setBody(new Receipt(Receipt.Outcome.TOO_SLOW, "too slowly", Optional.empty()));

        scene.routes().bean("desk", Desk.class).receipt(exchange);

        assertThat(exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(408);
        assertThat(exchange.getMessage().getBody()).isEqualTo(new Said(false, "too slowly"));
    }

    @Test
    void whatIsTooLargeIsRefusedBeforeItComes() throws Exception {
        try (Socket socket = begun("Content-Length: " + ((1L << 30) + 1))) {
            assertThat(answer(socket)).startsWith("HTTP/1.1 413").contains("larger than 1 GB");
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void aFileThatBreaksOffLeavesNothingNotEvenAFolder() throws Exception {
        for (String length : List.of("Content-Length: 1000", "Transfer-Encoding: chunked")) {
            try (Socket socket = begun(length)) {
                OutputStream out = socket.getOutputStream();
                out.write((length.startsWith("T") ? "100\r\n" : "").getBytes());
                out.write(new byte[200]);
                out.flush();
                RouteFixture.soon().until(() -> !files().isEmpty());
                assertThat(files()).as("it has a name that the intake passes over").allMatch(name -> name.matches("garden/\\..*\\.part"));
            }
            RouteFixture.soon().until(() -> !Files.exists(inbox.resolve("garden")));
        }
    }

    @Test
    void whoAsksFirstIsToldToGoOn() throws Exception {
        try (Socket socket = begun("Content-Length: 2\r\nExpect: 100-continue")) {
            byte[] first = new byte[25];
            socket.getInputStream().readNBytes(first, 0, first.length);
            assertThat(new String(first)).startsWith("HTTP/1.1 100 Continue");
            socket.getOutputStream().write("ok".getBytes());
            assertThat(answer(socket)).contains("HTTP/1.1 201");
        }
    }

    @Test
    void anEmptyFileIsAFile() throws Exception {
        assertThat(put("garden", "empty.jpg", new byte[0]).statusCode()).isEqualTo(201);
        assertThat(inbox.resolve("garden/empty.jpg")).isEmptyFile();
    }

    private Socket begun(String header) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.getOutputStream().write(("PUT /api/datasets/garden/images/photo.jpg HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
            + "Authorization: Bearer " + RouteFixture.TOKEN + "\r\n" + header + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return socket;
    }

    private static String answer(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(inbox)) {
            return all.filter(Files::isRegularFile).map(file -> inbox.relativize(file).toString()).toList();
        }
    }

    private HttpResponse<String> put(String dataset, String file, byte[] bytes) throws IOException, InterruptedException {
        return client.send(request(dataset, file).PUT(BodyPublishers.ofByteArray(bytes)).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String dataset, String file) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/datasets/" + encoded(dataset) + "/images/" + encoded(file)))
            .header("Authorization", "Bearer " + RouteFixture.TOKEN);
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20").replace(".", "%2E");
    }

    private static JsonNode said(HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }
}
