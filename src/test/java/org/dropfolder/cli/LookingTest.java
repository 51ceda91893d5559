package org.dropfolder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dropfolder.ledger.LedgerStory;
import org.dropfolder.ledger.TrainingState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that only look: status, explain and doctor. */
class LookingTest {
    private static final String LONG = "a folder whose name goes on and on as if it were never to end, which some do";
    private static final String HOSTILE = "evil\u001b[31m\r\nname\u202E";

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>(Map.of("COLUMNS", "80"));
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aStatusOfNothingIsFriendlyAndBeginsNothing() {
        assertThat(execute("status")).isZero();
        assertThat(out.toString()).contains("Nothing was dropped yet: drop images into inbox/<dataset>/", "No server is running");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aStatusOfNothingIsADocument() throws IOException {
        assertThat(execute("status", "--json")).isZero();
        assertThat(out.toString().strip()).isEqualTo("{\"simulated\":false,\"troubles\":[],\"datasets\":[],\"rejected_without_folder\":0}");
    }

    @Test
    void theStatusSaysOfEachDatasetWhatItWaitsFor() {
        tellStory();

        assertThat(execute("status")).isZero();
        assertThat(out.toString()).containsSubsequence("DATASET", "UPLOADED", "TRAINING",
            "cats", "4 of 15", "A training takes 15 images, and it has 4. Drop 11 more",
            "dogs", "15", "COMPLETED", "Its model is ready: model/dogs/version/1",
            "fish", "1", "Set aside, each beside its reason:", folder + "/rejected/",
            "1 image lay in no dataset's folder, and was set aside:", folder + "/rejected/");
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"60", "80", "200"})
    void theStatusFitsTheTerminalWhateverTheNames(String columns) {
        environment.put("COLUMNS", columns);
        try (LedgerStory story = story(false)) {
            for (String name : List.of("cats", LONG, HOSTILE, "日本語", "🐱🐱", "x".repeat(200))) {
                story.uploaded(name, 1);
            }
        }

        assertThat(execute("status")).isZero();
        assertThat(out.toString().lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(Integer.parseInt(columns)));
        assertThat(out.toString().replace("\n", "")).matches("\\P{Cntrl}+").contains("evil?[31m??name?", "日本語", "🐱🐱").doesNotContain("\u202E");
        assertThat(out.toString().replaceAll("\\s+", "")).contains(LONG.replace(" ", ""), "x".repeat(200));
        assertThat(out.toString().lines().filter(line -> line.contains("1 of 15")).map(line -> line.indexOf("1 of 15"))).hasSize(6)
            .as("one column").allMatch(at -> at == out.toString().indexOf("UPLOADED"));
    }

    @Test
    void theStatusOfASimulatedRunSaysSo() {
        try (LedgerStory story = story(true)) {
            story.image("cats", "tom.jpg");
        }

        assertThat(execute("status", "--simulate")).isZero();
        assertThat(out.toString()).startsWith("SIMULATED").contains("cats");
        assertThat(execute("status")).as("the ledger is of the other nature").isEqualTo(1);
        assertThat(err.toString()).contains("begun in a simulated run").hasLineCount(1);
    }

    @Test
    void theStatusAsJsonIsForPrograms() throws IOException {
        tellStory();

        assertThat(execute("status", "--json")).isZero();
        JsonNode status = new ObjectMapper().readTree(out.toString());
        assertThat(status.findValuesAsText("name")).containsExactly("cats", "dogs", "fish");
        assertThat(status.at("/datasets/1/training/custom_model_uri").asText()).isEqualTo("model/dogs/version/1");
        assertThat(status.get("rejected_without_folder").asInt()).isEqualTo(1);
    }

    @Test
    void aDamagedLedgerIsToldInOneLine() throws IOException {
        Files.writeString(folder.resolve("ledger.db"), "holiday notes\n".repeat(999));

        assertThat(execute("status")).isEqualTo(1);
        assertThat(err.toString()).contains("restore it from a backup").hasLineCount(1);
    }

