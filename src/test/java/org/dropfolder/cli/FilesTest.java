package org.dropfolder.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dropfolder.ledger.LedgerStory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that tell of one file, of what happened, and of what changes. */
class FilesTest {
    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"cats/tom.jpg", "./cats/tom.jpg", "tom.jpg", "{inbox}/cats/tom.jpg", "{inbox}/cats/../cats/tom.jpg",
        "somewhere/else/tom.jpg"})
    void aFileIsFoundHoweverItIsSpelled(String typed) {
        try (LedgerStory story = story()) {
            story.image("cats", "tom.jpg");
            story.image("cats", "other-tom.jpg");
        }

        assertThat(execute("status", typed.replace("{inbox}", folder + "/inbox"))).isZero();
        assertThat(out.toString()).startsWith("cats/tom.jpg").containsSubsequence("It was checked, and waits to be sent.",
            "It lies at " + folder, "cats: ").doesNotContain("other-tom");
    }

    @Test
    void whatBecameOfAFileIsToldInWords() {
        try (LedgerStory story = story()) {
            story.uploaded("cats", 1);
            story.copy("cats", "copy.jpg", "0.jpg");
            story.caption("cats", "late.txt");
            story.setAside("cats", "note.gif", "note.gif is no image. Drop another one.");
        }

        assertThat(execute("status", "note.gif")).isZero();
        assertThat(out.toString().replaceAll("\\s+", " ")).contains("It was set aside. note.gif is no image. Drop another one.");
        assertThat(execute("status", "late.txt")).isZero();
        assertThat(out.toString()).contains("It is a caption, and waits for the image of its name.");
    }

    @Test
    void filesOfOneNameAreAllTold() throws IOException {
        try (LedgerStory story = story()) {
            story.image("cats", "tom.jpg");
            story.image("dogs", "tom.jpg");
        }

        assertThat(execute("status", "tom.jpg", "--json")).isZero();
        JsonNode files = new ObjectMapper().readTree(out.toString());
        assertThat(files.findValuesAsText("dropped")).containsExactly("dogs/tom.jpg", "cats/tom.jpg");
        assertThat(files.findValuesAsText("state")).containsOnly("ACCEPTED");
    }

    @Test
    void aNameIsFoundInEitherSpellingOfItsAccents() {
        try (LedgerStory story = story()) {
            story.image("cats", Normalizer.normalize("Kätzchen.jpg", Normalizer.Form.NFC));
        }

        assertThat(execute("status", Normalizer.normalize("Kätzchen.jpg", Normalizer.Form.NFD))).isZero();
    }

    @Test
    void aFileThatLiesInTheInboxIsToldAndWhyItMayStayThere() throws IOException {
        story().close();
        Files.createDirectories(folder.resolve("inbox/cats"));
        Files.writeString(folder.resolve("inbox/cats/new.jpg"), "new");
        Files.writeString(folder.resolve("inbox/cats/half.jpg.part"), "half");

        assertThat(execute("status", "cats/new.jpg")).isZero();
        assertThat(out.toString()).contains("was not taken yet", "No server is running");
        assertThat(execute("status", "cats/half.jpg.part")).isZero();
        assertThat(out.toString()).contains("a name like this is passed over");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing.jpg", "../secret.jpg", "cats/../../secret.jpg", "../../etc/passwd", "/etc/passwd", "%", "' OR 1=1 --", "a\u0000b", ""})
    void ofWhatWasNeverDroppedNothingIsKnown(String typed) throws IOException {
        try (LedgerStory story = story()) {
            story.image("cats", "tom.jpg");
        }

        Files.createDirectories(folder.resolve("inbox"));
        Files.writeString(folder.resolve("secret.jpg"), "no business of the inbox");

        assertThat(execute("status", typed)).isEqualTo(1);
        assertThat(err.toString()).startsWith("dropfolder: nothing is known of a file").hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aFileIsFoundByAnIndexHoweverManyThereAre() throws Exception {
        story().close();
        try (Connection ledger = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ledger.db"));
                Statement statement = ledger.createStatement()) {
            for (String condition : List.of("source = 'x'", "target = 'x'",
                    "substr(source, length(rtrim(source, replace(source, '/', ''))) + 1) = 'x'")) {
                try (ResultSet plan = statement.executeQuery("EXPLAIN QUERY PLAN SELECT * FROM asset WHERE " + condition + " ORDER BY id DESC LIMIT 20")) {
                    assertThat(plan.getString("detail")).contains("USING INDEX asset_");
                }
            }
        }
    }

    @Test
    void theHistoryTellsWhatHappenedTheOldestFirst() throws IOException {
        try (LedgerStory story = story()) {
            story.uploaded("cats", 2);
        }

        assertThat(execute("history", "cats")).isZero();
        assertThat(out.toString()).containsSubsequence("batch 1 goes: 2 images", "batch 1: 2 images uploaded");
        assertThat(execute("history", "cats", "--last", "1")).isZero();
        assertThat(out.toString()).doesNotContain("goes").hasLineCount(1);
        assertThat(execute("history", "cats", "--last", "1", "--json")).isZero();
        assertThat(new ObjectMapper().readTree(out.toString()).get("what").asText()).startsWith("batch 1:");
        assertThat(execute("history", "cast")).isEqualTo(1);
        assertThat(err.toString()).contains("nothing was ever dropped for 'cast'; there is 'cats'");
    }

    @Test
    void watchingTellsEachChangeInALineWhereThereIsNoTerminal() throws Exception {
        try (LedgerStory story = story()) {
            story.image("cats", "tom.jpg");
        }
        Thread watch = new Thread(() -> execute("status", "--watch"));
        watch.start();
        try {
            await().until(() -> out.toString().contains("DATASET"));
            try (LedgerStory story = story()) {
                story.image("dogs", "rex.jpg");
            }
            await().until(() -> out.toString().contains("dogs: 0 of 15 uploaded, 1 waiting, 0 set aside."));
            assertThat(out.toString().substring(out.toString().indexOf("dogs:"))).as("only what changed").doesNotContain("cats:");
        } finally {
            watch.interrupt();
            watch.join();
        }
    }

    private LedgerStory story() {
        return new LedgerStory(folder, Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-5)), false);
    }

    private int execute(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> line = new ArrayList<>(List.of(arguments));
        line.add("-Ddropfolder.data=" + folder + "/data");
        line.add("-Ddropfolder.ledger=jdbc:sqlite:" + folder + "/ledger.db");
        line.add("-Ddropfolder.inbox=" + folder + "/inbox");
        return new Dropfolder(settings -> 1, Path.of("config", "application.properties"), Map.of("COLUMNS", "200"))
            .printingTo(new PrintWriter(out, true), new PrintWriter(err, true)).executeHere(line.toArray(String[]::new));
    }
}
