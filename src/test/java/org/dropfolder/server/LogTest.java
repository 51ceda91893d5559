package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.Layout;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.dropfolder.simulator.Simulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is printed in either form, as whoever reads the console gets it. */
class LogTest {
    private static final Logger LOG = LoggerFactory.getLogger(LogTest.class);
    /** A line of its own, colours, another direction, a control character of C1, and the other line ends there are. */
    private static final String HOSTILE = "a\n2026-01-01 00:00:00 ERROR forged\r\u001b[31m\u202e\u009b\u2028\u2029\u0000\u0085z";
    private static final Pattern RAW = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\\n\\t]]");

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @AfterEach
    void leaveItAsItWas() {
        LoggerContext.getContext(false).reconfigure();
    }

    /** Lines come here as the console's appender would print them. */
    private void listen() {
        LoggerContext context = LoggerContext.getContext(false);
        LoggerConfig root = context.getConfiguration().getRootLogger();
        Layout<?> layout = root.getAppenders().values().iterator().next().getLayout();
        Appender listener = new AbstractAppender("listener", null, layout, true, Property.EMPTY_ARRAY) {
            @Override
            public void append(LogEvent event) {
                printed.writeBytes(layout.toByteArray(event));
            }
        };
        listener.start();
        root.addAppender(listener, null, null);
        context.updateLoggers();
    }

    @Test
    void aStoryForgesNoLineWhateverAMessageOrAFailureHolds() {
        listen();
        LOG.error("Hostile: {}", HOSTILE, new IOException(HOSTILE, new IllegalStateException(HOSTILE)));

        assertThat(text()).doesNotContainPattern(RAW).contains("Hostile: a?2026-01-01 00:00:00 ERROR forged??[31m?????");
        List<String> lines = text().lines().toList();
        assertThat(lines.get(0)).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d ERROR Hostile: .*z");
        assertThat(lines.subList(1, lines.size())).hasSizeGreaterThan(4).allMatch(line -> line.startsWith("  | "))
            .anyMatch(line -> line.contains("Caused by"));
    }

    @Test
    void aStoryHasALineForEachEventAndNoneBetween() {
        listen();
        LOG.warn("one");
        LOG.warn("two");

        assertThat(text().lines()).hasSize(2).allMatch(line -> line.matches(".* WARN  (one|two)"));
    }

    @Test
    void jsonIsAnObjectALineWhateverAMessageOrAFailureHolds() throws IOException {
        JsonLog.begin();
        listen();
        LOG.error("Hostile: {}", HOSTILE, new IOException(HOSTILE, new IllegalStateException(HOSTILE)));
        LOG.warn("two");

        assertThat(text()).doesNotContainPattern(RAW);
        List<JsonNode> objects = objects();
        assertThat(objects).hasSize(2);
        assertThat(objects.get(0).get("level").asText()).isEqualTo("ERROR");
        assertThat(objects.get(0).get("message").asText()).startsWith("Hostile: a\n2026-01-01").endsWith("z");
        assertThat(objects.get(0).get("error").asText()).contains("java.io.IOException", "Caused by", "LogTest");
        assertThat(objects.get(0).get("time").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(objects.get(1).fieldNames()).toIterable().containsExactly("time", "level", "message", "logger");
    }

    @Test
    void jsonTellsDatasetAndBatchInFieldsOfTheirOwn(@TempDir Path folder) throws Exception {
        World world = World.in(folder);
        JsonLog.begin();
        listen();
        try (Simulator simulator = world.simulator();
                Server server = Server.start(world.settings(simulator, Map.of("dropfolder.log", "json")), Clock.systemUTC(), Seam.UNDISTURBED)) {
            Pictures.folder(world.inbox().resolve("garden"), 15);
            Files.writeString(world.inbox().resolve("garden/no\u001b[31m\npicture.jpg"), "a text, and no picture at all");
            await().until(() -> text().contains("the model is ready"));
            await().until(() -> text().contains("set aside"));
        }

        List<JsonNode> about = objects().stream().filter(line -> line.get("message").asText().contains("garden")
            && !line.get("message").asText().startsWith("garden: images are here")).toList();
        assertThat(about).hasSizeGreaterThan(6).allSatisfy(line -> assertThat(line.path("dataset").asText()).isEqualTo("garden"));
        assertThat(about).filteredOn(line -> line.get("message").asText().contains(": batch 1 ")).isNotEmpty()
            .allSatisfy(line -> assertThat(line.path("batch").asText()).isEqualTo("1"));
        assertThat(objects()).filteredOn(line -> line.get("message").asText().startsWith("Ready")).singleElement()
            .satisfies(line -> assertThat(line.has("dataset")).isFalse());
        assertThat(text()).doesNotContainPattern(RAW).doesNotContain("a-key");
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private List<JsonNode> objects() throws IOException {
        List<JsonNode> objects = new ArrayList<>();
        for (String line : text().lines().toList()) {
            objects.add(new ObjectMapper().readTree(line));
        }
        return objects;
    }
}
