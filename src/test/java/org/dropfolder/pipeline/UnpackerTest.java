package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.dropfolder.pipeline.PipelineFixture.jpeg;
import static org.dropfolder.pipeline.PipelineFixture.text;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.dropfolder.Zips;
import org.dropfolder.image.Reason;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetKind;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Tally;
import org.dropfolder.pipeline.PipelineFixture.Cut;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives are taken apart and bitmaps converted, whole and cut off anywhere. */
class UnpackerTest {
    private static final String ZIP = "cats/shoot.zip";
    private static final String BITMAP = "cats/tom.bmp";

    @TempDir
    Path folder;

    private PipelineFixture on;

    @BeforeEach
    void begin() throws IOException {
        on = new PipelineFixture(folder);
        on.convert();
    }

    @AfterEach
    void end() {
        on.close();
    }

    @Test
    void takesAnArchiveApart() throws IOException {
        Asset zip = accept(ZIP, shoot());
        assertThat(zip.kind()).isEqualTo(AssetKind.ARCHIVE);
        assertThat(on.files()).containsExactly("pending/cats/1-shoot.zip");
        List<Asset> parts = on.unpacker.unpack(zip.id());
        assertThat(parts).extracting(Asset::source).containsExactly(ZIP + "/day 1/tom.txt", ZIP + "/day 1/tom.jpg", ZIP + "/tim.jpg");
        assertThat(on.files()).containsExactly("done/cats/1-shoot.zip", "pending/cats/2-tom.txt", "pending/cats/3-tom.jpg",
            "pending/cats/4-tim.jpg");
        assertThat(on.tally("cats")).isEqualTo(new Tally(Map.of(AssetState.ACCEPTED, 2)));
    }

    @Test
    void itsCaptionsTravelWithItsImages() throws IOException {
        on.unpacker.unpack(accept(ZIP, shoot()).id());
        assertThat(on.send("cats").images()).extracting(image -> image.name() + ": " + image.caption().orElse("none"))
            .containsExactly("tom.jpg: a cat", "tim.jpg: none");
    }

    @Test
    void aShootThatIsDroppedAgainKeepsItsCaptions() throws IOException {
        on.unpacker.unpack(accept(ZIP, Zips.of("tom.txt", text("a cat"), "tom.jpg", jpeg("tom"))).id());
        on.upload("cats");
        on.unpacker.unpack(accept(ZIP, Zips.of("tom.txt", text("a better cat"), "tom.jpg", jpeg("a better tom"))).id());
        assertThat(on.send("cats").images()).extracting(image -> image.caption().orElse("none")).containsExactly("a better cat");
    }

    @Test
    void takesNothingApartTwice() throws IOException {
        Asset zip = accept(ZIP, shoot());
        assertThat(on.unpacker.unpack(zip.id())).hasSize(3);
        assertThat(on.unpacker.unpack(zip.id())).isEmpty();
        assertThat(on.unpacker.unpack(77)).isEmpty();
        assertThat(on.tally("cats")).isEqualTo(new Tally(Map.of(AssetState.ACCEPTED, 2)));
    }

    @Test
    void countsWhatIsThereAlreadyAsOfUse() throws IOException {
        on.image("cats/tom.jpg", "tom");
        Asset zip = accept(ZIP, Zips.of("tom.jpg", jpeg("tom")));
        assertThat(on.unpacker.unpack(zip.id())).isEmpty();
        assertThat(on.files()).contains("done/cats/2-shoot.zip");
        assertThat(on.tally("cats")).isEqualTo(new Tally(Map.of(AssetState.ACCEPTED, 1, AssetState.DUPLICATE, 1)));
    }

