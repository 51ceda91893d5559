package org.dropfolder.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.dropfolder.contract.Watched;
import org.dropfolder.simulator.Client.Part;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatorUploadTest {
    private Simulator simulator;
    private Client client;
    private String dataset;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(Watched.simulator());
        client = new Client(simulator);
        dataset = client.dataset("cats", 0);
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    private List<Account.File> files() {
        return simulator.account().datasets().get(0).files();
    }

    private JsonNode upload(Part... parts) throws IOException, InterruptedException {
        HttpResponse<String> response = client.upload(dataset, parts);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Client.json(response);
    }

    private void assertFailure(JsonNode outcome, String reason, String name) {
        assertThat(outcome.get("failure_count").asInt()).isEqualTo(1);
        assertThat(outcome.at("/failed_assets/0/failure_reason").asText()).isEqualTo(reason);
        assertThat(outcome.at("/failed_assets/0/file_name").asText()).isEqualTo(name);
    }

    @Test
    void takesJpegPngAndWebp() throws Exception {
        JsonNode outcome = upload(Part.file("a.jpg", Samples.jpeg("a")), Part.file("b.png", Samples.png("b")),
                Part.file("c.webp", Samples.webp("c")));

        assertThat(outcome.get("total_count").asInt()).isEqualTo(3);
        assertThat(outcome.get("success_count").asInt()).isEqualTo(3);
        assertThat(outcome.get("failure_count").asInt()).isZero();
        assertThat(outcome.get("failed_assets")).isEmpty();
        assertThat(outcome.get("successful_assets").findValuesAsText("file_name"))
                .containsExactly("a.jpg", "b.png", "c.webp");
        assertThat(outcome.at("/successful_assets/1/asset_identifier/asset_id").asText())
                .isEqualTo(files().get(1).id());
        assertThat(outcome.at("/successful_assets/1/asset_identifier/asset_type").asText()).isEqualTo("UPLOAD");
    }

    @Test
    void recordsNameSizeAndHashOfEachImage() throws Exception {
        byte[] image = Samples.jpeg("x".repeat(200_000));

        upload(Part.file("große Katze.jpg", image));

        assertThat(files()).singleElement().satisfies(file -> {
            assertThat(file.name()).isEqualTo("große Katze.jpg");
            assertThat(file.size()).isEqualTo(image.length);
            assertThat(file.sha256()).isEqualTo(Samples.sha256(image));
            assertThat(file.caption()).isEmpty();
        });
    }

    @Test
    void takesTheOtherSpellingOfTheField() throws Exception {
        assertThat(upload(new Part("files[]", "a.jpg", Samples.jpeg("a"))).get("success_count").asInt()).isEqualTo(1);
    }

    @Test
    void keepsASecondFileOfTheSameName() throws Exception {
        upload(Part.file("a.jpg", Samples.jpeg("a")));
        upload(Part.file("a.jpg", Samples.jpeg("a")));

        assertThat(files()).extracting(Account.File::name).containsExactly("a.jpg", "a.jpg");
    }

    @Test
    void keepsCaptionsWithTheImagesOfTheirStem() throws Exception {
        JsonNode outcome = upload(Part.file("a.txt", Samples.text("eine Katze, süß")),
                Part.file("a.jpg", Samples.jpeg("a")), Part.file("b.jpg", Samples.jpeg("b")));

        assertThat(outcome.get("total_count").asInt()).isEqualTo(2);
        assertThat(files()).extracting(Account.File::name).containsExactly("a.jpg", "b.jpg");
        assertThat(files().get(0).caption()).hasValue("eine Katze, süß");
        assertThat(files().get(1).caption()).isEmpty();
    }

    @Test
    void keepsNoCaptionThatComesInAnotherRequestThanItsImage() throws Exception {
        upload(Part.file("a.jpg", Samples.jpeg("a")));
        upload(Part.file("a.txt", Samples.text("too late")));

        assertThat(files().get(0).caption()).isEmpty();
    }

    @Test
    void refusesACaptionThatIsNotUtf8() throws Exception {
        JsonNode outcome = upload(Part.file("a.jpg", Samples.jpeg("a")),
                Part.file("a.txt", "süß".getBytes(StandardCharsets.ISO_8859_1)));

        assertFailure(outcome, "INVALID_CAPTION", "a.txt");
        assertThat(outcome.get("success_count").asInt()).isEqualTo(1);
        assertThat(files().get(0).caption()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"is unsafe.jpg, FAILED_SAFETY_CHECK", "internal-error 1.jpg, INTERNAL_ERROR"})
    void failsFilesByTheirNames(String name, String reason) throws Exception {
        JsonNode outcome = upload(Part.file(name, Samples.jpeg("a")), Part.file("b.jpg", Samples.jpeg("b")));

        assertFailure(outcome, reason, name);
        assertThat(outcome.get("total_count").asInt()).isEqualTo(2);
        assertThat(files()).extracting(Account.File::name).containsExactly("b.jpg");
    }

    @Test
    void judgesAnImageByItsContent() throws Exception {
        assertFailure(upload(Part.file("a.jpg", Samples.text("not a JPEG"))), "INVALID_IMAGE", "a.jpg");
        assertFailure(upload(Part.file("b.jpg", new byte[0])), "INVALID_IMAGE", "b.jpg");
        assertThat(files()).isEmpty();
    }

    @Test
    void refusesAnImageOfMoreThan25Megabytes() throws Exception {
        byte[] largest = Arrays.copyOf(Samples.jpeg("a"), 25 * 1024 * 1024);

        assertThat(upload(Part.file("a.jpg", largest)).get("success_count").asInt()).isEqualTo(1);
        assertFailure(upload(Part.file("b.jpg", Arrays.copyOf(largest, largest.length + 1))),
                "FILE_TOO_LARGE", "b.jpg");
    }

    @Test
    void takesNoMoreThanAHundredImages() throws Exception {
        Part[] parts = IntStream.rangeClosed(1, 101).mapToObj(i -> Part.file(i + ".jpg", Samples.jpeg("image " + i)))
                .toArray(Part[]::new);

        assertFailure(upload(parts), "TOO_MANY_IMAGES", "101.jpg");
        assertFailure(upload(parts[0]), "TOO_MANY_IMAGES", "1.jpg");
        assertThat(files()).hasSize(100);
    }

    @Test
    void refusesAFormWithoutAFileInItsField() throws Exception {
        List<byte[]> forms = new ArrayList<>();
        forms.add(Client.form());
        forms.add(Client.form(new Part("file", "a.jpg", Samples.jpeg("a"))));
        forms.add(Samples.text(
                "--here\r\nContent-Disposition: form-data; name=\"files\"\r\n\r\nno file\r\n--here--\r\n"));

        for (byte[] form : forms) {
            HttpResponse<String> response = client.post(path(), Client.MULTIPART, form);
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(Client.json(response).get("message").asText()).contains("'files'");
        }
    }

    @Test
    void refusesWhatIsNoMultipart() throws Exception {
        byte[] form = Client.form(Part.file("a.jpg", Samples.jpeg("a")));

        assertThat(client.post(path(), "application/json", form).statusCode()).isEqualTo(400);
        assertThat(client.post(path(), "multipart/form-data", form).statusCode()).isEqualTo(400);
        assertThat(client.post(path(), Client.MULTIPART, new byte[0]).statusCode()).isEqualTo(400);
        assertThat(files()).isEmpty();
    }

    @Test
    void keepsNothingOfAFormThatEndsTooEarly() throws Exception {
        byte[] form = Client.form(Part.file("a.jpg", Samples.jpeg("a")), Part.file("b.jpg", Samples.jpeg("b")));

        HttpResponse<String> response = client.post(path(), Client.MULTIPART, Arrays.copyOf(form, form.length - 20));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(files()).isEmpty();
    }

    private String path() {
        return "/datasets/" + dataset + "/upload_assets";
    }
}
