package org.dropfolder.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.dropfolder.image.Decoder;
import org.dropfolder.image.PerceptualHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pictures that were scaled, cut and saved anew are known again, and others are not taken for them. The demo's landscapes are harder than
 * photographs: all have a sky above mountains above a lake. Only such in different light, with different subjects, count as others.
 */
class TwinsTest {
    private static final Logger LOG = LoggerFactory.getLogger(TwinsTest.class);
    private static final int SEEDS = 3;
    private static final List<Subject> SUBJECTS = List.of(Subject.values());

    @Test
    void findsTwinsAndNoOthers() throws IOException {
        List<List<PerceptualHash>> all = new ArrayList<>();
        for (Mood mood : Mood.values()) {
            Subject subject = SUBJECTS.get(mood.ordinal() % SUBJECTS.size());
            for (int seed = 1; seed <= SEEDS; seed++) {
                all.add(hashes(Landscape.paint(mood, subject, seed * 101L + mood.ordinal())));
            }
        }
        Score.of(all, (one, other) -> one / SEEDS != other / SEEDS).isGood();
    }

    /** The same of anybody's photos, none of which is there twice: {@code -Dtwins.photos=<folder>}. */
    @Test
    @EnabledIfSystemProperty(named = "twins.photos", matches = ".+")
    void findsTwinsOfPhotosAndNoOthers() throws IOException {
        List<List<PerceptualHash>> all = new ArrayList<>();
        try (Stream<Path> photos = Files.list(Path.of(System.getProperty("twins.photos")))) {
            for (Path photo : photos.sorted().toList()) {
                BufferedImage read = ImageIO.read(photo.toFile());
                all.add(hashes(scaled(read, Math.min(1, 1600.0 / read.getWidth()))));
            }
        }
        Score.of(all, (one, other) -> true).isGood();
    }

    private record Score(int twins, int found, int others, int wrong) {
        /** @param different whether two pictures that are not of one origin count as others */
        static Score of(List<List<PerceptualHash>> all, BiPredicate<Integer, Integer> different) {
            int twins = 0;
            int found = 0;
            int others = 0;
            int wrong = 0;
            for (int i = 0; i < all.size(); i++) {
                for (PerceptualHash twin : all.get(i).subList(1, all.get(i).size())) {
                    twins++;
                    found += alike(all.get(i).get(0), twin) ? 1 : 0;
                }
                for (int j = 0; j < i; j++) {
                    others += different.test(i, j) ? 1 : 0;
                    wrong += different.test(i, j) && alike(all.get(i).get(0), all.get(j).get(0)) ? 1 : 0;
                }
            }
            return new Score(twins, found, others, wrong);
        }

        void isGood() {
            double precision = (double) found / (found + wrong);
            double recall = (double) found / twins;
            LOG.info("{} pairs of twins, {} of others: precision {}, recall {}", twins, others, precision, recall);
            assertThat(twins + others).isGreaterThan(200);
            assertThat(recall).isGreaterThanOrEqualTo(0.95);
            assertThat(precision).isGreaterThanOrEqualTo(0.95);
        }
    }

    private static boolean alike(PerceptualHash one, PerceptualHash other) {
        assertThat(one.distance(other)).as("in both directions").isEqualTo(other.distance(one));
        return one.distance(other) <= PerceptualHash.ALIKE;
    }

    /** Of the picture, and of what people make of one. */
    private static List<PerceptualHash> hashes(BufferedImage picture) throws IOException {
        List<PerceptualHash> hashes = new ArrayList<>();
        List<BufferedImage> twins = List.of(picture, scaled(picture, 0.3), scaled(picture, 0.6), picture, cut(picture, 0.025, 0.025, 0.95),
            cut(picture, 0.05, 0.05, 0.9), cut(picture, 0.1, 0, 0.9), cut(picture, 0, 0.07, 0.93), cut(picture, 0.1, 0.1, 0.8), cut(picture, 0.2, 0.2, 0.8));
        for (int i = 0; i < twins.size(); i++) {
            byte[] bytes = jpeg(twins.get(i), i == 3 ? 0.2f : 0.85f);
            hashes.add(Decoder.look("x.jpg", () -> new ByteArrayInputStream(bytes)).look().orElseThrow().hash());
        }
        return hashes;
    }

    private static BufferedImage cut(BufferedImage picture, double x, double y, double part) {
        return picture.getSubimage((int) (x * picture.getWidth()), (int) (y * picture.getHeight()), (int) (part * picture.getWidth()),
            (int) (part * picture.getHeight()));
    }

    private static BufferedImage scaled(BufferedImage picture, double part) {
        BufferedImage scaled = new BufferedImage((int) (picture.getWidth() * part), (int) (picture.getHeight() * part), BufferedImage.TYPE_INT_RGB);
        Graphics2D paint = scaled.createGraphics();
        paint.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        paint.drawImage(picture, 0, 0, scaled.getWidth(), scaled.getHeight(), null);
        paint.dispose();
        return scaled;
    }

    private static byte[] jpeg(BufferedImage picture, float quality) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(quality);
            writer.write(null, new IIOImage(picture, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
