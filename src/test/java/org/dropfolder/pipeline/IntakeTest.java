package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.dropfolder.pipeline.PipelineFixture.jpeg;
import static org.dropfolder.pipeline.PipelineFixture.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.dropfolder.ideogram.ModelName;
import org.dropfolder.image.FileType;
import org.dropfolder.image.Reason;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Tally;
import org.dropfolder.pipeline.PipelineFixture.Cut;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row, move, row: the intake's and the mover's, whole and cut off anywhere. */
class IntakeTest {
    private static final String SOURCE = "cats/tom.jpg";

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
    void acceptsAnImage() throws IOException {
        on.drop(SOURCE, jpeg("tom"));
        assertThat(on.intake.isThere(SOURCE)).isTrue();
        Asset asset = on.accept(SOURCE);
        assertThat(asset.state()).isEqualTo(AssetState.ACCEPTED);
        assertThat(on.intake.isThere(SOURCE)).isFalse();
        assertThat(on.files()).containsExactly("pending/cats/1-tom.jpg");
        assertThat(on.intake.accepted(asset)).isTrue();
        assertThat(on.intake.wakeUp(asset)).isEqualTo(new Accepted("cats", jpeg("tom").length));
    }

    @Test
    void setsAsideWithTheReasonBeside() throws IOException {
        on.drop(SOURCE, text("a letter"));
        assertThat(on.intake.accepted(on.accept(SOURCE))).isFalse();
        assertThat(on.files()).containsExactly("rejected/cats/tom.jpg", "rejected/cats/tom.jpg.reason.txt");
        assertThat(on.read("rejected/cats/tom.jpg.reason.txt")).isEqualTo(Reason.of("tom.jpg", FileType.TEXT).text() + "\n");
    }

    @Test
    void setsAsideWhatLiesDirectlyInTheInbox() throws IOException {
        on.drop("tom.jpg", jpeg("tom"));
        assertThat(on.accept("tom.jpg").state()).isEqualTo(AssetState.REJECTED);
        assertThat(on.files()).contains("rejected/_inbox/tom.jpg");
        assertThat(on.tally("")).isEqualTo(new Tally(Map.of(AssetState.REJECTED, 1)));
    }

    @Test
    void putsADuplicateWhereItsFirstCopyLies() throws IOException {
        Asset first = on.image(SOURCE, "tom");
        Asset pending = on.image("cats/copy.jpg", "tom");
        assertThat(on.intake.accepted(pending)).isFalse();
        assertThat(on.files()).containsExactly("pending/cats/1-tom.jpg", "pending/cats/2-copy.jpg");
        on.upload("cats");
        assertThat(on.image("cats/late.jpg", "tom").firstId()).contains(first.id());
        assertThat(on.files()).containsExactly("done/cats/1-tom.jpg", "done/cats/2-copy.jpg", "done/cats/3-late.jpg");
    }

    @Test
    void aCaptionPutsOffTheEndOfQuiet() throws IOException {
        Asset caption = on.caption("cats/tom.txt", "a cat");
        assertThat(on.intake.accepted(caption)).isTrue();
        assertThat(on.intake.wakeUp(caption)).isEqualTo(new Accepted("cats", 0));
    }

