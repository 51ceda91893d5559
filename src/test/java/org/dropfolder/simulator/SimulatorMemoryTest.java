package org.dropfolder.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dropfolder.TestClock;
import org.dropfolder.contract.Watched;
import org.dropfolder.simulator.Client.Part;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorMemoryTest {
    private static final Pace PACE = new Pace(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(1));

    private final TestClock clock = TestClock.of2000();
    @TempDir
    private Path folder;
    private Path file;
    private Simulator simulator;
    private Client client;

    @BeforeEach
    void start() throws IOException {
        file = folder.resolve("simulator.json");
        open();
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    private void open() throws IOException {
        simulator = startOn(file);
        client = new Client(simulator);
    }

    private Simulator startOn(Path memory) throws IOException {
        return Simulator.start(Watched.simulator().withClock(clock).withPace(PACE).withMemory(memory));
    }

    /** As a kill does: nothing that a simulator does at its end happens before the next one reads the file. */
    private void killAndOpen() throws IOException {
        Path left = Files.copy(file, folder.resolve("left.json"), StandardCopyOption.REPLACE_EXISTING);
        simulator.close();
        Files.copy(left, file, StandardCopyOption.REPLACE_EXISTING);
        open();
    }

    private JsonNode model(String id) throws IOException, InterruptedException {
        return Client.json(client.get("/models/" + id)).get("model");
    }

    @Test
    void keepsDatasetsFilesCaptionsAndModels() throws Exception {
        String cats = client.dataset("Katzen äöü \\\" 🐈", 15);
        client.dataset("empty", 0);
        client.upload(cats, Part.file("große Katze.jpg", Samples.jpeg("x")),
                Part.file("große Katze.txt", Samples.text("eine Katze,\r\nsüß\u2028\u0000")),
                Part.file("b.jpg", Samples.jpeg("b")), Part.file("b.txt", Samples.text("")));
        clock.pass(Duration.ofNanos(123_456_789));
        client.train(cats, "my cats");
        client.train(cats, "my cats");
        Account before = simulator.account();
        String owner = Client.json(client.get("/datasets")).findValue("user_id").asText();

        killAndOpen();

        assertThat(simulator.account().datasets()).isEqualTo(before.datasets()).hasSize(2);
        assertThat(simulator.account().models()).isEqualTo(before.models()).hasSize(2);
        assertThat(simulator.account().requests()).isEmpty();
        assertThat(Client.json(client.get("/datasets")).findValue("user_id").asText()).isEqualTo(owner);
        assertThat(Client.json(client.get("/datasets/" + cats)).get("custom_model_ids")).hasSize(2);
    }

    @Test
    void goesOnWithWhatItKept() throws Exception {
        String cats = client.dataset("cats", 14);
        killAndOpen();
        client.upload(cats, Part.file("last.jpg", Samples.jpeg("last")));
        killAndOpen();
        String model = Client.json(client.train(cats, "my cats")).get("model_id").asText();
        killAndOpen();

        assertThat(model(model).get("dataset_id").asText()).isEqualTo(cats);
        assertThat(simulator.account().models().get(0).images()).isEqualTo(15);
        assertThat(simulator.account().datasets()).singleElement()
                .satisfies(dataset -> assertThat(dataset.files()).hasSize(15));
    }

    @Test
    void leadsAModelOnByTheClockWhileNoSimulatorRuns() throws Exception {
        String id = Client.json(client.train(client.dataset("cats", 15), "my cats")).get("model_id").asText();

        simulator.close();
        clock.pass(Duration.ofMinutes(2));
        open();
        assertThat(model(id).get("status").asText()).isEqualTo("TRAINING");
        simulator.close();
        clock.pass(Duration.ofMinutes(5));
        open();

        assertThat(model(id).get("status").asText()).isEqualTo("COMPLETED");
        assertThat(model(id).get("custom_model_uri").asText()).isEqualTo("model/my-cats/version/1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", \"training_steps\": 10000, \"lora_rank\": 64, \"ema\": 0.5, \"learning_rate\": 1e-7"})
    void keepsHowAModelIsTrained(String parameters) throws Exception {
        String id = Client.json(client.post("/v1/ideogram-v3/train-model-advanced", "{\"dataset_id\": \""
                + client.dataset("cats", 15) + "\", \"model_name\": \"my cats\"" + parameters + "}"))
                .get("model_id").asText();
        List<String> fields = List.of("training_steps", "lora_rank", "ema", "learning_rate");
        JsonNode before = model(id).at("/training_runs/0");

        killAndOpen();

        JsonNode after = model(id).at("/training_runs/0");
        assertThat(fields).allSatisfy(field -> assertThat(after.get(field)).isEqualTo(before.get(field)));
    }

    @Test
    void keepsWhenFilesCame() throws Exception {
        String cats = client.dataset("cats", 0);
        clock.pass(Duration.ofSeconds(60));
        client.upload(cats, Part.file("a.jpg", Samples.jpeg("a")));

        killAndOpen();

        simulator.faults().listingsLag(Duration.ofSeconds(10));
        assertThat(Client.json(client.get("/datasets")).get("datasets")).hasSize(1);
        assertThat(Client.json(client.get("/datasets/" + cats)).get("files")).isEmpty();
        clock.pass(Duration.ofSeconds(10));
        assertThat(Client.json(client.get("/datasets/" + cats)).get("files")).hasSize(1);
    }

    @Test
    void keepsWhatItDidWhereTheAnswerWasLost() throws Exception {
        simulator.faults().next(Operation.CREATE_DATASET, Fault.loseAnswer());
        assertThatThrownBy(() -> client.dataset("cats", 0)).isInstanceOf(IOException.class);

        killAndOpen();

        assertThat(simulator.account().datasetsNamed("cats")).hasSize(1);
    }

    @Test
    void forgetsALastLineThatWasCutOffWhereverThatWas() throws Exception {
        client.dataset("cats", 0);
        int first = (int) Files.size(file);
        client.dataset("dogs", 0);
        byte[] whole = Files.readAllBytes(file);

        for (int length = first; length < whole.length; length++) {
            Path cut = Files.write(folder.resolve("cut.json"), Arrays.copyOf(whole, length));
            try (Simulator again = startOn(cut)) {
                assertThat(again.account().datasets()).extracting(Account.Dataset::name).containsExactly("cats");
            }
        }
    }

    @Test
    void putsTheNextChangeInThePlaceOfALineThatWasCutOff() throws Exception {
        client.dataset("cats", 0);
        Files.writeString(file, "{\"did\":\"create\",\"name\":\"" + "a".repeat(1000), StandardOpenOption.APPEND);

        killAndOpen();
        client.dataset("dogs", 0);
        killAndOpen();

        assertThat(simulator.account().datasets()).extracting(Account.Dataset::name).containsExactly("cats", "dogs");
        assertThat(Files.readString(file)).doesNotContain("aaa").endsWith("}\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "", "{", "\0\0\0", "[]", "{}", "{\"did\":\"dream\"}",
            "{\"did\":\"create\",\"at\":\"2000-01-23T04:56:07Z\",\"id\":\"an id\"}",
            "{\"did\":\"create\",\"at\":\"yesterday\",\"id\":\"an id\",\"name\":\"dogs\"}",
            "{\"did\":\"upload\",\"at\":\"2000-01-23T04:56:07Z\",\"dataset\":\"unknown\",\"files\":[]}",
            "{\"did\":\"train\",\"at\":\"2000-01-23T04:56:07Z\",\"id\":\"an id\",\"dataset\":\"unknown\","
                    + "\"name\":\"my dogs\",\"images\":15}"})
    void refusesADamagedLine(String damaged) throws Exception {
        client.dataset("cats", 0);
        client.dataset("dogs", 0);
        simulator.close();
        List<String> lines = Files.readAllLines(file);
        Files.writeString(file, lines.get(0) + "\n" + damaged + "\n" + lines.get(1) + "\n");
        byte[] before = Files.readAllBytes(file);

        IOException refusal = catchThrowableOfType(IOException.class, this::open);

        assertThat(refusal).hasMessageContainingAll(file + " can't be read, since line 2 is damaged: ",
                "move the folder " + folder + " away or delete it");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThatTheFileIsFree();
    }

    private void assertThatTheFileIsFree() throws IOException {
        Files.writeString(file, "");
        startOn(file).close();
    }

    @Test
    void refusesWhatIsNoFile() {
        assertThatThrownBy(() -> startOn(folder)).isInstanceOf(IOException.class)
                .hasMessageContaining("The simulator's account in " + folder + " can't be read, since it can't be opened");
    }

    @Test
    void refusesAFileThatAnotherSimulatorHas() throws Exception {
        assertThatThrownBy(() -> startOn(file)).isInstanceOf(IOException.class)
                .hasMessageContaining(file + " is in use by another simulator. Stop that one first");

        client.dataset("cats", 0);
        assertThat(simulator.account().datasets()).hasSize(1);
    }

    @Test
    void letsGoOfTheFileWhereItsPortIsTaken() throws Exception {
        Path other = folder.resolve("other.json");
        assertThatThrownBy(() -> Simulator.start(Watched.simulator()
                .withPort(simulator.url().getPort()).withMemory(other))).isInstanceOf(IOException.class);

        startOn(other).close();
    }

    @Test
    void doesNothingThatItCantKeep() throws Exception {
        Holdings holdings = new Holdings(clock, Optional.of(folder.resolve("other.json")));
        holdings.close();

        Refusal refusal = catchThrowableOfType(Refusal.class, () -> holdings.create("cats"));

        assertThat(refusal.status()).isEqualTo(500);
        assertThat(refusal).hasMessageContaining("could not keep the change");
        assertThat(holdings.datasets(clock.instant())).isEmpty();
    }

    @Test
    void appendsChangesAndRewritesNothing() throws Exception {
        client.dataset("cats", 3);
        byte[] before = Files.readAllBytes(file);

        client.dataset("dogs", 3);

        assertThat(Files.readAllBytes(file)).startsWith(before);
        assertThat(Files.readAllLines(file)).hasSize(4);
    }

    @Test
    void writesNothingWhereNothingChanged() throws Exception {
        String cats = client.dataset("cats", 1);
        long before = Files.size(file);

        client.get("/datasets/" + cats);
        client.train(cats, "my cats");
        client.post("/datasets", "{}");
        HttpResponse<String> upload = client.upload(cats, Part.file("a.jpg", Samples.text("not a JPEG")));

        assertThat(upload.statusCode()).isEqualTo(200);
        assertThat(Files.size(file)).isEqualTo(before);
    }

    @Test
    void keepsNoAccountUnlessItIsAskedTo() throws Exception {
        List<Path> before = workingFolder();
        try (Simulator forgetful = Simulator.start(Watched.simulator())) {
            new Client(forgetful).dataset("cats", 1);
            assertThat(workingFolder()).isEqualTo(before);
        }
        try (Simulator next = Simulator.start(Watched.simulator())) {
            assertThat(next.account().datasets()).isEmpty();
        }
    }

    private static List<Path> workingFolder() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(""))) {
            return files.sorted().toList();
        }
    }
}
