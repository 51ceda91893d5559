package org.dropfolder.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.dropfolder.contract.Watched;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatorObserverTest {
    private final List<Interaction> seen = new CopyOnWriteArrayList<>();
    private Simulator simulator;
    private Client client;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(Watched.simulator().withObserver(seen::add));
        client = new Client(simulator);
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void tellsWhatWasSentAndWhatIsAnsweredBeforeTheClientKnows() throws Exception {
        String answer = client.post("/datasets?a=b", "{\"name\": \"cats\"}").body();

        assertThat(seen).hasSize(1);
        assertThat(seen.get(0).method()).isEqualTo("POST");
        assertThat(seen.get(0).uri()).hasToString("/datasets?a=b");
        assertThat(seen.get(0).header("API-KEY")).hasValue("any");
        assertThat(seen.get(0).body()).asString(StandardCharsets.UTF_8).isEqualTo("{\"name\": \"cats\"}");
        assertThat(seen.get(0).answer()).hasValueSatisfying(sent -> {
            assertThat(sent.status()).isEqualTo(200);
            assertThat(sent.headers()).containsEntry("Content-Type", "application/json");
            assertThat(sent.body()).asString(StandardCharsets.UTF_8).isEqualTo(answer);
            assertThat(sent.byFault()).isFalse();
        });
    }

    @Test
    void tellsOfAFormAsAWhole() throws Exception {
        String id = client.dataset("cats", 0);
        Client.Part[] parts = {Client.Part.file("a.jpg", Samples.jpeg("a")), Client.Part.file("b.jpg", Samples.jpeg("b"))};
        client.upload(id, parts);

        assertThat(seen.get(1).body()).isEqualTo(Client.form(parts));
    }

    @Test
    void saysWhichAnswersAreByAFault() throws Exception {
        simulator.faults().next(Operation.LIST_DATASETS, Fault.answer(503), Fault.answer(200).body("{}").header("a", "b"),
                Fault.brokenJson(), Fault.without("datasets"), Fault.hold(new CountDownLatch(0)));
        for (int i = 0; i < 6; i++) {
            client.get("/datasets");
        }
        client.get("/elsewhere");

        assertThat(seen).extracting(interaction -> interaction.answer().orElseThrow().byFault())
                .containsExactly(true, true, true, true, false, false, false);
    }

    @Test
    void saysWhereAConnectionIsClosedWithoutAnAnswer() throws Exception {
        simulator.faults().next(Operation.CREATE_DATASET, Fault.loseAnswer());
        assertThat(client.sendAsync(client.request("/datasets").header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\": \"cats\"}"))))
                .failsWithin(Duration.ofSeconds(10));

        assertThat(seen).singleElement().satisfies(interaction -> {
            assertThat(interaction.body()).isNotEmpty();
            assertThat(interaction.answer()).isEmpty();
        });
    }

    @Test
    void goesOnWhereItsObserverFails() throws Exception {
        try (Simulator other = Simulator.start(Watched.simulator().withObserver(interaction -> {
            throw new IllegalStateException("an observer that fails, in a test");
        }))) {
            assertThat(new Client(other).get("/datasets").statusCode()).isEqualTo(200);
        }
    }
}
