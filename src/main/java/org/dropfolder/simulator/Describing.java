package org.dropfolder.simulator;

import java.util.List;

/** Says of an image what could be true of any: the same words for the same content. Without state. */
final class Describing {
    private static final List<String> LIGHT = List.of("soft morning light", "the light of a late afternoon", "even daylight", "warm lamplight");
    private static final List<String> VIEW = List.of("seen from close by", "in a wide view", "from slightly above", "framed in the middle");
    private static final List<String> COLOUR = List.of("greens and browns", "deep blues", "muted earth tones", "bright, clear colours");
    private static final int HEXADECIMAL = 16;
    private static final int SHOWN = 4;

    private Describing() { }

    static String of(Upload.Image image) {
        return "A photograph " + of(VIEW, image, 0) + ", in " + of(LIGHT, image, 1) + ", with " + of(COLOUR, image, 2)
                + " (simulated, " + image.sha256().substring(0, SHOWN) + ")";
    }

    private static String of(List<String> words, Upload.Image image, int digit) {
        return words.get(Character.digit(image.sha256().charAt(digit), HEXADECIMAL) % words.size());
    }
}