    @Test
    void saysBesideAnArchiveWhatStaysInItAndSetsBrokenImagesAsideByThemselves() throws IOException {
        byte[] half = Arrays.copyOf(jpeg("half"), jpeg("half").length / 2);
        Asset zip = accept(ZIP, Zips.of("notes.pdf", text("%PDF-1.4 a letter"), "tom.jpg", jpeg("tom"), "half.jpg", half,
            "__MACOSX/._tom.jpg", text("junk")));
        on.unpacker.unpack(zip.id());
        assertThat(on.files()).containsExactly("done/cats/1-shoot.zip", "done/cats/1-shoot.zip.reason.txt", "pending/cats/2-tom.jpg",
            "rejected/cats/half.jpg", "rejected/cats/half.jpg.reason.txt");
        assertThat(on.read("done/cats/1-shoot.zip.reason.txt"))
            .isEqualTo(Reason.partsLeftOut("shoot.zip", List.of("notes.pdf")).text() + "\n");
        assertThat(on.ledger.history().of(on.dataset("cats").id(), 9)).anySatisfy(event ->
            assertThat(event.detail().orElse("")).contains("notes.pdf: "));
    }

    @Test
    void setsAnArchiveAsideOfWhichNothingIsOfUse() throws IOException {
        Asset zip = accept(ZIP, Zips.of("notes.pdf", text("%PDF-1.4 a letter"), "tom.txt", text("a cat")));
        assertThat(on.unpacker.unpack(zip.id())).extracting(Asset::kind).containsExactly(AssetKind.CAPTION);
        assertThat(on.files()).contains("rejected/cats/shoot.zip");
        assertThat(on.read("rejected/cats/shoot.zip.reason.txt")).isEqualTo(Reason.archiveOfNoUse("shoot.zip", 1).text() + "\n");
    }

    @Test
    void takesNoCaptionOutOfAnArchiveWithoutAnyOtherFile() throws IOException {
        on.unpacker.unpack(accept(ZIP, Zips.of("tom.txt", text("a cat"))).id());
        assertThat(on.files()).containsExactly("rejected/cats/shoot.zip", "rejected/cats/shoot.zip.reason.txt");
    }

    @Test
    void leavesAnArchiveInAnArchive() throws IOException {
        byte[] inner = Zips.of("tim.jpg", jpeg("tim"));
        on.unpacker.unpack(accept(ZIP, Zips.of("tom.jpg", jpeg("tom"), "inner.zip", inner, "hidden.jpg", inner)).id());
        assertThat(on.read("done/cats/1-shoot.zip.reason.txt")).contains("inner.zip", "hidden.jpg");
        assertThat(on.tally("cats")).isEqualTo(new Tally(Map.of(AssetState.ACCEPTED, 1)));
    }

    @Test
    void convertsABitmapWithWhoseCaptionItTravels() throws IOException {
        on.caption("cats/tom.txt", "a cat");
        Asset bitmap = accept(BITMAP, bitmap(1));
        assertThat(bitmap.kind()).isEqualTo(AssetKind.ORIGINAL);
        assertThat(on.unpacker.unpack(bitmap.id())).extracting(Asset::source).containsExactly("cats/tom.png");
        assertThat(on.files()).containsExactly("done/cats/2-tom.bmp", "pending/cats/1-tom.txt", "pending/cats/3-tom.png");
        assertThat(on.send("cats").images()).singleElement().satisfies(image -> {
            assertThat(image.sentName()).contains("tom.png");
            assertThat(image.caption()).contains("a cat");
        });
    }

    @Test
    void convertsABitmapInAnArchive() throws IOException {
        Asset zip = accept(ZIP, Zips.of("tom.bmp", bitmap(1)));
        List<Asset> parts = on.unpacker.unpack(zip.id());
        assertThat(parts).extracting(Asset::kind).containsExactly(AssetKind.ORIGINAL);
        assertThat(on.unpacker.unpack(parts.get(0).id())).extracting(Asset::source).containsExactly(ZIP + "/tom.png");
        assertThat(on.files()).containsExactly("done/cats/1-shoot.zip", "done/cats/2-tom.bmp", "pending/cats/3-tom.png");
    }

