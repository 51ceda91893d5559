package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dropfolder.AdvancedClock;
import org.dropfolder.ledger.Lease;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.simulator.Fault;
import org.dropfolder.simulator.Operation;
import org.dropfolder.simulator.Simulator;
import org.dropfolder.status.Census;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Prometheus reads of a server that has had one of each; and whether what is made of it in {@code config/} is there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsTest {
    private static final Pattern SERIES = Pattern.compile("^([a-z_0-9:]+)(?:\\{(.*)})? (\\S+)$");
    private static final Pattern LABEL = Pattern.compile("([A-Za-z_]+)(=~?)\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern USED = Pattern.compile("\\b((?:dropfolder|camel|jvm|process)_[a-z_0-9]+)(?:\\{([^}]*)})?");
    /** What Prometheus adds to each series. */
    private static final String TARGET = "instance";
    /** What each series has. */
    private static final String SIMULATED = "simulated";

    private final AdvancedClock clock = new AdvancedClock();
    private Path folder;
    private World world;
    private Simulator simulator;
    private Server server;

    /** One line of a scrape. */
    private record Series(String name, Map<String, String> labels, double value) {
        boolean isFor(Map<String, String> wanted) {
            Map<String, String> own = new HashMap<>(labels);
            own.remove(SIMULATED);
            return own.equals(wanted);
        }
    }

    @BeforeAll
    void haveOneOfEach(@TempDir Path folder) throws Exception {
        this.folder = folder;
        world = World.in(folder);
        simulator = world.simulator();
        simulator.faults().next(Operation.UPLOAD_ASSETS, Fault.answer(503));
        simulator.faults().next(Operation.GET_MODEL, Fault.loseAnswer());
        simulator.faults().next(Operation.LIST_MODELS, Fault.answer(429));
        start();
        byte[] first = Pictures.folder(world.inbox().resolve("garden"), 16).get("picture-1.png");
        Files.write(world.inbox().resolve("garden/copy.png"), first);
        Files.writeString(world.inbox().resolve("garden/notes.jpg"), "a text, and no picture");
        Path model = world.data().resolve("models/garden.json");
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(model));
    }

    @AfterAll
    void stop() {
        server.close();
        simulator.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "dropfolder_images{outcome=\"uploaded\"} | 16", "dropfolder_images{outcome=\"rejected\"} | 1",
        "dropfolder_images{outcome=\"duplicate\"} | 1", "dropfolder_images{outcome=\"waiting\"} | 0",
        "dropfolder_trainings{state=\"completed\"} | 1", "dropfolder_trainings{state=\"gone\"} | 0", "dropfolder_spent_dollars | 40", "dropfolder_trainings_today | 1",
        "dropfolder_oldest_waiting_image_seconds | 0", "dropfolder_trouble{of=\"key\"} | 0"})
    void tellsWhatTheLedgerKnowsAlsoAfterARestart(String series, double value) throws Exception {
        clock.advance(Duration.ofSeconds(10));
        await().untilAsserted(() -> assertThat(value(series)).isEqualTo(value));
    }

    @Test
    void countsStayWhenTheServerStartsAnew() throws Exception {
        clock.advance(Duration.ofSeconds(10));
        double bytes = value("dropfolder_uploaded_bytes_total");
        server.close();
        start();

        assertThat(bytes).isGreaterThan(1000);
        assertThat(value("dropfolder_uploaded_bytes_total")).isEqualTo(bytes);
        assertThat(value("dropfolder_images{outcome=\"uploaded\"}")).isEqualTo(16);
        assertThat(value("dropfolder_spent_dollars")).isEqualTo(40);
        requestsAreCounted();
    }

    private void requestsAreCounted() {
        await().untilAsserted(() -> {
            assertThat(value("dropfolder_requests_seconds_count{call=\"list-datasets\",outcome=\"done\"}")).isPositive();
            assertThat(value("dropfolder_requests_seconds_sum{call=\"list-datasets\",outcome=\"done\"}")).isPositive();
        });
    }

    @Test
    void noLabelHoldsWhatAPersonNamed() throws Exception {
        assertThat(scrape()).hasSizeGreaterThan(200).allSatisfy(series -> assertThat(String.join(" ", series.labels().values()))
            .doesNotContain("garden", "notes", "copy", folder.toString(), "127.0.0.1"));
    }

    @Test
    void eachSaysWhetherTheRunIsSimulated() throws Exception {
        assertThat(scrape()).allSatisfy(series -> assertThat(series.labels()).containsEntry(SIMULATED, "false"));
        try (Metrics metrics = new Metrics(true)) {
            assertThat(metrics.registry().scrape().lines().filter(line -> !line.startsWith("#"))).hasSizeGreaterThan(20)
                .allSatisfy(line -> assertThat(series(line).labels()).containsEntry(SIMULATED, "true"));
        }
    }

    @Test
    void whatTheLedgerKnowsIsNoNumberUntilItCouldBeRead(@TempDir Path other) throws Exception {
        Path file = other.resolve("ledger.db");
        try (Metrics metrics = new Metrics(false);
             Ledger ledger = Ledger.open("jdbc:sqlite:" + file, Lease.ofThisProcess(Duration.ofMinutes(1), clock), false)) {
            Files.write(file, new byte[(int) Files.size(file)]);
            Files.write(other.resolve("ledger.db-wal"), new byte[0]);
            assertThat(new Census(ledger, clock).now()).isEmpty();
            metrics.tell(new Census(ledger, clock), 5);
            assertThat(metrics.registry().scrape().lines().filter(line -> !line.startsWith("#") && line.contains("dropfolder_"))
                .map(MetricsTest::series).filter(series -> !series.name().matches(".*(requests_seconds|daily_limit).*"))).hasSizeGreaterThan(20)
                .allSatisfy(series -> assertThat(series.value()).as(series.name()).isNaN());
        }
    }

    @Test
    void everyAlertIsOfWhatIsRealAlone() throws Exception {
        JsonNode rules = new YAMLMapper().readTree(Path.of("config/alert-rules.yaml").toFile()).at("/groups/0/rules");
        assertThat(rules).allSatisfy(rule -> assertThat(USED.matcher(rule.path("expr").asText()).results())
            .allSatisfy(use -> assertThat(use.group(2)).as(use.group()).contains("simulated=\"false\"")));
    }

    @Test
    void tellsOfTheMachineAndOfCamel() throws Exception {
        assertThat(scrape()).extracting(Series::name).contains("jvm_memory_used_bytes", "jvm_threads_live_threads", "process_cpu_usage",
            "process_uptime_seconds", "camel_exchanges_total", "camel_exchanges_failed_total");
    }

    @Test
    void everyAlertIsMadeOfWhatIsThere() throws Exception {
        JsonNode rules = new YAMLMapper().readTree(Path.of("config/alert-rules.yaml").toFile()).at("/groups/0/rules");
        List<String> expressions = new ArrayList<>();
        for (JsonNode rule : rules) {
            assertThat(rule.path("alert").asText()).startsWith("Dropfolder");
            assertThat(rule.at("/labels/severity").asText()).isIn("info", "warning", "critical");
            assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
            assertThat(rule.at("/annotations/description").asText()).endsWith(".");
            expressions.add(rule.path("expr").asText());
        }

        assertThat(expressions).hasSizeGreaterThan(10);
        assertThat(missing(expressions)).isEmpty();
    }

    @Test
    void everyPanelIsMadeOfWhatIsThere() throws Exception {
        JsonNode panels = new ObjectMapper().readTree(Path.of("config/grafana-dashboard.json").toFile()).get("panels");
        List<String> expressions = new ArrayList<>();
        panels.findValues("expr").forEach(expression -> expressions.add(expression.asText()));

        assertThat(expressions).hasSizeGreaterThan(14);
        assertThat(missing(expressions)).isEmpty();
    }

    @Test
    void theReadmeNamesEachOfOurs() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        List<String> ours = scrape().stream().map(Series::name).filter(name -> name.startsWith("dropfolder_"))
            .map(name -> name.replaceFirst("(requests_seconds)_(count|sum|max)", "$1")).distinct().toList();

        assertThat(ours).hasSizeGreaterThan(11).allSatisfy(name -> assertThat(readme).contains("`" + name));
    }

    /** What is used and no series has; a pattern must find one for each of its words. */
    private List<String> missing(List<String> expressions) throws Exception {
        List<Series> there = scrape();
        List<String> missing = new ArrayList<>();
        for (String expression : expressions) {
            List<MatchResult> used = USED.matcher(expression).results().toList();
            assertThat(used).as(expression).isNotEmpty();
            used.stream().filter(use -> there.stream().noneMatch(series -> series.name().equals(use.group(1)))).forEach(use -> missing.add(use.group()));
            used.forEach(use -> wanted(use.group(2)).filter(label -> there.stream().noneMatch(series -> series.name().equals(use.group(1))
                && label.getValue().equals(series.labels().get(label.getKey())))).forEach(label -> missing.add(use.group(1) + label)));
        }
        return missing;
    }

    private static Stream<Map.Entry<String, String>> wanted(String labels) {
        return labels == null ? Stream.empty() : LABEL.matcher(labels).results().filter(label -> !label.group(1).equals(TARGET))
            .flatMap(label -> Stream.of(label.group(3).split("\\|")).map(value -> Map.entry(label.group(1), value)));
    }

    private double value(String wanted) throws Exception {
        Series series = series(wanted + " 0");
        return scrape().stream().filter(one -> one.name().equals(series.name()) && one.isFor(series.labels())).findFirst()
            .orElseThrow(() -> new AssertionError(wanted + " is not there")).value();
    }

    private List<Series> scrape() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.address() + "/observe/metrics")).build();
        String text = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
        return text.lines().filter(line -> !line.startsWith("#") && !line.isBlank()).map(MetricsTest::series).toList();
    }

    private static Series series(String line) {
        var parts = SERIES.matcher(line);
        assertThat(parts.matches()).as(line).isTrue();
        Map<String, String> labels = new HashMap<>();
        if (parts.group(2) != null) {
            LABEL.matcher(parts.group(2)).results().forEach(label -> labels.put(label.group(1), label.group(3)));
        }
        return new Series(parts.group(1), labels, Double.parseDouble(parts.group(3)));
    }

    private void start() {
        Map<String, String> settings = world.quick(simulator, Map.of("camel.management.enabled", "true", "camel.metrics.enabled", "true"));
        server = Server.start(Settings.load(SettingsSample.SHIPPED, settings, Map.of()), clock, Seam.UNDISTURBED);
    }
}
