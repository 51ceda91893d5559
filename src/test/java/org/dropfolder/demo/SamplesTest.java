package org.dropfolder.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.dropfolder.image.ImageFormat;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SamplesTest {
    private static final List<Integer> PAINTED = new ArrayList<>();
    private static List<Sample> samples;

    @BeforeAll
    static void paint() throws IOException {
        samples = Samples.paint(PAINTED::add);
    }

    @Test
    void eachPictureIsWhatItsNameSays() {
        assertThat(pictures()).hasSize(20).allSatisfy(sample -> {
            ImageFormat format = ImageFormat.of(sample.content()).orElseThrow();
            assertThat(sample.name()).endsWith("." + format.ending());
            assertThat(decoded(sample)).extracting(BufferedImage::getWidth, BufferedImage::getHeight)
                .containsExactly(Landscape.WIDTH, Landscape.HEIGHT);
        });
    }

    @Test
    void thereAreAllFormatsAndEnoughForATraining() {
        assertThat(pictures().stream().map(sample -> ImageFormat.of(sample.content()).orElseThrow()))
            .contains(ImageFormat.values());
        assertThat(samples.stream().filter(sample -> sample.caption().isPresent())).hasSize(6)
            .allSatisfy(sample -> assertThat(sample.captionName()).endsWith(".txt"));
        assertThat(Samples.GOOD).isGreaterThanOrEqualTo(15);
        assertThat(PAINTED).hasSize(Samples.GOOD).endsWith(Samples.GOOD);
    }

    @Test
    void allAreDifferentButTheTwin() {
        assertThat(samples).extracting(Sample::name).doesNotHaveDuplicates();
        assertThat(samples.stream().collect(Collectors.groupingBy(sample -> ByteBuffer.wrap(sample.content()))).values()
            .stream().filter(same -> same.size() > 1)).singleElement().satisfies(same ->
                assertThat(same).extracting(Sample::name).containsExactly("dawn-sailboat.jpg", "dawn-sailboat-copy.jpg"));
    }

    @Test
    void oneIsNoImageAndOneIsUnsafeByItsName() {
        assertThat(samples.stream().filter(sample -> ImageFormat.of(sample.content()).isEmpty())).singleElement()
            .extracting(Sample::name).isEqualTo("packing-list.jpg");
        assertThat(samples.stream().filter(sample -> sample.name().contains("unsafe"))).hasSize(1);
    }

    @Test
    void theSameSeedPaintsTheSameAndAnotherSomethingElse() {
        BufferedImage first = Landscape.paint(Mood.NOON, Subject.PINES, 1);
        assertThat(difference(first, Landscape.paint(Mood.NOON, Subject.PINES, 1))).isZero();
        assertThat(difference(first, Landscape.paint(Mood.NOON, Subject.PINES, 2))).isGreaterThan(9);
    }

    /** Those that are shipped as WebP were painted by the same painter, whatever it may have learnt since. */
    @Test
    void theShippedPicturesAreThoseThatThePainterPaints() {
        assertThat(pictures().stream().filter(sample -> sample.name().endsWith(".webp"))).hasSize(3).allSatisfy(sample -> {
            Mood mood = Mood.valueOf(sample.name().replaceFirst("-.*", "").toUpperCase(Locale.ROOT));
            assertThat(difference(decoded(sample), Landscape.paint(mood, Subject.PINES, 1))).isLessThan(6);
        });
    }

    private static List<Sample> pictures() {
        return samples.stream().filter(sample -> !sample.name().startsWith("packing")).toList();
    }

    private static BufferedImage decoded(Sample sample) {
        try {
            return Optional.ofNullable(ImageIO.read(new ByteArrayInputStream(sample.content()))).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How far two pictures are apart, in a colour's steps of 256, on the average. */
    private static double difference(BufferedImage one, BufferedImage other) {
        long sum = 0;
        for (int y = 0; y < Landscape.HEIGHT; y++) {
            for (int x = 0; x < Landscape.WIDTH; x++) {
                for (int shift = 0; shift < 24; shift += 8) {
                    sum += Math.abs((one.getRGB(x, y) >> shift & 0xff) - (other.getRGB(x, y) >> shift & 0xff));
                }
            }
        }
        return sum / (3.0 * Landscape.WIDTH * Landscape.HEIGHT);
    }
}
