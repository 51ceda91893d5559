package org.dropfolder.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MovingScreenTest {
    private static final String ESCAPES = "\u001b\\[[0-9;]*[a-zA-Z]";
    private static final List<Line> LINES = List.of(
        new Line(Line.Tone.TITLE, "", "A folder of pictures becomes a model. ".repeat(5).trim()),
        new Line(Line.Tone.PLAIN, "dropped", String.join(", ", "dawn-sailboat.jpg", "noon-sailboat.jpg", "dusk-sailboat.jpg",
            "packing-list.jpg", "night-sailboat.jpg", "autumn-sailboat.jpg", "winter-sailboat.jpg")),
        new Line(Line.Tone.CARE, "set aside", "packing-list.jpg is not a JPEG, PNG or WebP image, but a text."),
        new Line(Line.Tone.RESULT, "model", "model/landscapes/version/1"));

    private final StringWriter written = new StringWriter();

    @ParameterizedTest
    @ValueSource(ints = {40, 80, 200})
    void neverWritesWiderThanTheTerminal(int width) {
        String shown = shown(new MovingScreen.Look(width, true, true));
        assertThat(rows(shown)).allSatisfy(row -> assertThat(row).hasSizeLessThan(width));
        assertThat(rows(shown).collect(Collectors.joining(" ")).replaceAll("\\s+", " "))
            .contains("dawn-sailboat.jpg,", "packing-list.jpg is not a JPEG", "model/landscapes/version/1");
    }

    @Test
    void usesTheWidthThatThereIs() {
        assertThat(rows(shown(new MovingScreen.Look(200, true, true))).mapToInt(String::length).max().orElse(0)).isGreaterThan(100);
    }

    @Test
    void movesUntilItIsClosedAndLeavesACleanLine() {
        try (MovingScreen screen = new MovingScreen(new PrintWriter(written), new MovingScreen.Look(80, true, true))) {
            screen.now("painting picture 3 of 18", 0.5);
            await().until(() -> Stream.of("⠋", "⠙", "⠹").allMatch(turn -> written.toString().contains(turn)));
            assertThat(written.toString()).contains("█", "░", "50 %", "painting picture 3 of 18");
        }
        assertThat(written.toString()).endsWith("\r\u001b[K");
    }

    @Test
    void endsEachColourWhereItBegan() {
        for (String row : shown(new MovingScreen.Look(80, true, true)).split("[\r\n]+")) {
            assertThat(row.split("\u001b\\[[1-9][0-9]*m", -1)).as(row).hasSameSizeAs(row.split("\u001b\\[0m", -1));
        }
    }

    @Test
    void hasNoColourWhereNoneIsWanted() {
        assertThat(shown(new MovingScreen.Look(80, false, true)).replace("\u001b[K", "")).doesNotContain("\u001b").contains("█");
    }

    @Test
    void hasNothingButAsciiWhereThereIsNoMore() {
        assertThat(shown(new MovingScreen.Look(80, true, false))).matches("\\p{ASCII}*").contains("###");
    }

    @Test
    void aPlainScreenWritesALineForALine() {
        PlainScreen screen = new PlainScreen(new PrintWriter(written));
        screen.now("painting", 0.5);
        LINES.forEach(screen::tell);
        screen.close();
        assertThat(written.toString().lines()).hasSameSizeAs(LINES).noneMatch(line -> line.contains("\u001b"))
            .last().isEqualTo("model      model/landscapes/version/1");
    }

    /** All that is written of the lines, with a moving one between them. */
    private String shown(MovingScreen.Look look) {
        try (MovingScreen screen = new MovingScreen(new PrintWriter(written), look)) {
            screen.now("what is under way has a long name where there is little room for it", 0.6);
            LINES.forEach(screen::tell);
        }
        return written.toString();
    }

    /** What stood in a row at any time. */
    private static Stream<String> rows(String shown) {
        return Arrays.stream(shown.replaceAll(ESCAPES, "").split("[\r\n]+"));
    }
}
