package org.dropfolder.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dropfolder.server.RouteFixture.soon;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.dropfolder.TestClock;
import org.dropfolder.pipeline.Accepted;
import org.dropfolder.server.RouteFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a batch is due. */
class BatchRouteTest {
    private static final String ACCEPTED = "seda:image-accepted";
    private static final String DUE = "seda:batch-due";

    private final TestClock clock = TestClock.of2000();
    @TempDir
    private Path folder;
    private RouteFixture routes;

    @AfterEach
    void stop() {
        routes.close();
    }

    @Test
    void isDueOnceItsDatasetIsQuiet() throws Exception {
        start("dropfolder.batch.wait", "100ms");

        accept("cats", 1);
        accept("cats", 1);
        accept("cats", 1);

        soon().until(() -> !due().isEmpty());
        assertThat(due()).containsExactly("cats");
    }

    @Test
    void isDueAtOnceWhenItIsFullByCount() throws Exception {
        start("dropfolder.batch.wait", "1h", "dropfolder.batch.images", "3");

        for (int i = 0; i < 7; i++) {
            accept("cats", 1);
        }

        soon().until(() -> due().size() == 2);
        assertThat(due()).containsOnly("cats");
    }

    @Test
    void isDueAtOnceWhenItIsFullByBytes() throws Exception {
        start("dropfolder.batch.wait", "1h", "dropfolder.batch.size", "1KB");

        accept("cats", 1000);
        accept("cats", 24);
        accept("dogs", 1023);
        accept("birds", 5000);

        soon().until(() -> due().size() == 2);
        assertThat(due()).containsExactly("cats", "birds");
    }

    @Test
    void isGatheredForEachDatasetByItself() throws Exception {
        start("dropfolder.batch.wait", "1h", "dropfolder.batch.images", "2");

        accept("cats", 1);
        accept("dogs", 1);
        accept("birds", 1);
        accept("dogs", 1);
        accept("cats", 1);

        soon().until(() -> due().size() == 2);
        assertThat(due()).containsExactly("dogs", "cats");
    }

    @Test
    void isCutOffWhereItDripsForTwelveWaits() throws Exception {
        start("dropfolder.batch.wait", "1h");

        accept("cats", 1);
        accept("dogs", 1);
        clock.pass(Duration.ofHours(12));
        accept("cats", 1);

        soon().until(() -> !due().isEmpty());
        assertThat(due()).containsExactly("cats");
    }

    private void start(String... keysAndValues) throws Exception {
        routes = RouteFixture.of(folder, clock, List.of("3-batch"), keysAndValues).start();
    }

    private void accept(String dataset, long bytes) {
        routes.sendAndWait(ACCEPTED, new Accepted(dataset, bytes));
    }

    private List<Object> due() {
        return routes.bodiesAt(DUE);
    }
}
