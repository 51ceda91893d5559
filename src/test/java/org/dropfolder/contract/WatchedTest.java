package org.dropfolder.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.dropfolder.simulator.Client;
import org.dropfolder.simulator.Fault;
import org.dropfolder.simulator.Operation;
import org.dropfolder.simulator.Simulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A simulator that is watched, and what becomes of the test in which something is found. */
class WatchedTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private Simulator simulator;

    @BeforeEach
    void start() throws IOException {
        simulator = Simulator.start(Watched.simulator());
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void aRequestAgainstTheContractMakesTheTestFailThatSentIt() throws Exception {
        assertThat(send("/datasets?page=2", "the server")).isEqualTo(200);

        assertThatThrownBy(() -> new Violations().afterEach(null)).isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("WatchedTest.aRequestAgainstTheContract", "The server's request GET /datasets?page=2", "'page'");
        assertThat(Violations.taken()).isEmpty();
    }

    @Test
    void aRequestThatATestSendsItselfMayBeWrong() throws Exception {
        assertThat(send("/datasets?page=2", Client.NAME)).isEqualTo(200);
        assertThat(send("/elsewhere", Client.NAME)).isEqualTo(404);

        assertThat(Violations.taken()).isEmpty();
    }

    @Test
    void whatAFaultMakesIsNotHeldAgainstTheSimulator() throws Exception {
        simulator.faults().next(Operation.LIST_DATASETS, Fault.answer(502).body("<html>"), Fault.brokenJson(),
                Fault.without("datasets"), Fault.answer(200).header("Content-Type", "text/html"));

        for (int status : List.of(502, 200, 200, 200)) {
            assertThat(send("/datasets", "the server")).isEqualTo(status);
        }

        assertThat(Violations.taken()).isEmpty();
    }

    /** Else something could go over the wire unseen. */
    @Test
    void noTestStartsASimulatorThatIsNotWatched() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/test/java"))) {
            assertThat(sources.filter(Files::isRegularFile).filter(WatchedTest::startsOneUnseen))
                    .as("start simulators with Watched.simulator()").isEmpty();
        }
    }

    private static boolean startsOneUnseen(Path source) {
        try {
            return !source.endsWith("contract/Watched.java") && Files.readString(source).contains("Options." + "defaults(");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int send(String uri, String sender) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(simulator.url().resolve(uri)).header("Api-Key", "a-key")
                .header("User-Agent", sender).build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }
}
