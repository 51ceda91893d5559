package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.dropfolder.pipeline.PipelineFixture.jpeg;
import static org.dropfolder.pipeline.PipelineFixture.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Claimed;
import org.dropfolder.pipeline.PipelineFixture.Cut;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestorerTest {
    @TempDir
    Path folder;

    private PipelineFixture on;

    @BeforeEach
    void begin() throws IOException {
        on = new PipelineFixture(folder);
    }

    @AfterEach
    void end() {
        on.close();
    }

    @Test
    void aNewLedgerLearnsAllThatLiesInTheData() throws IOException {
        on.filled("cats", 3);
        on.image("cats/copy.jpg", "picture 1");
        on.image("cats/new.jpg", "new");
        on.caption("cats/new.txt", "a new one");
        on.drop("cats/notes.jpg", text("notes"));
        on.accept("cats/notes.jpg");
        List<String> files = on.files();
        Map<AssetState, Integer> before = on.tally("cats").images();
        String why = on.read("rejected/cats/notes.jpg.reason.txt").strip();

        on.loseLedger();
        on.restore();

        assertThat(on.files()).isEqualTo(files);
        assertThat(on.tally("cats").images()).isEqualTo(before);
        assertThat(on.ledger.assets().waitingCaptions(on.dataset("cats").id())).hasSize(1);
        assertThat(on.send("cats").images()).singleElement().satisfies(image -> {
            assertThat(image.sentName()).contains("new.jpg");
            assertThat(image.caption()).contains("a new one");
        });
        assertThat(on.ledger.history().of(on.dataset("cats").id(), 9)).isNotEmpty();
        assertThat(why).startsWith("notes.jpg");
    }

    @Test
    void whatWasUploadedIsADuplicateWhenItComesAgainAndMeetsNoOldFile() throws IOException {
        on.filled("cats", 3);
        on.loseLedger();
        on.restore();
        List<String> old = on.files();
        for (int i = 0; i < 3; i++) {
            assertThat(on.image("cats/" + i + ".jpg", "picture " + i).state()).isEqualTo(AssetState.DUPLICATE);
        }
        assertThat(on.image("cats/0.jpg", "another picture").sentName()).hasValueSatisfying(name -> assertThat(name).startsWith("0-"));
        assertThat(on.files()).hasSize(7).containsAll(old);
        assertThat(on.tally("cats").images())
            .isEqualTo(Map.of(AssetState.UPLOADED, 3, AssetState.DUPLICATE, 3, AssetState.ACCEPTED, 1));
    }

    @Test
    void restoresOnce() throws IOException {
        on.filled("cats", 2);
        on.loseLedger();
        on.restore();
        on.restore();
        on.restart();
        on.restore();
        assertThat(on.tally("cats").images()).isEqualTo(Map.of(AssetState.UPLOADED, 2));
    }

    /** From the first row to the last; after each moment the way was gone to its end. */
    @Test
    void anOlderLedgerFromAnyMomentOfTheWayIsMended() throws IOException {
        on.drop("cats/a.jpg", jpeg("a"));
        on.drop("cats/a.txt", text("an a"));
        byte[] nothing = on.backup();
        Asset image = on.intake.arrive(on.intake.examine("cats/a.jpg"));
        byte[] arriving = on.backup();
        on.mover.place(image);
        on.accept("cats/a.txt");
        byte[] accepted = on.backup();
        on.ready("cats");
        on.uploader.claim(on.dataset("cats"), PipelineFixture.listing(0));
        byte[] claimed = on.backup();
        on.ledger.endClaimsOfOthers();
        on.ledger.batches().expire();
        Claimed batch = on.send("cats");
        List<Asset> moves = on.uploader.settle(batch, PipelineFixture.taken(1));
        byte[] settled = on.backup();
        for (Asset move : moves) {
            on.mover.place(move);
        }
        List<String> files = on.files();
        assertThat(files).hasSize(2).allMatch(file -> file.startsWith("done/"));

        for (byte[] copy : List.of(nothing, arriving, accepted, claimed, settled)) {
            on.restoreBackup(copy);
            on.restore();
            on.ledger.endClaimsOfOthers();
            on.ledger.batches().expire();
            on.ledger.assets().unmoved(on.clock.instant().plusSeconds(1), 10).forEach(on.mover::placeOrLeave);
            assertThat(on.files()).isEqualTo(files);
            assertThat(on.tally("cats").images()).isEqualTo(Map.of(AssetState.UPLOADED, 1));
            assertThat(on.ledger.assets().waitingCaptions(on.dataset("cats").id())).isEmpty();
            assertThat(on.uploader.due("cats")).isFalse();
        }
    }

    @Test
    void whatWasSetAsideSinceTheBackupIsSetAsideWithItsReason() throws IOException {
        Asset image = on.image("cats/a.jpg", "a");
        byte[] accepted = on.backup();
        for (Asset move : on.ledger.assets().setAside(image, "because", on.places.of(image.datasetId()))) {
            on.mover.place(move);
        }
        on.restoreBackup(accepted);
        on.restore();
        assertThat(on.tally("cats").images()).isEqualTo(Map.of(AssetState.REJECTED, 1));
        assertThat(on.ledger.finds().unknown(List.of("rejected/cats/a.jpg"))).isEmpty();
    }

    @Test
    void aMoveThatIsCutOffIsFinishedByTheNextStart() throws IOException {
        on.filled("cats", 2);
        Files.copy(on.data.resolve("done/cats/1-0.jpg"), Files.createDirectories(on.data.resolve("pending/cats")).resolve("9-copy.jpg"));
        on.loseLedger();
        on.stopBefore("rename");
        assertThatExceptionOfType(Cut.class).isThrownBy(on::restore);
        on.restart();
        on.restore();
        on.ledger.assets().unmoved(on.clock.instant().plusSeconds(1), 10).forEach(on.mover::placeOrLeave);
        assertThat(on.files()).hasSize(3).allMatch(file -> file.startsWith("done/"));
        assertThat(on.tally("cats").images()).isEqualTo(Map.of(AssetState.UPLOADED, 2, AssetState.DUPLICATE, 1));
    }

    @Test
    void whatIsOfNoUseIsNoUploadedImage() throws IOException {
        Files.createDirectories(on.data.resolve("done/cats"));
        Files.createDirectories(on.data.resolve("pending/cats"));
        Files.createDirectories(on.data.resolve("rejected/_inbox"));
        Files.writeString(on.data.resolve("done/cats/list.pdf"), "a list");
        Files.writeString(on.data.resolve("pending/cats/1-notes.jpg"), "notes");
        Files.writeString(on.data.resolve("rejected/_inbox/loose.jpg"), "loose");
        on.restore();
        assertThat(on.files()).containsExactly("done/cats/list.pdf", "rejected/_inbox/loose.jpg", "rejected/_inbox/loose.jpg.reason.txt",
            "rejected/cats/notes.jpg", "rejected/cats/notes.jpg.reason.txt");
        assertThat(on.read("rejected/_inbox/loose.jpg.reason.txt")).contains("why is not known any more");
        assertThat(on.tally("cats").images()).isEqualTo(Map.of(AssetState.REJECTED, 1));
    }
}
