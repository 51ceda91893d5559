package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dropfolder.pipeline.PipelineFixture.jpeg;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.dropfolder.RawNames;
import org.dropfolder.image.Reason;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.store.Dropped;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which folder is which dataset's, and what lies in none. */
class FoldersTest {
    private PipelineFixture on;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        on = new PipelineFixture(folder);
    }

    @AfterEach
    void close() {
        on.close();
    }

    @Test
    void foldersThatDifferInCaseOrNormalFormAreOneDataset() throws IOException {
        Asset first = on.image("\u00C9t\u00E9/a.jpg", "a");
        assertThat(on.image("e\u0301te\u0301/b.jpg", "b").datasetId()).isEqualTo(first.datasetId());
        assertThat(on.image("\u00C9T\u00C9/c.jpg", "c").datasetId()).isEqualTo(first.datasetId());
        assertThat(on.ledger.datasets().all()).extracting(Dataset::name).containsExactly("\u00C9t\u00E9");
        assertThat(on.files()).containsExactly("pending/\u00C9t\u00E9/1-a.jpg", "pending/\u00C9t\u00E9/2-b.jpg", "pending/\u00C9t\u00E9/3-c.jpg");
        assertThat(on.image("ete/d.jpg", "d").datasetId()).as("another letter").isNotEqualTo(first.datasetId());
    }

    @Test
    void seesWhatLiesInAnyOfItsFolders() throws IOException {
        Dataset cats = on.folders.dataset("Cats");
        Instant anHourAgo = Instant.now().minus(Duration.ofHours(1));
        on.drop("dogs/cats/rex.jpg", jpeg("rex"));
        assertThat(on.folders.hold(cats, anHourAgo)).isFalse();
        on.drop("CATS/sub/tom.jpg", jpeg("tom"));
        assertThat(on.folders.hold(cats, anHourAgo)).isTrue();
        assertThat(on.folders.hold(cats, anHourAgo.plus(Duration.ofHours(2)))).isFalse();
    }

    /** A large archive is read for minutes, and a training must not begin without what is in it. */
    @Test
    void whatIsBeingTakenIsWaitedForHoweverOldItIs() throws IOException {
        Dataset cats = on.folders.dataset("Cats");
        Instant inAnHour = Instant.now().plus(Duration.ofHours(1));
        assertThat(on.stillness.takeInHand("CATS/sub/all.zip")).isTrue();
        assertThat(on.folders.hold(cats, inAnHour)).isTrue();
        assertThat(on.folders.hold(on.folders.dataset("dogs"), inAnHour)).isFalse();
        on.stillness.letGo("CATS/sub/all.zip");
        assertThat(on.folders.hold(cats, inAnHour)).isFalse();
    }

    @Test
    void whatLiesDirectlyInTheInboxIsTheDefaultDatasets() throws IOException {
        on.byDefault = Optional.of("Cats");
        on.restart();
        Asset loose = on.image("tom.jpg", "tom");
        assertThat(loose.state()).isEqualTo(AssetState.ACCEPTED);
        assertThat(on.image("cats/tim.jpg", "tim").datasetId()).isEqualTo(loose.datasetId());
        Instant anHourAgo = Instant.now().minus(Duration.ofHours(1));
        assertThat(on.folders.hold(on.dataset("cats"), anHourAgo)).isFalse();
        on.drop("late.jpg", jpeg("late"));
        assertThat(on.folders.hold(on.dataset("cats"), anHourAgo)).isTrue();
        assertThat(on.folders.hold(on.folders.dataset("dogs"), anHourAgo)).isFalse();
    }

    @Test
    void imagesOfOneNameInDeeperFoldersAllArriveAndTheirCaptionsWithThem() throws IOException {
        on.image("cats/tom.jpg", "first");
        on.caption("cats/tom.txt", "the first");
        Asset second = on.image("cats/a/b/tom.jpg", "second");
        on.caption("cats/a/b/tom.txt", "the second");
        on.ready("cats");
        assertThat(on.send("cats").images()).satisfiesExactly(
            image -> {
                assertThat(image.sentName()).contains("tom.jpg");
                assertThat(image.caption()).contains("the first");
            },
            image -> {
                assertThat(image.sentName()).contains("tom-" + second.sha256().substring(0, 8) + ".jpg");
                assertThat(image.caption()).contains("the second");
            });
    }

    @Test
    void aFileOfNoFolderNeverBarsTheWayOfADatasetOfItsName() throws IOException {
        on.drop("tom.jpg", jpeg("loose"));
        on.accept("tom.jpg");
        on.drop("tom.jpg/note.jpg", PipelineFixture.text("no image"));
        assertThat(on.accept("tom.jpg/note.jpg").state()).isEqualTo(AssetState.REJECTED);
        on.drop("dogs/note.jpg", PipelineFixture.text("no image, too"));
        on.accept("dogs/note.jpg");
        on.drop("dogs2", PipelineFixture.text("no image either"));
        on.accept("dogs2");
        assertThat(on.files()).contains("rejected/_inbox/tom.jpg", "rejected/tom.jpg/note.jpg", "rejected/dogs/note.jpg", "rejected/_inbox/dogs2");
    }

    @Test
    void saysWhyAFolderCantBeADataset() {
        assertThat(on.folders.whyNot("cats")).isEmpty();
        assertThat(on.folders.whyNot("f\uFFFDr")).contains(Reason.folderUndecodable("f\uFFFDr").text());
    }

    @Test
    void takesFilesWhoseNamesAreNoLettersOneByOne() throws IOException {
        RawNames.write(on.inbox.resolve("cats"), "f\\374r.jpg", jpeg("first"));
        RawNames.write(on.inbox.resolve("cats"), "f\\344r.jpg", jpeg("second"));
        String seen = "cats/f\uFFFDr.jpg";
        assertThat(on.accept(seen).state()).isEqualTo(AssetState.ACCEPTED);
        assertThat(on.store.look(seen)).as("the other").map(Dropped::size).contains((long) jpeg("first").length);
        assertThat(on.accept(seen).state()).isEqualTo(AssetState.ACCEPTED);
        assertThat(on.store.look(seen)).isEmpty();
        assertThat(on.files()).containsExactly("pending/cats/1-f\uFFFDr.jpg", "pending/cats/2-f\uFFFDr.jpg");
        assertThat(on.data.resolve("pending/cats/1-f\uFFFDr.jpg")).hasBinaryContent(jpeg("second"));
        assertThat(on.ledger.assets().waiting(on.dataset("cats").id())).extracting(Asset::sentName)
            .first().isEqualTo(Optional.of("f_r.jpg"));
    }
}
