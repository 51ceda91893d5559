package org.dropfolder.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.Exchange;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Tally;
import org.dropfolder.pipeline.Accepted;
import org.dropfolder.server.RouteFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row, move, row. */
class AcceptRouteTest {
    private static final byte[] CAT = RouteFixture.jpeg("a cat");
    private static final byte[] TEXT = "no image".getBytes(StandardCharsets.UTF_8);

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
    void movesAnImageToPendingAndTellsOfIt() throws Exception {
        Path dropped = accept("cats/a.jpg", CAT);

        assertThat(dropped).doesNotExist();
        assertThat(routes.filesIn("pending")).containsExactly("cats/1-a.jpg");
        assertThat(images().of(AssetState.ACCEPTED)).isEqualTo(1);
        assertThat(told()).containsExactly(new Accepted("cats", CAT.length));
    }

    @Test
    void setsAsideWhatIsNoImageAndTellsNobody() throws Exception {
        accept("cats/a.jpg", TEXT);

        assertThat(routes.filesIn("rejected")).containsExactly("cats/a.jpg", "cats/a.jpg.reason.txt");
        assertThat(images().of(AssetState.REJECTED)).isEqualTo(1);
        assertThat(told()).isEmpty();
    }

    @Test
    void setsAsideWhatLiesInNoFolder() throws Exception {
        accept("a.jpg", CAT);

        assertThat(routes.filesIn("rejected")).hasSize(2);
        assertThat(told()).isEmpty();
    }

    @Test
    void tellsOfAPictureOnceHoweverOftenItIsDropped() throws Exception {
        accept("cats/a.jpg", CAT);
        accept("cats/copy of a.jpg", CAT);
        accept("dogs/a.jpg", CAT);

        assertThat(images().of(AssetState.DUPLICATE)).isEqualTo(1);
        assertThat(told()).containsExactly(new Accepted("cats", CAT.length), new Accepted("dogs", CAT.length));
    }

    @Test
    void tellsOfACaptionWithoutCountingIt() throws Exception {
        accept("cats/a.txt", TEXT);

        assertThat(routes.filesIn("pending")).containsExactly("cats/1-a.txt");
        assertThat(told()).containsExactly(new Accepted("cats", 0));
    }

    @Test
    void passesOverAFileThatIsGone() {
        Exchange exchange = routes.send("direct:accept", "cats/a.jpg");

        assertThat(exchange.isFailed()).isFalse();
        assertThat(routes.ledger().datasets().all()).isEmpty();
    }

    @Test
    void countsAFileOnceThatIsHandedOnTwice() throws Exception {
        accept("cats/a.jpg", CAT);
        routes.sendAndWait("direct:accept", "cats/a.jpg");

        assertThat(images().of(AssetState.ACCEPTED)).isEqualTo(1);
        assertThat(told()).hasSize(1);
    }

    @Test
    void leavesAFileInTheInboxThatCantBeMovedAndFinishesItLater() throws Exception {
        Path inTheWay = Files.write(routes.data().resolve("pending"), TEXT);

        Path dropped = accept("cats/a.jpg", CAT);
        assertThat(dropped).hasBinaryContent(CAT);
        assertThat(images().of(AssetState.ARRIVING)).isEqualTo(1);
        assertThat(told()).isEmpty();

        Files.delete(inTheWay);
        routes.sendAndWait("direct:accept", "cats/a.jpg");
        assertThat(routes.filesIn("pending")).containsExactly("cats/1-a.jpg");
        assertThat(images().of(AssetState.ACCEPTED)).isEqualTo(1);
        assertThat(told()).hasSize(1);
    }

    /** The policy has said and written down what is to be said; the inbox's consumer need not fail too. */
    @Test
    void handlesItsFailures() throws Exception {
        Files.write(routes.data().resolve("pending"), TEXT);
        routes.drop("cats/a.jpg", CAT);

        Exchange exchange = routes.send("direct:accept", "cats/a.jpg");

        assertThat(exchange.getException()).isNull();
        assertThat(routes.redeliveries()).isZero();
    }

    private Path accept(String source, byte[] content) throws Exception {
        Path dropped = routes.drop(source, content);
        routes.sendAndWait("direct:accept", source);
        return dropped;
    }

    private Tally images() {
        return routes.ledger().assets().tally(routes.dataset("cats").id());
    }

    private List<Object> told() {
        return routes.bodiesAt("seda:image-accepted");
    }
}
