package org.dropfolder.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.dropfolder.ledger.Asset;
import org.dropfolder.server.RouteFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser is sent: the page, what it shows, the pictures, and the word that something changed. */
class PageRouteTest {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    private final HttpClient client = HttpClient.newHttpClient();
    @TempDir
    private Path folder;
    private String url;
    private Scene scene;
    private RouteFixture routes;

    @BeforeEach
    void start() throws Exception {
        scene = Scene.of(folder, Clock.systemUTC(), List.of("page", "steer"));
        routes = scene.routes();
        url = "http://127.0.0.1:" + routes.startServing(Map.of());
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    static List<String> files() {
        return PageFiles.NAMES;
    }

    @Test
    void thePageIsHtmlThatMayLoadNothingFromElsewhere() throws Exception {
        HttpResponse<String> page = get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().allValues("Content-Type")).containsExactly("text/html; charset=utf-8");
        assertThat(page.body()).startsWith("<!doctype html>");
        assertGuarded(page);
    }

    @ParameterizedTest
    @MethodSource("files")
    void eachFileHasItsTypeAndNamesNoOtherHost(String name) throws Exception {
        HttpResponse<String> file = get("/page/" + name);

        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("Content-Type").orElseThrow()).matches(switch (name.replaceFirst(".*\\.", "")) {
            case "js" -> "text/javascript; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "svg" -> "image/svg\\+xml";
            case "json" -> "application/schema\\+json";
            default -> "text/html; charset=utf-8";
        });
        assertThat(file.body().replace("http://www.w3.org/2000/svg", "")).doesNotContain("http:", "https:", "//cdn", "innerHTML",
            "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "style=\"", "<style", "onclick=\"");
        assertGuarded(file);
    }

    @Test
    void aFileThatIsKnownIsNotSentAgain() throws Exception {
        String version = get("/page/page.css").headers().firstValue("ETag").orElseThrow();

        HttpResponse<String> again = send(request("/page/page.css").header("If-None-Match", version).GET());

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(get("/page/page.css").headers().firstValue("Cache-Control")).contains("no-cache");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/page/nothing", "/page/..%2findex.html", "/page/%2e%2e%2fversion.properties", "/page/page.css%00", "/page/",
        "/page/a/b", "/index.html"})
    void otherFilesAreNotThere(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/page/page.js", "/api/datasets", "/api/datasets/kittens", "/api/datasets/kittens/card",
        "/api/datasets/kittens/images/1/picture", "/api/events"})
    void allCanOnlyBeRead(String path) throws Exception {
        for (String method : List.of("POST", "PUT", "DELETE", "PATCH")) {
            assertThat(send(request(path).header("Authorization", "Bearer " + RouteFixture.TOKEN)
                .method(method, BodyPublishers.ofString("{}"))).statusCode()).as(method).isEqualTo(405);
        }
    }

    @Test
    void tellsOfAllDatasetsTheOneThatChangedLastFirst() throws Exception {
        scene.uploaded("kittens", 3);
        scene.accepted("puppies", 1);

        HttpResponse<String> answer = send(request("/api/datasets").header("X-Mine", "echo?").GET());

        assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/json");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().map()).doesNotContainKey("X-Mine");
        assertGuarded(answer);
        JsonNode page = json(answer);
        assertThat(page.get("datasets").findValuesAsText("stage")).containsExactly("COLLECTING", "COLLECTING");
        assertThat(page.at("/datasets/0/name").asText()).isEqualTo("puppies");
        assertThat(page.at("/datasets/1/there").intValue()).isEqualTo(3);
        assertThat(page.at("/datasets/1/images")).hasSize(3);
        assertThat(page.get("more").isNull()).isTrue();
    }

    @Test
    void findsDatasetsByAPartOfTheirName() throws Exception {
        scene.accepted("Gärten & Höfe", 1);
        scene.accepted("100%_x", 1);

        assertThat(names(get("/api/datasets?search=" + encoded("GÄRTEN &")))).containsExactly("Gärten & Höfe");
        assertThat(names(get("/api/datasets?search=" + encoded("%_")))).containsExactly("100%_x");
        assertThat(names(get("/api/datasets?search=" + encoded("' OR 1=1 --")))).isEmpty();
        assertThat(names(get("/api/datasets?before=x&search"))).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<img src=x onerror=alert(1)>", "Gärten & Höfe", "a+b 100%", "猫", "what?", "#1; x=y"})
    void showsADatasetOfAnyName(String name) throws Exception {
        Asset image = scene.accept(name + "/<b>bold.jpg", RouteFixture.jpeg("bold"));
        String path = "/api/datasets/" + encoded(name);

        JsonNode page = json(get(path));

        assertThat(page.at("/dataset/name").asText()).isEqualTo(name);
        assertThat(page.at("/dataset/images/0/name").asText()).isEqualTo("<b>bold.jpg");
        assertThat(json(get(path + "/card"))).isEqualTo(page.get("dataset"));
        assertThat(get(path + "/images/" + image.id() + "/picture").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "%2e%2e", "a%2fb", "%00", "<script>"})
    void knowsNothingOfWhatWasNeverDropped(String name) throws Exception {
        scene.accepted("kittens", 1);
        String path = "/api/datasets/" + encoded(name);

        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer).get("message").asText()).startsWith("Nothing was ever dropped");
        assertGuarded(answer);
        assertThat(get(path + "/images/1/picture").statusCode()).isEqualTo(404);
    }

    @Test
    void tellsWhereAFileIsByItsPathOrItsName() throws Exception {
        scene.accepted("kittens", 1);
        String inbox = routes.inbox().toAbsolutePath().toString();

        for (String path : List.of("0.jpg", "kittens/0.jpg", inbox + "/kittens/0.jpg", "./0.jpg&from=" + encoded(inbox + "/kittens"))) {
            JsonNode files = json(get("/api/files?path=" + (path.contains("&") ? path : encoded(path))));
            assertThat(files.findValuesAsText("dropped")).as(path).containsExactly("kittens/0.jpg");
            assertThat(files.at("/0/state").asText()).isEqualTo("ACCEPTED");
        }
        for (String path : List.of("", "/etc/passwd", "../data/ledger.db", "%00", "nothing.jpg")) {
            assertThat(get("/api/files?path=" + path + "&from=" + encoded(inbox)).body()).as(path).isEqualTo("[]");
        }
    }

    @Test
    void aPictureIsSmallAndKeptForEverUnderItsContent() throws Exception {
        Asset image = scene.accept("kittens/large.png", png(1200, 600));
        String path = "/api/datasets/kittens/images/" + image.id() + "/picture";

        HttpResponse<InputStream> picture = client.send(request(path + "?v=" + image.sha256()).build(), BodyHandlers.ofInputStream());

        assertThat(picture.headers().allValues("Content-Type")).containsExactly("image/jpeg");
        assertThat(picture.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
        assertThat(picture.headers().firstValue("ETag")).contains('"' + image.sha256() + '"');
        assertGuarded(picture);
        BufferedImage seen = ImageIO.read(new ByteArrayInputStream(picture.body().readAllBytes()));
        assertThat(List.of(seen.getWidth(), seen.getHeight())).containsExactly(480, 240);
        assertThat(get(path).headers().firstValue("Cache-Control")).contains("no-cache");
        assertThat(send(request(path).header("If-None-Match", '"' + image.sha256() + '"').GET()).statusCode()).isEqualTo(304);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1e3", "99999999999999999999999", "x", "1%20OR%201=1", "../1"})
    void noOtherImageHasAPicture(String id) throws Exception {
        scene.accept("kittens/one.png", png(10, 10));

        assertThat(get("/api/datasets/kittens/images/" + id + "/picture").statusCode()).isEqualTo(404);
        assertThat(get("/api/datasets/puppies/images/1/picture").statusCode()).isEqualTo(404);
    }

    @Test
    void whatIsNoImageIsShownAsNone() throws Exception {
        Asset page = scene.accept("kittens/evil.jpg", "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8));

        HttpResponse<String> picture = get("/api/datasets/kittens/images/" + page.id() + "/picture");

        assertThat(picture.headers().allValues("Content-Type")).containsExactly("image/svg+xml");
        assertThat(picture.body()).startsWith("<svg").doesNotContain("script");
    }

    @Test
    @Timeout(30)
    void tellsViewersWhatChangedAndEndsWithTheServer() throws Exception {
        HttpResponse<InputStream> answer = client.send(request("/api/events").build(), BodyHandlers.ofInputStream());
        assertThat(answer.headers().allValues("Content-Type")).containsExactly("text/event-stream; charset=utf-8");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            assertThat(next(lines, "event: ")).isEqualTo("event: hello");
            scene.accept("a\nb<i>/one.png", png(10, 10));
            assertThat(next(lines, "event: ")).isEqualTo("event: change");
            JsonNode beat = new ObjectMapper().readTree(lines.readLine().substring("data: ".length()));
            assertThat(beat.get("datasets").get(0).asText()).isEqualTo("a\nb<i>");
            long before = System.nanoTime();
            routes.camel().stop();
            assertThat(lines.lines().filter(line -> line.startsWith("event"))).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(12));
        }
    }

    @Test
    void theScriptsNameOnlyFilesThatAreThere() throws IOException {
        try (var all = Files.list(Path.of("src/main/resources/page"))) {
            assertThat(all.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(PageFiles.NAMES);
        }
    }

    private static String next(BufferedReader lines, String begin) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.startsWith(begin)) {
            line = lines.readLine();
        }
        return line;
    }

    private static void assertGuarded(HttpResponse<?> answer) {
        assertThat(answer.headers().allValues("Content-Security-Policy")).containsExactly(POLICY);
        assertThat(answer.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(answer.headers().allValues("Referrer-Policy")).containsExactly("no-referrer");
    }

    private static byte[] png(int width, int height) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", bytes);
        return bytes.toByteArray();
    }

    private List<String> names(HttpResponse<String> answer) throws IOException {
        return json(answer).get("datasets").findValues("stage").isEmpty() ? List.of()
            : json(answer).get("datasets").valueStream().map(card -> card.get("name").asText()).toList();
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }
}
