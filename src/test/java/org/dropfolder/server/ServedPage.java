package org.dropfolder.server;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** The packaged jar that serves the page, and a real browser before it; the server can be started anew, the browser stays. */
final class ServedPage implements AutoCloseable {
    private final Path folder;
    private final Browser browser;
    private ServerProcess server;
    private Path data;

    /** @param folder is empty */
    ServedPage(Path folder) throws IOException {
        Assumptions.assumeTrue(Browser.isThere(),
            "THE PAGE IS NOT TESTED: there is no Chromium with its driver. Install it: apt-get install chromium chromium-driver");
        this.folder = folder;
        ServerProcess.layOut(folder);
        browser = new Browser(folder.resolve("profile"));
    }

    Browser browser() {
        return browser;
    }

    /** Starts the server against its simulator, in {@code inbox-simulated/}; every training asks first. */
    void serve(String... more) {
        List<String> arguments = new ArrayList<>(List.of("run", "--simulate", "-Ddropfolder.http.port=0", "-Ddropfolder.training.start=approve",
            "-Ddropfolder.training.wait=1s", "-Ddropfolder.batch.wait=1s", "-Ddropfolder.poll.delay=1s"));
        arguments.addAll(List.of(more));
        start(Map.of(), "data-simulated", arguments);
    }

    /** Starts the server against what answers there, in {@code inbox/}. */
    void serveWith(String ideogram) throws IOException {
        Files.createDirectories(folder.resolve("inbox"));
        start(Map.of("IDEOGRAM_API_KEY", "a-key"), "data", List.of("run", "-Ddropfolder.http.port=0", "-Ddropfolder.batch.wait=1s",
            "-Dideogram.url=" + ideogram));
    }

    private void start(Map<String, String> environment, String dataFolder, List<String> arguments) {
        data = folder.resolve(dataFolder);
        server = ServerProcess.start(folder, environment, List.of(), arguments.toArray(String[]::new));
        await().atMost(Duration.ofSeconds(90)).until(() -> server.output().contains("Page: "));
    }

    /** Kills the server. */
    void endServer() throws InterruptedException {
        server.close();
    }

    /** The inbox of a simulated run. */
    Path inbox(String dataset) {
        return folder.resolve("inbox-simulated").resolve(dataset);
    }

    String url() throws IOException {
        return told("url");
    }

    /** The address by which the page may steer. */
    String link() throws IOException {
        return url() + "/#token=" + token();
    }

    String token() throws IOException {
        return told("token");
    }

    private String told(String what) throws IOException {
        return new ObjectMapper().readTree(data.resolve("dropfolder.lock").toFile()).get(what).asText();
    }

    @Override
    public void close() throws Exception {
        browser.close();
        if (server != null) {
            server.close();
        }
    }
}
