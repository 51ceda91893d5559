package org.dropfolder.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.dropfolder.TestClock;
import org.dropfolder.contract.Watched;
import org.dropfolder.simulator.Client.Part;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that are described, and pictures that are generated and fetched. */
class SimulatorPicturesTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String GENERATE = "/v1/ideogram-v3/generate";
    private static final Pace AT_ONCE = new Pace(Duration.ZERO, Duration.ofMillis(1), Duration.ZERO);

    @TempDir
    private Path folder;
    private Simulator simulator;
    private Client client;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(Watched.simulator().withPace(AT_ONCE).withMemory(folder.resolve("account.json")));
        client = new Client(simulator);
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void describesAnImageInTheSameWordsEachTimeAndRecordsIt() throws Exception {
        byte[] image = Samples.png("a");

        JsonNode first = Client.json(describe("a.png", image));
        JsonNode second = Client.json(describe("b.png", image));

        assertThat(first.at("/descriptions/0/text").asText()).isNotBlank().isEqualTo(second.at("/descriptions/0/text").asText());
        assertThat(simulator.account().descriptions()).extracting(Account.Description::sha256)
                .containsExactly(Samples.sha256(image), Samples.sha256(image));
    }

    @Test
    void refusesToDescribeWhatIsNoImageOrTooLargeOrMissing() throws Exception {
        byte[] large = Arrays.copyOf(Samples.jpeg("a"), 10 * 1024 * 1024 + 1);

        assertThat(describe("a.png", Samples.text("no image")).statusCode()).isEqualTo(400);
        assertThat(describe("a.jpg", large).statusCode()).isEqualTo(400);
        assertThat(describe("unsafe.png", Samples.png("a")).statusCode()).isEqualTo(400);
        assertThat(client.post("/describe", Client.MULTIPART, Client.form(Part.file("a.png", Samples.png("a")))).statusCode()).isEqualTo(400);
        assertThat(simulator.account().descriptions()).isEmpty();
    }

    @Test
    void generatesAPictureWithAModelThatIsReady() throws Exception {
        String uri = model();

        JsonNode answer = Client.json(generate(Map.of("prompt", "a rose", "custom_model_uri", uri, "rendering_speed", "TURBO", "num_images", "1")));

        assertThat(answer.at("/data/0/is_image_safe").asBoolean()).isTrue();
        HttpResponse<byte[]> picture = fetch(answer.at("/data/0/url").asText());
        assertThat(picture.statusCode()).isEqualTo(200);
        assertThat(ImageIO.read(new ByteArrayInputStream(picture.body())).getWidth()).isEqualTo(Pictures.SIDE);
        assertThat(simulator.account().pictures()).singleElement().satisfies(made -> {
            assertThat(made.prompt()).isEqualTo("a rose");
            assertThat(made.modelUri()).hasValue(uri);
            assertThat(made.speed()).isEqualTo("TURBO");
        });
        assertThat(simulator.pictures().asked()).isEqualTo(1);
    }

    @Test
    void givesAPictureThatIsNotSafeNoAddress() throws Exception {
        JsonNode answer = Client.json(generate(Map.of("prompt", "an unsafe rose")));

        assertThat(answer.at("/data/0/is_image_safe").asBoolean()).isFalse();
        assertThat(answer.at("/data/0/url").isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"custom_model_uri=model/of-nobody/version/1", "rendering_speed=QUICK", "num_images=0", "num_images=9", "seed=-1",
        "prompt= "})
    void refusesToGenerateAgainstTheContract(String wrong) throws Exception {
        Map<String, String> fields = new HashMap<>(Map.of("prompt", "a rose"));
        fields.put(wrong.split("=")[0], wrong.split("=")[1]);

        assertThat(generate(fields).statusCode()).isEqualTo(400);
        assertThat(simulator.account().pictures()).isEmpty();
    }

    @Test
    void keepsThemLikeAllOfTheAccount() throws Exception {
        describe("a.png", Samples.png("a"));
        generate(Map.of("prompt", "a rose"));
        Account before = simulator.account();

        simulator.close();
        start();

        assertThat(simulator.account().descriptions()).isEqualTo(before.descriptions());
        assertThat(simulator.account().pictures()).isEqualTo(before.pictures());
    }

    @Test
    void servesAPictureForAnHourAndNeverToWhoSendsTheKey() throws Exception {
        TestClock clock = new TestClock();
        try (Pictures pictures = Pictures.start(clock)) {
            String url = pictures.address(new Account.Picture("id", "a rose", Optional.empty(), "TURBO", 4, true, clock.instant()));

            assertThat(fetch(url).headers().firstValue("Content-Type")).hasValue("image/jpeg");
            assertThat(HTTP.send(HttpRequest.newBuilder(URI.create(url)).header("Api-Key", "any").build(),
                    HttpResponse.BodyHandlers.discarding()).statusCode()).isEqualTo(400);
            pictures.next(Fault.answer(503));
            assertThat(fetch(url).statusCode()).isEqualTo(503);
            clock.pass(Duration.ofMinutes(61));
            assertThat(fetch(url).statusCode()).isEqualTo(403);
            assertThat(pictures.asked()).isEqualTo(4);
        }
    }

    private String model() throws Exception {
        String dataset = client.dataset("garden", 15);
        String id = Client.json(client.train(dataset, "garden")).get("model_id").asText();
        Client.await().until(() -> Client.json(client.get("/models/" + id)).at("/model/custom_model_uri").isTextual());
        return Client.json(client.get("/models/" + id)).at("/model/custom_model_uri").asText();
    }

    private HttpResponse<String> describe(String name, byte[] image) throws Exception {
        return client.post("/describe", Client.MULTIPART, Client.form(new Part("image_file", name, image)));
    }

    private HttpResponse<String> generate(Map<String, String> fields) throws Exception {
        String form = fields.entrySet().stream().map(field -> "--here\r\nContent-Disposition: form-data; name=\"" + field.getKey()
                + "\"\r\n\r\n" + field.getValue() + "\r\n").collect(Collectors.joining()) + "--here--\r\n";
        return client.post(GENERATE, Client.MULTIPART, form.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpResponse<byte[]> fetch(String url) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
