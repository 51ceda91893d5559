package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dropfolder.pipeline.PipelineFixture.IMAGES;
import static org.dropfolder.pipeline.PipelineFixture.MODELS;
import static org.dropfolder.pipeline.PipelineFixture.PRICE;
import static org.dropfolder.pipeline.PipelineFixture.QUIET;
import static org.dropfolder.pipeline.PipelineFixture.listing;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.dropfolder.folder.Start;
import org.dropfolder.ledger.Training;
import org.dropfolder.status.Status;
import org.dropfolder.status.StatusReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A careful start asks a person about serious findings, and nobody about anything else. */
class TrainerCarefulTest {
    @TempDir
    Path folder;

    private PipelineFixture on;

    @BeforeEach
    void begin() throws IOException {
        on = new PipelineFixture(folder);
        on.measure();
    }

    @AfterEach
    void end() {
        on.close();
    }

    @Test
    void startsByItselfWhereNothingSeriousIsFound() throws IOException {
        fill(600);
        assertThat(trainer(Start.CAREFUL).due("cats")).as("under a megapixel is not serious").isTrue();
    }

    @Test
    void waitsForAPersonWhereSomethingSeriousIsAndStartsOnceThatSaysYes() throws IOException {
        fill(200);
        assertThat(trainer(Start.CAREFUL).due("cats")).isFalse();
        Training waiting = on.ledger.trainings().newestOf(on.dataset("cats").id()).orElseThrow();
        assertThat(waiting.trouble()).contains("Waiting for approval: its pictures have 1 finding, 1 serious: small (" + IMAGES
            + "). It costs about 40 US dollars. Approve it with: train \"cats\"");
        on.ledger.orders().approve(on.dataset("cats").id(), PRICE);
        assertThat(trainer(Start.CAREFUL).due("cats")).isTrue();
    }

    @Test
    void looksAtThePicturesOnceMoreRightBeforeItPays() throws IOException {
        fill(600);
        Trainer trainer = trainer(Start.CAREFUL);
        assertThat(trainer.due("cats")).isTrue();
        on.drop("cats/tiny.png", blocks(200, 99));
        on.accept("cats/tiny.png");
        on.upload("cats");
        on.clock.pass(QUIET);
        assertThat(trainer.intend(trainer.training(on.dataset("cats")), listing(IMAGES + 1))).isFalse();
        assertThat(trainer.training(on.dataset("cats")).trouble()).hasValueSatisfying(why -> assertThat(why).startsWith("Waiting for approval"));
    }

    @Test
    void findingsNeverStopAnAutomaticStart() throws IOException {
        fill(200);
        assertThat(trainer(Start.AUTO).due("cats")).isTrue();
    }

    @Test
    void theStatusTellsTheSameInBriefUntilAnotherPictureComes() throws IOException {
        fill(200);
        StatusReport report = new StatusReport(on.ledger, IMAGES, false);
        Status.OfPictures together = report.now().datasets().get(0).preflight();
        assertThat(together.serious()).isTrue();
        assertThat(together.summary()).isEqualTo("1 finding, 1 serious: small (" + IMAGES + ").");
        assertThat(together.findings()).singleElement().satisfies(small -> assertThat(small.pictures()).isEqualTo(IMAGES));
        assertThat(report.of("cats")).hasValueSatisfying(cats -> assertThat(cats.preflight()).isEqualTo(together));

        on.drop("cats/more.png", blocks(200, 99));
        on.accept("cats/more.png");
        assertThat(report.now().datasets().get(0).preflight().summary()).isEqualTo("1 finding, 1 serious: small (" + (IMAGES + 1) + ").");
    }

    private Trainer trainer(Start start) {
        Spending spending = new Spending(IMAGES, QUIET, start, 5, PRICE, Optional.empty(), false);
        return new Trainer(on.ledger, on.folders, new TrainingTerms(on.ledger, spending, MODELS, Optional.of(on.reader)), on.clock);
    }

    private void fill(int side) throws IOException {
        for (int i = 0; i < IMAGES; i++) {
            on.drop("cats/" + i + ".png", blocks(side, i));
            on.accept("cats/" + i + ".png");
        }
        on.ready("cats");
        on.upload("cats");
        on.clock.pass(QUIET);
    }

    /** Black and white squares at random, in few bytes: sharp, and like no other. */
    private static byte[] blocks(int side, long seed) throws IOException {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_BINARY);
        Graphics2D paint = image.createGraphics();
        Random random = new Random(seed);
        for (int square = 0; square < 64; square++) {
            paint.setColor(random.nextBoolean() ? Color.BLACK : Color.WHITE);
            paint.fillRect(square % 8 * side / 8, square / 8 * side / 8, side / 8, side / 8);
        }
        paint.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }
}