    @Test
    void setsABitmapAsideThatCannotBeConverted() throws IOException {
        byte[] header = Arrays.copyOf(bitmap(1), 60);
        Asset bitmap = row(AssetKind.ORIGINAL, BITMAP, header);
        assertThat(on.unpacker.unpack(bitmap.id())).isEmpty();
        assertThat(on.files()).containsExactly("rejected/cats/tom.bmp", "rejected/cats/tom.bmp.reason.txt");
        assertThat(on.read("rejected/cats/tom.bmp.reason.txt")).contains("tom.bmp");
    }

    @Test
    void goesOnWhereverItWasCutOff() throws IOException {
        Asset zip = accept(ZIP, shoot());
        for (String effect : List.of("write " + on.data.resolve(".unpacking"), "rename " + on.data.resolve(".unpacking"),
                "rename " + on.data.resolve("pending/cats/3-"), "rename " + on.data.resolve("pending/cats/4-"),
                "rename " + on.data.resolve("done"))) {
            on.stopBefore(effect);
            try {
                on.unpacker.unpack(zip.id());
            } catch (Cut cut) {
                on.restart();
                on.restore();
            }
        }
        on.restart();
        on.unpacker.unpack(zip.id());
        on.clock.pass(Duration.ofMinutes(2));
        on.ledger.assets().unmoved(on.clock.instant(), 9).forEach(on.mover::placeOrLeave);
        assertThat(on.files()).containsExactly("done/cats/1-shoot.zip", "pending/cats/2-tom.txt", "pending/cats/3-tom.jpg",
            "pending/cats/4-tim.jpg");
        assertThat(on.tally("cats")).isEqualTo(new Tally(Map.of(AssetState.ACCEPTED, 2)));
        assertThat(on.send("cats").images()).extracting(image -> image.caption().orElse("")).containsExactly("a cat", "");
    }

    @Test
    void leavesNothingHalfUnpackedBehind() throws IOException {
        Asset zip = accept(ZIP, shoot());
        on.stopBefore("rename " + on.data.resolve(".unpacking"));
        assertThatExceptionOfType(Cut.class).isThrownBy(() -> on.unpacker.unpack(zip.id()));
        assertThat(unpacking()).hasSize(1);
        on.restart();
        on.restore();
        assertThat(unpacking()).isEmpty();
    }

    @Test
    void setsAsideWhatFailsAgainAndAgain() throws IOException {
        Asset zip = accept(ZIP, shoot());
        for (int i = 0; i < Unpacker.TRIES; i++) {
            on.stopBefore("write ");
            assertThatExceptionOfType(Cut.class).isThrownBy(() -> on.unpacker.unpack(zip.id()));
            on.restart();
        }
        assertThat(on.unpacker.unpack(zip.id())).isEmpty();
        assertThat(on.read("rejected/cats/shoot.zip.reason.txt")).isEqualTo(Reason.notTakenApart("shoot.zip").text() + "\n");
    }

    @Test
    void waitsWhereTheDataFolderCannotBeWrittenHoweverLongThatTakes() throws IOException {
        Asset zip = accept(ZIP, shoot());
        Path inTheWay = Files.write(on.data.resolve(".unpacking"), text("no folder"));
        for (int i = 0; i < 2 * Unpacker.TRIES; i++) {
            assertThat(on.unpacker.unpack(zip.id())).isEmpty();
        }
        Files.delete(inTheWay);
        assertThat(on.unpacker.unpack(zip.id())).hasSize(3);
    }

    @Test
    void takesUpAgainWhatWasSetAside() throws IOException {
        Asset zip = accept(ZIP, Zips.of("notes.pdf", text("%PDF-1.4 a letter")));
        on.unpacker.unpack(zip.id());
        Files.write(on.data.resolve("rejected/cats/shoot.zip"), shoot());
        new Reviewer(on.ledger, on.store, on.examiner, on.mover, on.places).review(on.dataset("cats"));
        assertThat(on.ledger.containers().due(tries -> Duration.ZERO)).containsExactly(zip.id());
        assertThat(on.unpacker.unpack(zip.id())).hasSize(3);
        assertThat(on.files()).contains("done/cats/1-shoot.zip").doesNotContain("done/cats/1-shoot.zip.reason.txt");
    }