    @Test
    void saysThatAFileIsGone() {
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> on.intake.arrive(on.intake.examine(SOURCE)));
    }

    @Test
    void goesOnWhereItWasCutOffAfterTheRow() throws IOException {
        on.drop(SOURCE, jpeg("tom"));
        Asset row = on.intake.arrive(on.intake.examine(SOURCE));
        on.stopBefore("rename");
        assertThatExceptionOfType(Cut.class).isThrownBy(() -> on.mover.place(row));
        on.restart();
        assertThat(on.intake.isThere(SOURCE)).isTrue();
        assertThat(on.accept(SOURCE).id()).isEqualTo(row.id());
        isAcceptedOnce();
    }

    @Test
    void goesOnWhereItWasCutOffAfterTheMove() throws IOException {
        Asset row = cutOffAfterTheMove();
        on.mover.place(row);
        isAcceptedOnce();
    }

    @Test
    void goesOnWhereItWasCutOffBeforeTheReason() throws IOException {
        on.drop(SOURCE, text("a letter"));
        Asset row = on.intake.arrive(on.intake.examine(SOURCE));
        on.stopBefore("write ");
        assertThatExceptionOfType(Cut.class).isThrownBy(() -> on.mover.place(row));
        on.restart();
        on.mover.place(row);
        assertThat(on.files()).containsExactly("rejected/cats/tom.jpg", "rejected/cats/tom.jpg.reason.txt");
    }

    @Test
    void keepsWhatWasMovedWhenAnotherFileOfItsNameWasDroppedSince() throws IOException {
        cutOffAfterTheMove();
        on.drop(SOURCE, jpeg("another tom"));
        assertThat(on.accept(SOURCE).state()).as("the first").isEqualTo(AssetState.ACCEPTED);
        assertThat(on.accept(SOURCE).state()).as("the second").isEqualTo(AssetState.ACCEPTED);
        assertThat(on.files()).containsExactly("pending/cats/1-tom.jpg", "pending/cats/2-tom.jpg");
        assertThat(on.tally("cats")).isEqualTo(new Tally(Map.of(AssetState.ACCEPTED, 2)));
    }

    @Test
    void keepsWhatWasMovedWhenItsTwinWasDroppedSince() throws IOException {
        Asset row = cutOffAfterTheMove();
        on.drop(SOURCE, jpeg("tom"));
        Files.setLastModifiedTime(on.inbox.resolve(SOURCE), FileTime.from(row.modified()));
        assertThat(on.accept(SOURCE).state()).isEqualTo(AssetState.ACCEPTED);
        assertThat(on.accept(SOURCE).state()).isEqualTo(AssetState.DUPLICATE);
        assertThat(on.files()).containsExactly("pending/cats/1-tom.jpg", "pending/cats/2-tom.jpg");
    }

    @Test
    void takesNothingThatWasWrittenAnewBeforeItsMove() throws IOException {
        on.image("cats/first.jpg", "tom");
        on.drop(SOURCE, jpeg("tom"));
        Asset row = on.intake.arrive(on.intake.examine(SOURCE));
        assertThat(row.becomes()).isEqualTo(AssetState.DUPLICATE);
        on.drop(SOURCE, jpeg("another picture"));
        assertThat(on.mover.place(row).state()).isEqualTo(AssetState.ARRIVING);
        assertThat(on.intake.isThere(SOURCE)).isTrue();
        assertThat(on.accept(SOURCE).state()).as("it is no copy").isEqualTo(AssetState.ACCEPTED);
        assertThat(on.tally("cats")).isEqualTo(new Tally(Map.of(AssetState.ACCEPTED, 2)));
    }

    @Test
    void forgetsWhatWasTakenAwayBeforeItsMove() throws IOException {
        on.drop(SOURCE, jpeg("tom"));
        Asset row = on.intake.arrive(on.intake.examine(SOURCE));
        Files.delete(on.inbox.resolve(SOURCE));
        Asset gone = on.mover.place(row);
        assertThat(on.intake.accepted(gone)).isFalse();
        assertThat(on.tally("cats")).isEqualTo(Tally.NONE);
        assertThat(on.image(SOURCE, "tom").state()).isEqualTo(AssetState.ACCEPTED);
    }

    @Test
    void findsAnotherPlaceWhereAStrangerHasTaken() throws IOException {
        on.drop(SOURCE, jpeg("tom"));
        Asset row = on.intake.arrive(on.intake.examine(SOURCE));
        Files.createDirectories(on.data.resolve(row.target()).getParent());
        Files.write(on.data.resolve(row.target()), text("a stranger's"));
        assertThat(on.mover.place(row).state()).isEqualTo(AssetState.ARRIVING);
        Asset anew = on.accept(SOURCE);
        assertThat(anew.state()).isEqualTo(AssetState.ACCEPTED);
        assertThat(anew.target()).isNotEqualTo(row.target());
        assertThat(on.read(row.target())).isEqualTo("a stranger's");
    }

    @Test
    void findsAnotherPlaceWhereALinkThatLeadsNowhereHasIt() throws IOException {
        on.drop(SOURCE, jpeg("tom"));
        Path link = on.data.resolve("pending/cats/1-" + Path.of(SOURCE).getFileName());
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, Path.of("nowhere"));
        Asset row = on.intake.arrive(on.intake.examine(SOURCE));
        assertThat(on.mover.place(row).state()).isEqualTo(AssetState.ARRIVING);
        Asset anew = on.accept(SOURCE);
        assertThat(anew.state()).isEqualTo(AssetState.ACCEPTED);
        assertThat(on.data.resolve(anew.target())).isRegularFile();
        assertThat(link).isSymbolicLink();
    }

    @Test
    void aMoveThatCannotBeMadeIsToBeMadeLater() throws IOException {
        on.drop(SOURCE, jpeg("tom"));
        Asset row = on.intake.arrive(on.intake.examine(SOURCE));
        Path pending = on.data.resolve("pending");
        Files.write(pending, text("a file where a folder belongs"));
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> on.mover.place(row));
        assertThat(on.ledger.assets().arrivingFrom(SOURCE)).contains(row);
        Files.delete(pending);
        on.accept(SOURCE);
        isAcceptedOnce();
    }

    @Test
    void whatSomebodyTookOutOfTheDataFolderDoesNotHoldUpTheRest() throws IOException {
        Asset asset = on.image(SOURCE, "tom");
        Files.delete(on.data.resolve(asset.target()));
        on.upload("cats");
        assertThat(on.tally("cats")).isEqualTo(new Tally(Map.of(AssetState.UPLOADED, 1)));
        assertThat(on.ledger.assets().unmoved(on.clock.instant().plusSeconds(1), 9)).isEmpty();
    }

    @Test
    void givesTwoFoldersTwoNamesAtIdeogram() throws IOException {
        String madeUp = ModelName.of("cat");
        on.image("cat/tom.jpg", "tom");
        on.image(madeUp + "/tom.jpg", "tom");
        assertThat(on.dataset("cat").remoteName()).isEqualTo(madeUp);
        assertThat(on.dataset(madeUp).remoteName()).isNotEqualTo(madeUp).isEqualTo(ModelName.of("folder " + madeUp + "/"));
    }

    private Asset cutOffAfterTheMove() throws IOException {
        on.drop(SOURCE, jpeg("tom"));
        Asset row = on.intake.arrive(on.intake.examine(SOURCE));
        on.store.take(SOURCE, row.target());
        on.restart();
        return row;
    }

    private void isAcceptedOnce() throws IOException {
        assertThat(on.tally("cats")).isEqualTo(new Tally(Map.of(AssetState.ACCEPTED, 1)));
        assertThat(on.files()).containsExactly("pending/cats/1-tom.jpg");
        assertThat(on.intake.isThere(SOURCE)).isFalse();
    }
}
