package org.dropfolder.preflight;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What speaks against pictures by their sizes and proportions, and how they are stored. */
final class Shapes {
    /** Models are trained on about a megapixel: what has a quarter of it shows half of the detail. */
    private static final int SMALL = 512;
    /** What has less than that is scaled up, which adds no detail. */
    private static final int MODEST = 1024;
    /** From 2:3 to 3:2, as one camera makes them when it is turned, it is 2.25 times; from 9:16 to 16:9 more than three times. */
    private static final double FAR = 2.5;

    private Shapes() { }

    static Stream<Finding> of(List<Sight> all) {
        return Stream.of(small(all), modest(all), proportions(all), transparent(all), turned(all)).flatMap(Optional::stream);
    }

    private static Optional<Finding> small(List<Sight> all) {
        List<Sight> some = all.stream().filter(sight -> sight.side() < SMALL).toList();
        return some.isEmpty() ? Optional.empty() : Optional.of(Finding.of(Finding.Kind.SMALL, true, some,
            Sight.count(some.size(), "has", "have") + " fewer pixels than 512 x 512: the model learns how blurred they are.",
            "Take larger ones; scaling these up adds nothing."));
    }

    private static Optional<Finding> modest(List<Sight> all) {
        List<Sight> some = all.stream().filter(sight -> sight.side() >= SMALL && sight.side() < MODEST).toList();
        return some.isEmpty() ? Optional.empty() : Optional.of(Finding.of(Finding.Kind.SMALL, false, some,
            Sight.count(some.size(), "has", "have") + " fewer pixels than 1024 x 1024: fine detail is missing.",
            "Take larger ones where there are any."));
    }

    private static Optional<Finding> proportions(List<Sight> all) {
        if (all.isEmpty()) {
            return Optional.empty();
        }
        double usual = all.stream().mapToDouble(Sight::proportion).sorted().skip(all.size() / 2).findFirst().orElse(1);
        List<Sight> some = all.stream().filter(sight -> far(sight.proportion(), usual)).toList();
        return some.isEmpty() ? Optional.empty() : Optional.of(Finding.of(Finding.Kind.PROPORTIONS, false, some,
            Sight.count(some.size(), "has", "have") + " very different proportions from the others, and may be cut for the training.",
            "Cut what matters out of them yourself, so that it is not cut away."));
    }

    private static boolean far(double proportion, double usual) {
        return Math.max(proportion / usual, usual / proportion) > FAR;
    }

    private static Optional<Finding> transparent(List<Sight> all) {
        List<Sight> some = all.stream().filter(Sight::isTransparent).toList();
        return some.isEmpty() ? Optional.empty() : Optional.of(Finding.of(Finding.Kind.TRANSPARENT, false, some,
            Sight.count(some.size(), "is", "are") + " transparent in places: nobody says what a training sees there, black or white.",
            "Put the background behind them that the model shall learn."));
    }

    private static Optional<Finding> turned(List<Sight> all) {
        List<Sight> some = all.stream().filter(sight -> sight.look().orientation() != 1).toList();
        return some.isEmpty() ? Optional.empty() : Optional.of(Finding.of(Finding.Kind.TURNED, false, some,
            Sight.count(some.size(), "is", "are") + " upright only for programs that read Exif; a training may see "
                + (some.size() == 1 ? "it" : "them") + " lying or mirrored.",
            "Save them anew from a program that shows them upright."));
    }
}
