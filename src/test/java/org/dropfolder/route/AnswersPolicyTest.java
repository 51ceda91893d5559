package org.dropfolder.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.dropfolder.server.RouteFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody is told over HTTP when something fails that nobody foresaw. */
class AnswersPolicyTest {
    @Test
    void tellsInWordsThatItFailedAndNotWhatBefellIt(@TempDir Path folder) throws Exception {
        try (Scene scene = Scene.of(folder, Clock.systemUTC(), List.of("page", "status", "steer"))) {
            int port = scene.routes().startServing(Map.of());
            scene.accepted("kittens", 1);
            breakTheLedger(scene.routes());
            for (String path : List.of("/api/status", "/api/datasets", "/api/datasets/kittens")) {
                HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(), BodyHandlers.ofString());

                assertThat(answer.statusCode()).as(path).isEqualTo(500);
                assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/json");
                assertThat(answer.body()).isEqualTo("{\"done\":false,\"message\":\"The server could not do it. Its log says why.\"}");
            }
        }
    }

    private static void breakTheLedger(RouteFixture routes) throws Exception {
        try (Connection ledger = DriverManager.getConnection("jdbc:sqlite:" + routes.data().resolve("ledger.db"));
                Statement statement = ledger.createStatement()) {
            statement.execute("ALTER TABLE asset RENAME TO asset_that_is_gone");
        }
    }
}