    @Test
    void anExplanationAnswersFirst() {
        tellStory();

        assertThat(execute("explain", "cats")).isZero();
        assertThat(out.toString()).startsWith("cats").containsSubsequence("Why ", "A training takes 15 images, and it has 4.",
            "Next ", "Drop 11 more", "No server is running", "Images ", "4 in the dataset", "Training ", "none yet", "History ", "batch 1");
    }

    @Test
    void anExplanationShowsWhatWasSetAsideAndWhatWasPaid() {
        tellStory();

        assertThat(execute("explain", "fish")).isZero();
        assertThat(out.toString().replaceAll("\\s+", " ")).contains("1 set aside", "/a.gif: a.gif is no image");

        assertThat(execute("explain", "dogs")).isZero();
        assertThat(out.toString().replaceAll("\\s+", " ")).contains("COMPLETED, for about 40 US dollars", "model/dogs/version/1");
    }

    @Test
    void anExplanationOfAnUnknownNameShowsTheNearest() {
        tellStory();

        assertThat(execute("explain", "cast")).isEqualTo(1);
        assertThat(err.toString()).contains("nothing was ever dropped for 'cast'; there is 'cats', ").hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void anExplanationWithoutALedgerSaysWhereToDrop() {
        assertThat(execute("explain", "cats")).isEqualTo(1);
        assertThat(err.toString()).contains("drop images into inbox/cats/").hasLineCount(1);
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"explain", "explain a b", "status here there", "status --watch --json", "status --watch a.jpg", "doctor now", "completion fish", "status --jsno"})
    void wrongUsageEndsWithTwo(String line) {
        assertThat(execute(line.split(" "))).isEqualTo(2);
        assertThat(err.toString()).startsWith("dropfolder: ").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "explain cats", "doctor"})
    void wrongSettingsEndWithTwo(String line) {
        environment.put("DROPFOLDER_SCAN", "soon");

        assertThat(execute(line.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains("dropfolder.scan", "soon", "must be").hasLineCount(1);
    }

    @Test
    void theDoctorEndsWithOneAndCountsWhatIsWrong() {
        assertThat(execute("doctor", "-Dideogram.url=http://127.0.0.1:1", "-Ddropfolder.inbox=nowhere",
            "-Ddropfolder.http.port=0")).isEqualTo(1);
        assertThat(out.toString()).containsSubsequence("ok     routes", "WRONG  inbox", "mkdir", "ok     ledger", "WRONG  ideogram",
            "WRONG  key", "note   clock", "3 things are wrong.");
        assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void momentsAreToldByTheClockOnTheWall() {
        Moments moments = new Moments(Clock.fixed(Instant.parse("2000-01-23T12:00:00Z"), ZoneOffset.ofHours(1)));

        assertThat(moments.due(Instant.parse("2000-01-23T12:00:42Z"))).isEqualTo("in 42 s, at 13:00:42");
        assertThat(moments.due(Instant.parse("2000-01-23T15:00:42Z"))).isEqualTo("in 3 h, at 16:00");
        assertThat(moments.due(Instant.parse("2000-01-24T12:00:00Z"))).isEqualTo("in 24 h, at 24 Jan 13:00");
        assertThat(moments.due(Instant.parse("2000-01-23T11:59:59Z"))).isEqualTo("due since 12:59:59");
    }

    /** Four cats wait for more, the dogs have their model, of the fish all was set aside; and one lay in no folder. */
    private void tellStory() {
        try (LedgerStory story = story(false)) {
            story.uploaded("cats", 4);
            story.ended("dogs", TrainingState.COMPLETED, Optional.of("model/dogs/version/1"));
            story.setAside("fish", "a.gif", "a.gif is no image");
            story.setAside("", "b.gif", "b.gif lay in no folder");
        }
    }

    private LedgerStory story(boolean simulated) {
        return new LedgerStory(folder, Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-5)), simulated);
    }

    private int execute(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> line = new ArrayList<>(List.of(arguments));
        line.add("-Ddropfolder.data=" + folder);
        return new Dropfolder(settings -> 1, Path.of("config", "application.properties"), environment)
            .printingTo(new PrintWriter(out, true), new PrintWriter(err, true)).executeHere(line.toArray(String[]::new));
    }
}