    @Test
    void looksAnewAtAnArchiveThatWasWrittenOnAfterItWasAccepted() throws IOException {
        Asset zip = accept(ZIP, Zips.of("notes.pdf", text("%PDF-1.4 a letter")));
        Files.write(on.data.resolve(zip.target()), shoot());
        assertThat(on.unpacker.unpack(zip.id())).isEmpty();
        assertThat(on.unpacker.unpack(zip.id())).hasSize(3);
        Asset gone = accept("cats/other.zip", shoot());
        Files.delete(on.data.resolve(gone.target()));
        assertThat(on.unpacker.unpack(gone.id())).isEmpty();
        assertThat(on.ledger.containers().waiting(gone.id())).isEmpty();
    }

    @Test
    void aLostLedgerTakesApartWhatWaitsAndKnowsWhatWasTakenOut() throws IOException {
        Asset zip = accept(ZIP, shoot());
        on.unpacker.unpack(zip.id());
        on.ready("cats");
        on.upload("cats");
        accept("cats/again.zip", shoot());
        on.loseLedger();
        on.restore();
        assertThat(on.tally("cats")).isEqualTo(new Tally(Map.of(AssetState.UPLOADED, 2)));
        List<Long> due = on.ledger.containers().due(tries -> Duration.ZERO);
        assertThat(due).hasSize(1);
        on.unpacker.unpack(due.get(0));
        assertThat(on.tally("cats")).isEqualTo(new Tally(Map.of(AssetState.UPLOADED, 2, AssetState.DUPLICATE, 2)));
    }

    @Test
    void holdsATrainingBackUntilAllIsTakenOut() throws IOException {
        on.quiet("cats");
        Asset zip = accept(ZIP, shoot());
        on.clock.pass(PipelineFixture.QUIET);
        Trainer trainer = on.trainer(false, 5, PipelineFixture.MODELS);
        assertThat(trainer.due("cats")).isFalse();
        assertThat(trainer.training(on.dataset("cats")).trouble()).contains("Waiting for the images in shoot.zip.");
        on.unpacker.unpack(zip.id());
        assertThat(on.ledger.containers().waitingIn(zip.datasetId())).isEmpty();
    }

    private static byte[] shoot() throws IOException {
        return Zips.of("day 1/tom.jpg", jpeg("tom"), "tim.jpg", jpeg("tim"), "day 1/tom.txt", text("a cat"), ".DS_Store", text("junk"));
    }

    private static byte[] bitmap(int colour) throws IOException {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        image.setRGB(3, 3, colour * 7919);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "bmp", bytes);
        return bytes.toByteArray();
    }

    private Asset accept(String source, byte[] bytes) throws IOException {
        on.drop(source, bytes);
        return on.accept(source);
    }

    /** A container of whatever content, as far as the ledger goes. */
    private Asset row(AssetKind kind, String source, byte[] bytes) throws IOException {
        on.drop(source, bytes);
        var arrival = on.intake.examine(source).arrival().orElseThrow();
        var container = new org.dropfolder.ledger.Arrival(arrival.dataset(), kind, source, arrival.stem(), arrival.size(),
            arrival.modified(), arrival.version(), arrival.sha256(), arrival.crc32(), List.of(), java.util.Optional.empty(),
            java.util.Optional.empty());
        return on.mover.place(on.ledger.assets().arrive(container, Intake.DATASET_HOLDS, "full", on.places.of(arrival.dataset())));
    }

    private List<Path> unpacking() throws IOException {
        try (Stream<Path> files = Files.list(on.data.resolve(".unpacking"))) {
            return files.toList();
        }
    }
}
