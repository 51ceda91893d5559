package org.dropfolder.preflight;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dropfolder.image.Look;

/** What speaks against pictures by their light and their focus. */
final class Exposure {
    /** Real photographs measure 0.19 to 6, soft ones of flowers the least; blurred over five pixels of 1,600 all are below 0.12. */
    private static final double BLURRED = 0.1;
    /** One blurred picture among many teaches little; where a fifth are, the model makes such. */
    private static final double MANY = 0.2;
    /** Of the range from black to white: paper and walls vary more. */
    private static final double EMPTY = 0.02;
    /** Night skies with stars measure 0.11 and 25 %, a lit flower before black 32 %. */
    private static final double DARK = 0.08;
    private static final double BLACK = 0.7;
    /** Things on white paper are meant so: their mean is lower. */
    private static final double BRIGHT = 0.92;
    private static final double WHITE = 0.8;

    private Exposure() { }

    static Stream<Finding> of(List<Sight> all) {
        List<Sight> seen = all.stream().filter(sight -> !isEmpty(sight)).toList();
        return Stream.of(blurred(seen, all.size()), empty(all), dark(seen), bright(seen)).flatMap(Optional::stream);
    }

    /** Whether hardly anything is on it. */
    static boolean isEmpty(Sight sight) {
        // what lies behind nothing is not seen
        return !sight.isTransparent() && sight.look().light().spread() < EMPTY;
    }

    private static Optional<Finding> blurred(List<Sight> seen, int of) {
        List<Sight> some = seen.stream().filter(sight -> sight.look().texture().sharpness() < BLURRED).toList();
        return some.isEmpty() ? Optional.empty() : Optional.of(Finding.of(Finding.Kind.BLURRED, Sight.isShare(some, of, MANY), some,
            Sight.count(some.size(), "is", "are") + " blurred everywhere.", "Leave them out, unless the blur is what the model shall learn."));
    }

    private static Optional<Finding> empty(List<Sight> all) {
        List<Sight> some = all.stream().filter(Exposure::isEmpty).toList();
        return some.isEmpty() ? Optional.empty() : Optional.of(Finding.of(Finding.Kind.EMPTY, true, some,
            Sight.count(some.size(), "shows", "show") + " next to nothing: one tone from edge to edge.", "Leave them out."));
    }

    private static Optional<Finding> dark(List<Sight> seen) {
        List<Sight> some = seen.stream().filter(sight -> !sight.isTransparent() && isDark(sight.look().light())).toList();
        return some.isEmpty() ? Optional.empty() : Optional.of(Finding.of(Finding.Kind.DARK, false, some,
            Sight.count(some.size(), "is", "are") + " nearly black for the most part.", "Brighten them, unless they are meant so."));
    }

    private static boolean isDark(Look.Light light) {
        return light.mean() < DARK || light.dark() > BLACK;
    }

    private static Optional<Finding> bright(List<Sight> seen) {
        List<Sight> some = seen.stream().filter(sight -> !sight.isTransparent() && isBright(sight.look().light())).toList();
        return some.isEmpty() ? Optional.empty() : Optional.of(Finding.of(Finding.Kind.BRIGHT, false, some,
            Sight.count(some.size(), "is", "are") + " nearly white for the most part.", "Take darker ones: what is white holds no detail."));
    }

    private static boolean isBright(Look.Light light) {
        return light.mean() > BRIGHT || light.bright() > WHITE;
    }
}
