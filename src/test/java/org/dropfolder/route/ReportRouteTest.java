package org.dropfolder.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dropfolder.server.RouteFixture.soon;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dropfolder.server.RouteFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people read where they dropped. */
class ReportRouteTest {
    private static final String ACCEPT = "direct:accept";

    @TempDir
    private Path folder;
    private Scene scene;
    private RouteFixture routes;

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void tellsOfADatasetWhenItChangesAndThenOnly() throws Exception {
        start("on", "report");
        scene.accepted("kittens", 2);
        Path status = routes.inbox().resolve("kittens/_status.txt");

        soon().untilAsserted(() -> assertThat(status).content().contains("0 of the 15 images", "2 images are on the way there"));

        Files.setLastModifiedTime(status, FileTime.from(Instant.EPOCH));
        int looks = routes.completed("report");
        soon().until(() -> routes.completed("report") > looks);
        assertThat(Files.getLastModifiedTime(status).toInstant()).isEqualTo(Instant.EPOCH);

        scene.accept("kittens/notes.jpg", "no picture".getBytes());
        soon().untilAsserted(() -> assertThat(status).content().contains("1 file was set aside", "notes.jpg is"));
    }

    @Test
    void writesNothingWhereItIsOff() throws Exception {
        start("off", "report");
        assertThat(routes.camel().getRoute("report")).isNull();
    }

    /** Were a pipe opened, the look at the inbox would never end. */
    @Test
    void leavesWhatIsNoFileAloneAndSaysSo() throws Exception {
        scene = Scene.of(folder, Clock.systemUTC(), List.of("1-intake-folder", "report"));
        routes = scene.routes();
        Path cats = Files.createDirectories(routes.inbox().resolve("cats"));
        assertThat(new ProcessBuilder("mkfifo", cats.resolve("pipe.jpg").toString()).start().waitFor(10, TimeUnit.SECONDS)).isTrue();
        Files.createSymbolicLink(cats.resolve("link.jpg"), Files.writeString(folder.resolve("secret.jpg"), "secret"));
        Files.createSymbolicLink(routes.inbox().resolve("circle"), routes.inbox());
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(cats.resolve("socket.jpg")));
            routes.start();
            routes.drop("cats/last.jpg", "some bytes".getBytes());

            soon().untilAsserted(() -> assertThat(cats.resolve("_status.txt")).content()
                .contains("pipe.jpg is no file", "socket.jpg is no file", "link.jpg is only a link"));
            soon().untilAsserted(() -> assertThat(routes.inbox().resolve("_status.txt")).content().contains("circle is only a link"));
            assertThat(routes.bodiesAt(ACCEPT)).isNotEmpty().containsOnly("cats/last.jpg");
        }
    }

    private void start(String report, String... files) throws Exception {
        scene = Scene.started(folder, List.of(files), "dropfolder.inbox.report", report);
        routes = scene.routes();
    }
}
