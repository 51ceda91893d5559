package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.dropfolder.AdvancedClock;
import org.dropfolder.simulator.Simulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the health says, with the whole server. Which trouble makes it say what, {@link TroublesTest} shows. */
class HealthTest {
    private static final Map<String, String> WATCHED = Map.of("camel.management.enabled", "true", "camel.main.jmxEnabled", "true");

    private final AdvancedClock clock = new AdvancedClock();
    @TempDir
    private Path folder;
    private World world;
    private Simulator simulator;
    private Server server;

    @BeforeEach
    void start() throws Exception {
        world = World.in(folder);
        simulator = world.simulator();
        Map<String, String> settings = world.quick(simulator, Map.of());
        settings.putAll(WATCHED);
        server = Server.start(Settings.load(SettingsSample.SHIPPED, settings, Map.of()), clock, Seam.UNDISTURBED);
    }

    @AfterEach
    void stop() {
        server.close();
        simulator.close();
    }

    @Test
    void whereAllIsWellItNamesFiveChecksAndNothingElse() throws Exception {
        await().untilAsserted(() -> assertThat(checks("")).isEqualTo(
            Map.of("data", "UP", "inbox", "UP", "key", "UP", "ledger", "UP", "routes", "UP")));
        assertThat(checks("/ready")).hasSize(5);
        assertThat(checks("/live")).isEqualTo(Map.of("routes", "UP"));
    }

    @Test
    void aRouteThatStoppedIsNeitherLiveNorReadyAndIsNamed() throws Exception {
        order("accept", "stop");

        HttpResponse<String> live = get("/live");
        assertThat(live.statusCode()).isEqualTo(503);
        assertThat(live.body()).contains("Not running: accept. The log says why; start the server again.");
        assertThat(get("/ready").statusCode()).isEqualTo(503);
        assertThat(checks("/ready")).containsEntry("routes", "DOWN").containsEntry("ledger", "UP");

        order("accept", "start");
        assertThat(get("/live").statusCode()).isEqualTo(200);
    }

    @Test
    void anInboxThatIsGoneIsNotReadyAndNothingIsNamed() throws Exception {
        Files.createDirectory(world.inbox().resolve("garden"));
        Files.move(world.inbox(), folder.resolve("elsewhere"));
        clock.advance(Duration.ofMinutes(1));

        await().untilAsserted(() -> assertThat(get("/ready").statusCode()).isEqualTo(503));
        assertThat(checks("/ready")).containsEntry("inbox", "DOWN").containsEntry("key", "UP").containsEntry("routes", "UP");
        for (String path : new String[] {"", "/live", "/ready"}) {
            assertThat(get(path).body()).doesNotContain(folder.toString(), folder.getFileName().toString(), "garden",
                InetAddress.getLocalHost().getHostName(), "127.0.0.1", "Exception");
        }
        assertThat(get("/live").statusCode()).isEqualTo(200);
        Files.move(folder.resolve("elsewhere"), world.inbox());
        clock.advance(Duration.ofMinutes(1));
        await().untilAsserted(() -> assertThat(get("/ready").statusCode()).isEqualTo(200));
    }

    /** As an operator does. */
    private static void order(String route, String what) throws Exception {
        ObjectName name = new ObjectName("org.apache.camel:context=dropfolder,type=routes,name=\"" + route + "\"");
        ManagementFactory.getPlatformMBeanServer().invoke(name, what, new Object[0], new String[0]);
    }

    private Map<String, String> checks(String path) throws Exception {
        Map<String, String> checks = new TreeMap<>();
        JsonNode told = new ObjectMapper().readTree(get(path).body());
        Stream.iterate(0, i -> i < told.path("checks").size(), i -> i + 1).map(told.path("checks")::get)
            .forEach(check -> checks.put(check.get("name").asText(), check.get("status").asText()));
        return checks;
    }

    private HttpResponse<String> get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.address() + "/observe/health" + path)).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
