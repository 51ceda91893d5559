package org.dropfolder.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dropfolder.Zips;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.pipeline.Accepted;
import org.dropfolder.server.RouteFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each part: write, read, row, move, row. */
class UnpackRouteTest {
    private static final byte[] TOM = RouteFixture.jpeg("tom");
    private static final byte[] TIM = RouteFixture.jpeg("tim");
    private static final byte[] TEXT = "a cat".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;
    private RouteFixture routes;

    @BeforeEach
    void start() throws Exception {
        routes = RouteFixture.started(folder, List.of("2-accept"));
    }

    @AfterEach
    void stop() {
        routes.close();
    }

    @Test
    void wakesWhoTakesApartAndNotWhoSends() throws Exception {
        accept();

        assertThat(routes.bodiesAt("seda:container-accepted")).containsExactly(container().id());
        assertThat(routes.bodiesAt("seda:image-accepted")).isEmpty();
        assertThat(routes.filesIn("pending")).containsExactly("cats/1-shoot.zip");
    }

    @Test
    void takesItApartAndTellsOfEachPart() throws Exception {
        unpacking();
        accept();
        routes.sendAndWait("seda:container-accepted", 1L);

        assertThat(routes.filesIn("done")).containsExactly("cats/1-shoot.zip");
        assertThat(routes.filesIn("pending")).containsExactly("cats/2-tom.txt", "cats/3-tom.jpg", "cats/4-tim.jpg");
        assertThat(routes.bodiesAt("seda:image-accepted")).containsExactly(new Accepted("cats", 0),
            new Accepted("cats", TOM.length), new Accepted("cats", TIM.length));
    }

    @Test
    void passesOverAContainerThatWaitsNoMore() throws Exception {
        unpacking();
        accept();
        routes.sendAndWait("seda:container-accepted", 1L);
        routes.sendAndWait("seda:container-accepted", 1L);
        routes.sendAndWait("seda:container-accepted", 77L);

        assertThat(routes.bodiesAt("seda:image-accepted")).hasSize(3);
        assertThat(routes.ledger().assets().tally(routes.dataset("cats").id()).of(AssetState.ACCEPTED)).isEqualTo(2);
    }

    @Test
    void leavesAContainerWaitingWhosePartsCannotBeWritten() throws Exception {
        Path inTheWay = Files.write(routes.data().resolve(".unpacking"), TEXT);
        unpacking();
        accept();
        routes.sendAndWait("seda:container-accepted", 1L);
        assertThat(routes.bodiesAt("seda:image-accepted")).isEmpty();
        assertThat(routes.filesIn("pending")).containsExactly("cats/1-shoot.zip");

        Files.delete(inTheWay);
        routes.sendAndWait("seda:container-accepted", 1L);
        assertThat(routes.filesIn("done")).containsExactly("cats/1-shoot.zip");
        assertThat(routes.bodiesAt("seda:image-accepted")).hasSize(3);
    }

    private void unpacking() throws Exception {
        routes.close();
        routes = RouteFixture.started(folder, List.of("2-accept", "2-unpack"));
    }

    private void accept() throws Exception {
        routes.drop("cats/shoot.zip", Zips.of("tom.jpg", TOM, "tim.jpg", TIM, "tom.txt", TEXT));
        routes.sendAndWait("direct:accept", "cats/shoot.zip");
    }

    private Asset container() {
        return routes.ledger().containers().waitingIn(routes.dataset("cats").id()).get(0);
    }
}
