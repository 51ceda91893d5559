package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dropfolder.pipeline.PipelineFixture.listing;

import java.io.IOException;
import java.nio.file.Path;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Dataset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More than a dataset holds, where a next one takes what finds no room. */
class OverflowTest {
    private PipelineFixture on;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        on = new PipelineFixture(folder);
        on.folders.letOverflow();
    }

    @AfterEach
    void close() {
        on.close();
    }

    @Test
    void goesIntoTheNextDatasetAndCaptionsAndCopiesWithIt() throws IOException {
        fill("cats");
        on.caption("cats/before.txt", "before");
        Asset before = on.image("cats/before.jpg", "before");
        on.image("cats/after.jpg", "after");
        Asset after = on.caption("cats/after.txt", "after");
        Asset copy = on.image("cats/copy.jpg", "after");
        Dataset next = on.dataset("cats 2");
        assertThat(next.overflowOf()).contains(on.dataset("cats").id());
        assertThat(java.util.List.of(before, after, copy)).extracting(Asset::datasetId).containsOnly(next.id());
        assertThat(copy.state()).isEqualTo(AssetState.DUPLICATE);
        assertThat(on.image("cats/tom again.jpg", "picture 0").datasetId()).as("a copy of the first").isEqualTo(on.dataset("cats").id());
        on.ready("cats 2");
        assertThat(on.send("cats 2").images()).extracting(image -> image.caption().orElseThrow()).containsExactly("before", "after");
        assertThat(on.tally("cats").of(AssetState.ACCEPTED)).isEqualTo(Intake.DATASET_HOLDS);
    }

    @Test
    void passesOverANameThatIsADatasetOfItsOwnAndGoesOnToTheThird() throws IOException {
        on.image("CATS 2/own.jpg", "own");
        fill("cats");
        assertThat(on.image("cats/more.jpg", "more").datasetId()).isEqualTo(on.dataset("cats 3").id());
        fill("cats 3", Intake.DATASET_HOLDS - 1);
        assertThat(on.image("cats/and more.jpg", "and more").datasetId()).isEqualTo(on.dataset("cats 4").id());
        assertThat(on.dataset("cats 4").overflowOf()).contains(on.dataset("cats").id());
        assertThat(on.dataset("cats 2").overflowOf()).isEmpty();
    }

    @Test
    void aFolderOfTheNextOnesNameFeedsIt() throws IOException {
        fill("cats");
        on.image("cats/more.jpg", "more");
        assertThat(on.image("cats 2/by hand.jpg", "by hand").datasetId()).isEqualTo(on.dataset("cats 2").id());
        assertThat(on.image("cats 2/copy.jpg", "picture 1").state()).as("it is in the first already").isEqualTo(AssetState.DUPLICATE);
    }

    @Test
    void isTrainedOnlyAfterApproval() throws IOException {
        fill("cats");
        fill("cats", PipelineFixture.IMAGES, "more");
        on.ready("cats 2");
        on.upload("cats 2");
        on.clock.pass(PipelineFixture.QUIET);
        assertThat(on.trainer(false, 9, PipelineFixture.MODELS).due("cats 2")).isFalse();
        assertThat(on.ledger.trainings().newestOf(on.dataset("cats 2").id()).orElseThrow().trouble().orElse(""))
            .contains("approval", "no room in cats");
    }

    @Test
    void waitsForWhatStillComesThroughTheFolderOfTheFirst() throws IOException {
        fill("cats");
        fill("cats", PipelineFixture.IMAGES, "more");
        on.ready("cats 2");
        on.upload("cats 2");
        on.clock.pass(PipelineFixture.QUIET);
        on.drop("cats/late.jpg", PipelineFixture.jpeg("late"));
        on.trainer(false, 9, PipelineFixture.MODELS).due("cats 2");
        assertThat(on.ledger.trainings().newestOf(on.dataset("cats 2").id()).orElseThrow().trouble().orElse(""))
            .contains("still lies in its folder");
    }

    @Test
    void whatFindsOthersImagesInItsDatasetGoesOn() throws IOException {
        on.image("cats/tom.jpg", "tom");
        Asset late = on.image("cats/late.jpg", "late");
        on.caption("cats/late.txt", "late");
        on.image("cats/copy.jpg", "late");
        on.sifter.roomFor(on.dataset("cats"), listing(Intake.DATASET_HOLDS - 1));
        assertThat(on.ledger.assets().waiting(on.dataset("cats").id())).hasSize(1);
        on.ready("cats 2");
        assertThat(on.send("cats 2").images()).singleElement().satisfies(image -> {
            assertThat(image.id()).isEqualTo(late.id());
            assertThat(image.caption()).contains("late");
        });
        assertThat(on.tally("cats 2").of(AssetState.DUPLICATE)).isOne();
    }

    @Test
    void isSetAsideWhereNothingFollows() throws IOException {
        on.restart();
        fill("cats");
        assertThat(on.image("cats/more.jpg", "more").state()).isEqualTo(AssetState.REJECTED);
        assertThat(on.ledger.datasets().named("cats 2")).isEmpty();
    }

    private void fill(String name) throws IOException {
        fill(name, Intake.DATASET_HOLDS);
    }

    private void fill(String name, int images) throws IOException {
        fill(name, images, "picture");
    }

    private void fill(String name, int images, String content) throws IOException {
        for (int i = 0; i < images; i++) {
            on.image(name + "/" + content + i + ".jpg", (name.equals("cats") ? "" : name) + content + " " + i);
        }
    }
}
