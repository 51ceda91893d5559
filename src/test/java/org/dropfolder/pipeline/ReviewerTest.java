package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.dropfolder.pipeline.PipelineFixture.jpeg;
import static org.dropfolder.pipeline.PipelineFixture.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Claimed;
import org.dropfolder.ledger.Fates;
import org.dropfolder.ledger.Tally;
import org.dropfolder.pipeline.Reviewer.Finding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was set aside, looked at again. */
class ReviewerTest {
    @TempDir
    private Path folder;
    private PipelineFixture on;

    @BeforeEach
    void start() throws IOException {
        on = new PipelineFixture(folder);
    }

    @AfterEach
    void stop() {
        on.close();
    }

    @Test
    void whatWasMendedInItsPlaceGoesBackToPendingAndItsNoteIsGone() throws IOException {
        on.image("cats/tom.jpg", "x".repeat(2_000));
        mend("tom.jpg", "smaller");
        assertThat(review()).isEqualTo(Map.of(Finding.ACCEPTED, 1));
        Asset asset = on.ledger.assets().waiting(on.dataset("cats").id()).get(0);
        assertThat(on.files()).containsExactly(asset.target());
        assertThat(asset.size()).isEqualTo(jpeg("smaller").length);
        assertThat(asset.reason()).isEmpty();
        assertThat(on.sifter.steady(on.dataset("cats"))).isTrue();
        assertThat(on.tally("cats")).isEqualTo(new Tally(Map.of(AssetState.ACCEPTED, 1)));
    }

    @Test
    void whatStillCantBeUsedStaysBesideItsReasonPerhapsAnother() throws IOException {
        on.image("cats/tom.jpg", "x".repeat(2_000));
        Files.write(on.data.resolve("rejected/cats/tom.jpg"), text("no image at all"));
        assertThat(review()).isEqualTo(Map.of(Finding.REJECTED, 1));
        assertThat(on.files()).containsExactly("rejected/cats/tom.jpg", "rejected/cats/tom.jpg.reason.txt");
        assertThat(on.read("rejected/cats/tom.jpg.reason.txt")).contains("not a JPEG, PNG or WebP");
    }

    @Test
    void whatIdeogramRefusedGoesAgainWithItsCaptionAndItsCopies() throws IOException {
        on.image("cats/tom.jpg", "tom");
        on.image("cats/copy.jpg", "tom");
        on.caption("cats/tom.txt", "a cat");
        on.ready("cats");
        refuse();
        assertThat(on.tally("cats").of(AssetState.REJECTED)).isEqualTo(2);
        assertThat(review()).isEqualTo(Map.of(Finding.ACCEPTED, 2, Finding.DUPLICATE, 1));
        assertThat(on.files()).hasSize(3).allMatch(file -> file.startsWith("pending/cats/"));
        Claimed again = on.send("cats");
        assertThat(again.images()).singleElement().satisfies(image -> assertThat(image.caption()).contains("a cat"));
        on.ledger.batches().uploaded(again.batch(), Fates.ALL_THERE, on.places.of(on.dataset("cats"))).forEach(on.mover::placeOrLeave);
        assertThat(on.tally("cats")).isEqualTo(new Tally(Map.of(AssetState.UPLOADED, 1, AssetState.DUPLICATE, 1)));
        assertThat(on.files()).hasSize(3).allMatch(file -> file.startsWith("done/cats/"));
    }

    @Test
    void whatTheDatasetHasMeanwhileLiesBesideItsFirstCopy() throws IOException {
        on.image("cats/tom.jpg", "x".repeat(2_000));
        mend("tom.jpg", "the same");
        on.image("cats/other.jpg", "the same");
        on.ready("cats");
        on.upload("cats");
        assertThat(review()).isEqualTo(Map.of(Finding.DUPLICATE, 1));
        assertThat(on.files()).hasSize(2).allMatch(file -> file.startsWith("done/cats/"));
        assertThat(on.tally("cats")).isEqualTo(new Tally(Map.of(AssetState.UPLOADED, 1, AssetState.DUPLICATE, 1)));
    }

    @Test
    void aCaptionWaitsForItsImageAsIfItHadJustCome() throws IOException {
        Asset caption = on.caption("cats/tom.txt", "a cat");
        on.clock.pass(Duration.ofHours(1));
        on.ledger.assets().setAside(caption, "no image came", on.places.of(on.dataset("cats"))).forEach(on.mover::placeOrLeave);
        assertThat(review()).isEqualTo(Map.of(Finding.ACCEPTED, 1));
        assertThat(on.ledger.captions().lonely(on.clock.instant().minusSeconds(1))).isEmpty();
        assertThat(on.ledger.assets().waitingCaptions(on.dataset("cats").id())).hasSize(1);
    }

    @Test
    void aFullDatasetTakesNoMore() throws IOException {
        on.image("cats/late.jpg", "x".repeat(2_000));
        for (int i = 0; i < Intake.DATASET_HOLDS; i++) {
            on.image("cats/" + i + ".jpg", "picture " + i);
        }
        mend("late.jpg", "late");
        assertThat(review()).isEqualTo(Map.of(Finding.REJECTED, 1));
        assertThat(on.read("rejected/cats/late.jpg.reason.txt")).contains("100 images");
    }

    @Test
    void whatPeopleTookOutIsPassedOver() throws IOException {
        on.image("cats/tom.jpg", "x".repeat(2_000));
        Files.delete(on.data.resolve("rejected/cats/tom.jpg"));
        assertThat(review()).isEqualTo(Map.of(Finding.TAKEN, 1));
        assertThat(on.tally("cats").of(AssetState.REJECTED)).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete", "make", "rename"})
    void isConservedWhereverItIsCutOff(String effect) throws IOException {
        on.image("cats/tom.jpg", "x".repeat(2_000));
        mend("tom.jpg", "smaller");
        on.clock.pass(Duration.ofSeconds(1));
        on.stopBefore(effect);
        assertThatExceptionOfType(PipelineFixture.Cut.class).isThrownBy(this::review);
        assertThat(on.tally("cats").of(AssetState.values())).isOne();
        assertThat(on.files()).filteredOn(file -> file.endsWith(".jpg")).hasSize(1);
        on.restart();
        on.clock.pass(Duration.ofSeconds(1));
        on.ledger.assets().unmoved(on.clock.instant(), 10).forEach(on.mover::placeOrLeave);
        assertThat(on.tally("cats")).isEqualTo(new Tally(Map.of(AssetState.ACCEPTED, 1)));
        assertThat(on.files()).hasSize(1).allMatch(file -> file.startsWith("pending/cats/"));
        assertThat(on.data.resolve(on.files().get(0))).hasBinaryContent(jpeg("smaller"));
    }

    private Map<Finding, Integer> review() {
        return new Reviewer(on.ledger, on.store, on.examiner, on.mover, on.places).review(on.dataset("cats"));
    }

    private void mend(String name, String content) throws IOException {
        Files.write(on.data.resolve("rejected/cats/" + name), jpeg(content));
    }

    private void refuse() {
        Claimed claimed = on.send("cats");
        Fates refused = new Fates(Map.of(claimed.images().get(0).id(), "its safety check"), Set.of());
        on.ledger.batches().uploaded(claimed.batch(), refused, on.places.of(on.dataset("cats"))).forEach(on.mover::placeOrLeave);
    }
}
