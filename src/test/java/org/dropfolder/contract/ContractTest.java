package org.dropfolder.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dropfolder.simulator.Interaction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContractTest {
    private static final Contract CONTRACT = Contract.ofIdeogram();
    private static final String TRAIN = "/v1/ideogram-v3/train-model";
    private static final String UPLOAD = "/datasets/d1/upload_assets";
    private static final String DATASET = "{\"dataset_id\": \"d1\", \"name\": \"cats\", \"user_id\": \"u\", "
            + "\"creation_time\": \"2000-01-23 04:56:07+00:00\"}";

    @Test
    void findsNothingWhereAllIsWell() {
        assertThat(get("/datasets")).isEmpty();
        assertThat(get("/datasets/d-1_x")).isEmpty();
        assertThat(get("/models?scope=owned&status=DRAFT&status=TRAINING")).isEmpty();
        assertThat(post("/datasets", "{\"name\": \"cats\"}")).isEmpty();
        assertThat(post(TRAIN, "{\"dataset_id\": \"d1\", \"model_name\": \"my cats\"}")).isEmpty();
        assertThat(post(TRAIN + "-advanced", "{\"dataset_id\": \"d1\", \"model_name\": \"my cats\", \"lora_rank\": 64, "
                + "\"training_steps\": 300, \"ema\": 0.5, \"learning_rate\": null}")).isEmpty();
        assertThat(form(UPLOAD, "files", "a.zip", zip("a.jpg", "a.txt"))).isEmpty();
        assertThat(form("/describe", "image_file", "a.png", new byte[9])).isEmpty();
        assertThat(answer("GET", "/datasets", 200, "{\"datasets\": [" + DATASET + "]}")).isEmpty();
        assertThat(answer("GET", "/datasets", 401, "{\"whatever\": [1]}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{\"dataset_id\": \"d1\", \"model_name\": \"my cats\", \"steps\": 1} | steps",
            "{\"dataset_id\": \"d1\", \"model_name\": \"cats\"}                 | model_name",
            "{\"dataset_id\": \"d1\", \"model_name\": \"my_cats\"}              | model_name",
            "{\"dataset_id\": 1, \"model_name\": \"my cats\"}                   | dataset_id",
            "{\"dataset_id\": null, \"model_name\": \"my cats\"}                | dataset_id",
            "{\"model_name\": \"my cats\"}                                      | dataset_id",
            "{\"dataset_id\": \"d1\", \"model_name\": \"my cats\"               | JSON",
            "''                                                                 | body is required"})
    void findsWhatIsWrongInATraining(String body, String named) {
        assertThat(post(TRAIN, body)).singleElement().asString().contains(named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"training_steps\": 150", "\"lora_rank\": 32", "\"ema\": 1.1", "\"learning_rate\": 0"})
    void findsParametersOutOfRange(String parameter) {
        assertThat(post(TRAIN + "-advanced", "{\"dataset_id\": \"d1\", \"model_name\": \"my cats\", " + parameter + "}"))
                .singleElement().asString().contains(parameter.split("\"")[1]);
    }

    @Test
    void findsAWrongMethodPathOrQuery() {
        assertThat(request("DELETE", "/datasets/d1", Map.of("Api-key", "k"), "")).singleElement().asString().contains("DELETE");
        assertThat(get("/dataset")).singleElement().asString().contains("/dataset");
        assertThat(get("/datasets/a%20b")).singleElement().asString().contains("dataset_id");
        assertThat(get("/datasets?page=2")).singleElement().asString().contains("page");
        assertThat(get("/models?scope=mine")).singleElement().asString().contains("mine");
    }

    @Test
    void findsAMissingOrEmptyKey() {
        assertThat(request("GET", "/datasets", Map.of(), "")).singleElement().asString().contains("Api-Key");
        assertThat(request("GET", "/datasets", Map.of("Api-key", ""), "")).singleElement().asString().contains("Api-Key");
    }

    @Test
    void findsABodyOfAnotherTypeOrOfNoneOrWhereThereMustBeNone() {
        String body = "{\"name\": \"cats\"}";
        assertThat(request("POST", "/datasets", typed("text/plain"), body)).singleElement().asString().contains("text/plain");
        assertThat(request("POST", "/datasets", Map.of("Api-key", "k"), body)).singleElement().asString().contains("no Content-Type");
        assertThat(request("GET", "/datasets", typed("application/json"), body)).singleElement().asString().contains("body");
    }

    @Test
    void looksAtNoBodyThatDidNotComeWhole() {
        Map<String, String> headers = new HashMap<>(typed("application/json"));
        headers.put("Content-length", "100");
        assertThat(request("POST", "/datasets", headers, "{\"na")).isEmpty();
        headers.remove("Api-key");
        assertThat(request("POST", "/datasets", headers, "{\"na")).singleElement().asString().contains("Api-Key");
    }

    @Test
    void findsWhatIsWrongInAForm() throws Exception {
        assertThat(form(UPLOAD, "files[]", "a.zip", zip("a.jpg"))).anyMatch(sentence -> sentence.contains("files[]"));
        assertThat(form(UPLOAD, "files", null, zip("a.jpg"))).singleElement().asString().contains("no file");
        assertThat(form(UPLOAD, "files", "a.tar", new byte[9])).singleElement().asString().contains("a.tar");
        assertThat(form(UPLOAD, "files", "a.zip", new byte[9])).singleElement().asString().contains("no archive");
        assertThat(form(UPLOAD, "files", "a.zip", zip("cats/a.jpg"))).singleElement().asString().contains("folder");
        assertThat(form(UPLOAD, "files", "a.zip", zip("a.gif"))).singleElement().asString().contains("a.gif");
        assertThat(form("/v1/ideogram-v3/generate", "prompt", null, "cats".getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(form("/v1/ideogram-v3/generate", "num_images", null, "9".getBytes(StandardCharsets.UTF_8)))
                .anyMatch(sentence -> sentence.contains("num_images")).anyMatch(sentence -> sentence.contains("prompt"));
        assertThat(request("POST", UPLOAD, typed("multipart/form-data; boundary=here"), "--here\r\nbroken"))
                .singleElement().asString().contains("can't be read");
    }

    @Test
    void findsAnArchiveThatIsDamaged() throws Exception {
        byte[] archive = zip("a.jpg");
        archive[45] ^= 1;
        assertThat(form(UPLOAD, "files", "a.zip", archive)).singleElement().asString().contains("no sound archive");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "200 | {\"dataset_id\": \"d1\", \"training_status\": \"CREATING\", \"model_name\": \"my cats\"}                          | model_id",
            "200 | {\"model_id\": \"m\", \"dataset_id\": \"d1\", \"training_status\": \"DONE\", \"model_name\": \"my cats\"}         | DONE",
            "200 | {\"model_id\": \"m\", \"dataset_id\": \"d1\", \"training_status\": \"DRAFT\", \"model_name\": \"my cats\", \"x\": 1} | x",
            "200 | {\"model_id\":                                                                                               | JSON",
            "200 | ''                                                                                                           | body",
            "201 | {}                                                                                                           | 201"})
    void findsWhatIsWrongInAnAnswer(int status, String body, String named) {
        assertThat(answer("POST", TRAIN, status, body)).singleElement().asString().contains(named);
    }

    @Test
    void findsWhatIsWrongDeepInAnAnswer() {
        assertThat(answer("GET", "/datasets", 200, "{\"datasets\": [" + DATASET.replace("}", ", \"size\": 1}") + "]}"))
                .singleElement().asString().contains("/datasets/0", "size");
        assertThat(answer("GET", "/datasets", 200, "{\"datasets\": [" + DATASET.replace(" 04:", " 4:") + "]}"))
                .singleElement().asString().contains("creation_time");
    }

    @Test
    void findsAnAnswerOfAnotherTypeOrOfNone() {
        assertThat(CONTRACT.answer(answered(Map.of("Content-Type", "text/html"), false))).singleElement().asString().contains("text/html");
        assertThat(CONTRACT.answer(answered(Map.of(), false))).singleElement().asString().contains("no Content-Type");
    }

    @Test
    void looksAtNoAnswerThatAFaultMade() {
        assertThat(CONTRACT.answer(answered(Map.of("Content-Type", "text/html"), true))).isEmpty();
    }

    private static Interaction answered(Map<String, String> headers, boolean byFault) {
        return new Interaction("GET", URI.create("/datasets"), Map.of(), new byte[0],
                Optional.of(new Interaction.Answer(200, headers, "<html>".getBytes(StandardCharsets.UTF_8), byFault)));
    }

    private static List<String> answer(String method, String uri, int status, String body) {
        return CONTRACT.answer(new Interaction(method, URI.create(uri), Map.of(), new byte[0],
                Optional.of(new Interaction.Answer(status, Map.of("Content-Type", "application/json"),
                        body.getBytes(StandardCharsets.UTF_8), false))));
    }

    private static List<String> get(String uri) {
        return request("GET", uri, Map.of("Api-key", "k"), "");
    }

    private static List<String> post(String uri, String body) {
        return request("POST", uri, typed("application/json"), body);
    }

    private static Map<String, String> typed(String type) {
        return Map.of("Api-key", "k", "Content-type", type);
    }

    private static List<String> request(String method, String uri, Map<String, String> headers, String body) {
        return request(method, uri, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> request(String method, String uri, Map<String, String> headers, byte[] body) {
        Map<String, List<String>> all = new HashMap<>(Map.of("Content-length", List.of(Integer.toString(body.length))));
        headers.forEach((name, value) -> all.put(name, List.of(value)));
        return CONTRACT.request(new Interaction(method, URI.create(uri), all, body, Optional.empty()));
    }

    /** @param file its name, or null for a field that is none */
    private static List<String> form(String uri, String field, String file, byte[] content) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        form.writeBytes(("--here\r\nContent-Disposition: form-data; name=\"" + field + "\""
                + (file == null ? "" : "; filename=\"" + file + "\"") + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        form.writeBytes(content);
        form.writeBytes("\r\n--here--\r\n".getBytes(StandardCharsets.UTF_8));
        return request("POST", uri, typed("multipart/form-data; boundary=here"), form.toByteArray());
    }

    private static byte[] zip(String... names) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write("some content that is long enough to be damaged".getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }
}
