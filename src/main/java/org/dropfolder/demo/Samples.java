package org.dropfolder.demo;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntConsumer;
import javax.imageio.ImageIO;

/**
 * What the demo drops: eighteen landscapes as JPEG, PNG and WebP, a third of them with captions, and three files that
 * show what happens to such: a copy, one that is no image, and one that Ideogram's safety check refuses.
 */
final class Samples {
    /** Images that are good and different. */
    static final int GOOD = Mood.values().length * Subject.values().length;
    /** A different one gives other pictures; those in WebP were painted with this one. */
    private static final long SEED = 1;

    private Samples() { }

    /**
     * Paints them all.
     *
     * @param progress is told after each picture how many there are
     * @throws IOException if a picture can't be written in its format, or one that was painted before can't be read
     */
    static List<Sample> paint(IntConsumer progress) throws IOException {
        // without a screen too, and without an icon in the dock of a Mac
        System.setProperty("java.awt.headless", "true");
        ImageIO.setUseCache(false);
        List<Sample> samples = new ArrayList<>();
        for (Subject subject : Subject.values()) {
            for (Mood mood : Mood.values()) {
                samples.add(landscape(mood, subject));
                progress.accept(samples.size());
            }
        }
        Sample first = samples.get(0);
        samples.add(3, new Sample("packing-list.jpg", "tent, stove, matches, the good camera\n".getBytes(StandardCharsets.UTF_8),
            Optional.empty()));
        samples.add(8, new Sample(first.name().replace(".", "-copy."), first.content(), Optional.empty()));
        // the simulator's safety check goes by the name
        samples.add(9, new Sample("unsafe-cliff.jpg", written(Landscape.paint(Mood.DUSK, Subject.PINES, SEED + 1), "jpg"),
            Optional.empty()));
        return samples;
    }

    private static Sample landscape(Mood mood, Subject subject) throws IOException {
        String stem = (mood + "-" + subject).toLowerCase(Locale.ROOT);
        Optional<String> caption = subject == Subject.COTTAGE
            ? Optional.of("A mountain lake %s with %s, cut out of coloured paper".formatted(mood.words, subject.words))
            : Optional.empty();
        boolean painted = subject == Subject.PINES && List.of(Mood.DUSK, Mood.NIGHT, Mood.WINTER).contains(mood);
        if (painted) {
            return new Sample(stem + ".webp", shipped(stem + ".webp"), caption);
        }
        String format = subject == Subject.COTTAGE ? "png" : "jpg";
        return new Sample(stem + "." + format, written(Landscape.paint(mood, subject, SEED), format), caption);
    }

    private static byte[] written(BufferedImage picture, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (!ImageIO.write(picture, format, bytes)) {
            throw new IOException("This Java can't write pictures as " + format + ". Use another one.");
        }
        return bytes.toByteArray();
    }

    /** No Java writes WebP by itself, so these were painted and converted once; see {@code src/main/resources/demo}. */
    private static byte[] shipped(String name) throws IOException {
        try (InputStream picture = Samples.class.getResourceAsStream("/demo/" + name)) {
            if (picture == null) {
                throw new IOException("The picture demo/" + name + " is missing. Build Dropfolder anew.");
            }
            return picture.readAllBytes();
        }
    }
}
