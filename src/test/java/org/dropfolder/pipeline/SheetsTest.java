package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.dropfolder.ledger.Training;
import org.dropfolder.ledger.TrainingState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All of a dataset's pictures on one sheet, made for whoever asks and kept beside the model's file. */
class SheetsTest {
    @TempDir
    Path folder;

    private PipelineFixture on;
    private Sheets sheets;

    @BeforeEach
    void begin() throws IOException {
        on = new PipelineFixture(folder);
        sheets = new Sheets(on.ledger, on.store, new Gallery(on.ledger, on.store));
        for (int i = 0; i < 5; i++) {
            drop("cats/" + i + ".png", i);
        }
    }

    @AfterEach
    void end() {
        on.close();
    }

    @Test
    void isTheSameUntilSomethingChanges() throws Exception {
        Sheets.Sheet first = sheets.of("cats").orElseThrow();
        assertThat(sheets.of("cats").orElseThrow()).isSameAs(first);
        on.caption("cats/1.txt", "a cat");
        assertThat(sheets.of("cats").orElseThrow().version()).isNotEqualTo(first.version());
        assertThat(ImageIO.read(new ByteArrayInputStream(first.jpeg())).getWidth()).isGreaterThan(200);
    }

    @Test
    void isNotThereWithoutPictures() throws Exception {
        assertThat(sheets.of("dogs")).isEmpty();
        assertThat(sheets.of("")).isEmpty();
    }

    @Test
    void leavesThePlaceOfWhatCanNotBeOpenedEmpty() throws Exception {
        on.image("cats/no pixels.jpg", "tom");
        assertThat(sheets.of("cats")).isPresent();
    }

    @Test
    void isKeptOfWhatTheModelLearnedFromAndAgainIfItIsToldAgain() throws Exception {
        on.upload("cats");
        sheets.keep(ended(TrainingState.COMPLETED));
        Path kept = on.data.resolve("models/sheets/cats.jpg");
        byte[] first = Files.readAllBytes(kept);
        assertThat(ImageIO.read(kept.toFile()).getHeight()).isGreaterThan(200);
        Files.delete(kept);
        sheets.keep(ended(TrainingState.COMPLETED));
        assertThat(kept).hasBinaryContent(first);
    }

    @Test
    void isNotKeptWhereThereIsNoModel() throws Exception {
        on.upload("cats");
        sheets.keep(ended(TrainingState.FAILED));
        assertThat(on.data.resolve("models/sheets")).doesNotExist();
    }

    @Test
    void itsFailureIsItsOwn() throws Exception {
        on.upload("cats");
        for (Path file : List.copyOf(Files.list(on.data.resolve("done/cats")).toList())) {
            Files.delete(file);
        }
        sheets.keep(ended(TrainingState.COMPLETED));
        assertThat(on.data.resolve("models/sheets")).doesNotExist();
    }

    private void drop(String source, int number) throws IOException {
        BufferedImage image = new BufferedImage(60 + number, 40, BufferedImage.TYPE_INT_RGB);
        image.setRGB(5, 5, number);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        on.drop(source, bytes.toByteArray());
        on.accept(source);
    }

    private Training ended(TrainingState state) {
        return new Training(1, on.dataset("cats").id(), 1, state, "cats", Optional.of("model-1"), 5, Optional.empty(), Optional.empty(), Optional.empty(),
            Instant.EPOCH, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0,
            Optional.empty(), Optional.empty(), Optional.empty());
    }
}
