package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.dropfolder.AdvancedClock;
import org.dropfolder.HookReceiver;
import org.dropfolder.HookReceiver.Post;
import org.dropfolder.contract.Watched;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.simulator.Simulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What whoever wants to know is told by the whole server, from a refused key to a model. */
class NoticesTest {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final AdvancedClock clock = new AdvancedClock();
    @TempDir
    private Path folder;
    private Path inbox;
    private Path keyFile;
    private Simulator simulator;
    private HookReceiver receiver;
    private Server server;

    @BeforeEach
    void start() throws Exception {
        inbox = Files.createDirectory(folder.resolve("inbox"));
        Files.createDirectory(folder.resolve("data"));
        keyFile = Files.writeString(folder.resolve("key"), "a-revoked-key");
        simulator = Simulator.start(Watched.simulator().withKey("the-key"));
        receiver = new HookReceiver();
        server = begin();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        simulator.close();
        receiver.close();
    }

    @Test
    void tellsOfTheKeyOfWhatIsSetAsideAndOfTheTrainingInOrderAndOnce() throws Exception {
        told("key.refused");
        // its answer is on its way: what is cut off there would be told once more
        await().atMost(LONGEST).until(() -> waiting() == 0);
        server.close();
        server = begin();
        Pictures.folder(inbox.resolve("garden"), 15);
        Files.writeString(inbox.resolve("garden/notes.jpg"), "no image at all");
        await().atMost(LONGEST).until(() -> Files.exists(folder.resolve("data/rejected/garden/notes.jpg")));
        Files.writeString(keyFile, "the-key");
        told("key.accepted");
        told("training.waiting_for_approval");
        train("garden");
        told("training.completed");

        assertThat(types("garden")).containsExactly("files.set_aside", "training.waiting_for_approval", "training.started", "training.completed");
        assertThat(types("")).containsExactly("key.refused", "key.accepted");
        assertThat(receiver.tries().values()).containsOnly(1);
        assertThat(receiver.posts()).allSatisfy(post -> assertThat(new String(post.body())).doesNotContain("the-key", "revoked", folder.toString()));
    }

    private void told(String type) {
        await().atMost(LONGEST).until(() -> receiver.posts().stream().anyMatch(post -> post.type().equals(type)));
    }

    private int waiting() {
        try (Ledger ledger = Ledger.toRead("jdbc:sqlite:" + folder.resolve("data/ledger.db"), clock, false)) {
            return ledger.notices().waiting();
        }
    }

    private List<String> types(String dataset) {
        return receiver.posts().stream().filter(post -> post.dataset().equals(dataset)).map(Post::type).toList();
    }

    private void train(String dataset) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.address() + "/api/datasets/" + dataset + "/train"))
            .header("Authorization", "Bearer the-token-that-is-long").POST(HttpRequest.BodyPublishers.noBody()).build();
        assertThat(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    private Server begin() {
        return Server.start(Settings.load(SettingsSample.SHIPPED, Map.ofEntries(Map.entry("ideogram.url", simulator.url().toString()),
            Map.entry("ideogram.api-key-file", keyFile.toString()), Map.entry("dropfolder.inbox", inbox.toString()),
            Map.entry("dropfolder.data", folder.resolve("data").toString()), Map.entry("dropfolder.http.port", "0"),
            Map.entry("dropfolder.http.token", "the-token-that-is-long"), Map.entry("dropfolder.settle", "100ms"),
            Map.entry("dropfolder.batch.wait", "300ms"), Map.entry("dropfolder.training.wait", "1s"),
            Map.entry("dropfolder.training.start", "approve"), Map.entry("dropfolder.poll.delay", "100ms"),
            Map.entry("dropfolder.sweep", "1s"), Map.entry("dropfolder.notify.url", receiver.url("/hook")),
            Map.entry("dropfolder.notify.secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")), Map.of()), clock, Seam.UNDISTURBED);
    }
}
