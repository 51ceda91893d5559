package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dropfolder.pipeline.PipelineFixture.jpeg;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.dropfolder.Zips;
import org.dropfolder.image.Look;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.Picture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is measured of a picture at its only read is in the ledger with it, however it came. */
class MeasuredTest {
    @TempDir
    Path folder;

    private PipelineFixture on;

    @BeforeEach
    void begin() throws IOException {
        on = new PipelineFixture(folder);
        on.convert();
        on.measure();
    }

    @AfterEach
    void end() {
        on.close();
    }

    @Test
    void isWrittenDownWithItsArrival() throws IOException {
        drop("cats/tom.png", "png", 300, 200);
        on.drop("cats/damaged.jpg", jpeg("no pixels"));
        on.accept("cats/damaged.jpg");
        List<Picture> pictures = pictures();
        assertThat(pictures).extracting(picture -> picture.image().name()).containsExactly("tom.png", "damaged.jpg");
        assertThat(look(pictures.get(0)).width()).isEqualTo(300);
    }

    @Test
    void comesWithThePartsOfAnArchiveAndWithWhatAnImageIsConvertedTo() throws IOException {
        on.drop("cats/shoot.zip", Zips.of("tom.png", painted("png", 320, 200)));
        on.unpacker.unpack(on.accept("cats/shoot.zip").id());
        on.drop("cats/tim.bmp", painted("bmp", 330, 200));
        on.unpacker.unpack(on.accept("cats/tim.bmp").id());
        assertThat(pictures()).extracting(picture -> look(picture).width()).containsExactly(320, 330);
    }

    @Test
    void isThatOfTheFirstCopyForAllOfThem() throws IOException {
        drop("cats/tom.png", "png", 300, 200);
        drop("dogs/copy.png", "png", 300, 200);
        assertThat(on.ledger.pictures().of(on.dataset("dogs").id(), 100)).singleElement()
            .satisfies(picture -> assertThat(picture.look()).isPresent());
    }

    @Test
    void isAnotherOneOnceTheFileChanged() throws IOException {
        Asset tom = drop("cats/tom.png", "png", 300, 200);
        Files.write(on.data.resolve(tom.target()), painted("png", 310, 200));
        on.clock.pass(PipelineFixture.UNFINISHED);
        on.sifter.steady(on.dataset("cats"));
        on.clock.pass(PipelineFixture.UNFINISHED);
        on.sifter.steady(on.dataset("cats"));
        assertThat(pictures()).singleElement().satisfies(picture -> assertThat(look(picture).width()).isEqualTo(310));
    }

    @Test
    void knowsTheCaptionBesideItAlsoBeforeItIsSent() throws IOException {
        drop("cats/tom.png", "png", 300, 200);
        drop("cats/tim.png", "png", 310, 200);
        on.caption("cats/tom.txt", "a cat");
        assertThat(pictures()).extracting(picture -> picture.caption().orElse("none")).containsExactly("a cat", "none");
        on.upload("cats");
        assertThat(pictures()).extracting(picture -> picture.caption().orElse("none")).containsExactly("a cat", "none");
    }

    @Test
    void isNotThereWhereNobodyMeasures() throws IOException {
        try (PipelineFixture plain = new PipelineFixture(folder.resolve("plain"))) {
            plain.drop("cats/tom.png", painted("png", 300, 200));
            plain.accept("cats/tom.png");
            assertThat(plain.ledger.pictures().of(plain.dataset("cats").id(), 100)).singleElement()
                .satisfies(picture -> assertThat(picture.look()).isEmpty());
        }
    }

    private Asset drop(String source, String format, int width, int height) throws IOException {
        on.drop(source, painted(format, width, height));
        return on.accept(source);
    }

    private List<Picture> pictures() {
        return on.ledger.pictures().of(on.dataset("cats").id(), 100);
    }

    private static Look look(Picture picture) {
        return picture.look().flatMap(Look::read).orElseThrow();
    }

    private static byte[] painted(String format, int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(width);
        for (int i = 0; i < 50; i++) {
            image.setRGB(random.nextInt(width), random.nextInt(height), random.nextInt(1 << 24));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, format, bytes);
        return bytes.toByteArray();
    }
}
