package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dropfolder.pipeline.PipelineFixture.jpeg;
import static org.dropfolder.pipeline.PipelineFixture.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Tally;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that somebody goes on writing where they lie. */
class InspectorTest {
    @TempDir
    Path folder;

    private PipelineFixture on;
    private Inspector inspector;

    @BeforeEach
    void begin() throws IOException {
        on = new PipelineFixture(folder);
        Reviewer reviewer = new Reviewer(on.ledger, on.store, on.examiner, on.mover, on.places);
        inspector = new Inspector(on.ledger, on.examiner, reviewer, on.clock);
    }

    @AfterEach
    void end() {
        on.close();
    }

    @Test
    void whatWasSetAsideHalfAndThenBecameWholeGoesAfterAll() throws IOException {
        Asset half = set("cats/tom.jpg", new byte[0]);
        assertThat(half.state()).isEqualTo(AssetState.REJECTED);
        inspector.lookAgain();
        assertThat(on.tally("cats")).isEqualTo(new Tally(Map.of(AssetState.REJECTED, 1)));

        write(half, jpeg("tom"));
        inspector.lookAgain();
        assertThat(on.tally("cats")).isEqualTo(new Tally(Map.of(AssetState.ACCEPTED, 1)));
        assertThat(on.files()).containsExactly("pending/cats/1-tom.jpg");
        assertThat(on.send("cats").images()).extracting(Asset::size).containsExactly((long) jpeg("tom").length);
    }

    @Test
    void whatIsStillBeingWrittenIsLeftAlone() throws IOException {
        Asset half = set("cats/tom.jpg", new byte[0]);
        Files.write(on.data.resolve(half.target()), jpeg("tom"));
        inspector.lookAgain();
        assertThat(on.tally("cats").of(AssetState.REJECTED)).isOne();
        on.clock.pass(PipelineFixture.A_WHILE);
        inspector.lookAgain();
        assertThat(on.tally("cats").of(AssetState.ACCEPTED)).isOne();
    }

    @Test
    void aCopyThatBecameAnotherPictureIsNoCopyAnyMore() throws IOException {
        on.image("cats/tom.jpg", "tom");
        Asset copy = on.image("cats/copy.jpg", "tom");
        assertThat(copy.state()).isEqualTo(AssetState.DUPLICATE);
        write(copy, jpeg("another"));
        inspector.lookAgain();
        assertThat(on.tally("cats")).isEqualTo(new Tally(Map.of(AssetState.ACCEPTED, 2)));
        assertThat(on.send("cats").images()).extracting(Asset::source).containsExactly("cats/tom.jpg", "cats/copy.jpg");
    }

    @Test
    void aCopyInDoneThatBecameAnotherPictureWaitsForABatchOfItsOwn() throws IOException {
        on.filled("cats", 1);
        Asset copy = on.image("cats/copy.jpg", "picture 0");
        assertThat(copy.target()).startsWith("done/");
        write(copy, jpeg("another"));
        inspector.lookAgain();
        assertThat(on.tally("cats")).isEqualTo(new Tally(Map.of(AssetState.UPLOADED, 1, AssetState.ACCEPTED, 1)));
        assertThat(on.files()).containsExactlyInAnyOrder("done/cats/1-0.jpg", "pending/cats/2-copy.jpg");
    }

    @Test
    void aCopyThatBrokeIsSetAside() throws IOException {
        on.image("cats/tom.jpg", "tom");
        Asset copy = on.image("cats/copy.jpg", "tom");
        write(copy, text("no picture at all"));
        inspector.lookAgain();
        assertThat(on.tally("cats")).isEqualTo(new Tally(Map.of(AssetState.ACCEPTED, 1, AssetState.REJECTED, 1)));
        assertThat(on.files()).containsExactly("pending/cats/1-tom.jpg", "rejected/cats/copy.jpg", "rejected/cats/copy.jpg.reason.txt");
    }

    @Test
    void whatWasOnlyTouchedStaysAndIsReadOnce() throws IOException {
        Asset aside = set("cats/tom.jpg", text("no picture"));
        Files.setLastModifiedTime(on.data.resolve(aside.target()), FileTime.fromMillis(0));
        on.clock.pass(PipelineFixture.A_WHILE);
        assertThat(on.examiner.differs(aside)).isTrue();
        inspector.lookAgain();
        Asset now = on.ledger.aside().of(on.dataset("cats").id()).get(0);
        assertThat(now.state()).isEqualTo(AssetState.REJECTED);
        assertThat(on.examiner.differs(now)).isFalse();
    }

    @Test
    void whatWasSetAsideLongAgoIsNotLookedAt() throws IOException {
        Asset aside = set("cats/tom.jpg", text("no picture"));
        on.clock.pass(Inspector.LATELY.plusMillis(1));
        write(aside, jpeg("tom"));
        inspector.lookAgain();
        assertThat(on.tally("cats").of(AssetState.REJECTED)).isOne();
    }

    @Test
    void whatIsLeftOfALargeHeapIsLookedAtTheNextTime() throws IOException {
        for (int i = 0; i <= Inspector.PAGE; i++) {
            set("cats/" + i + ".jpg", text("no picture " + i));
        }
        write(on.ledger.aside().of(on.dataset("cats").id()).get(Inspector.PAGE), jpeg("tom"));
        inspector.lookAgain();
        assertThat(on.tally("cats").of(AssetState.ACCEPTED)).isZero();
        inspector.lookAgain();
        assertThat(on.tally("cats").of(AssetState.ACCEPTED)).isOne();
        write(on.ledger.aside().of(on.dataset("cats").id()).get(0), jpeg("tim"));
        inspector.lookAgain();
        assertThat(on.tally("cats").of(AssetState.ACCEPTED)).isEqualTo(2);
    }

    private Asset set(String source, byte[] bytes) throws IOException {
        on.drop(source, bytes);
        return on.accept(source);
    }

    private void write(Asset asset, byte[] content) throws IOException {
        Files.write(on.data.resolve(asset.target()), content);
        Files.setLastModifiedTime(on.data.resolve(asset.target()), FileTime.from(asset.modified().plusSeconds(1)));
        on.clock.pass(PipelineFixture.A_WHILE);
    }
}
