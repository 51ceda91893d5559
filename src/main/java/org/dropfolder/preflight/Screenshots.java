package org.dropfolder.preflight;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dropfolder.image.ImageFormat;
import org.dropfolder.image.Look;

/** Finds screenshots among photos. Where most pictures are painted, nobody can tell, and nothing is said. */
final class Screenshots {
    /** Of painted surfaces, in neighbouring pixels that are equal; photographs saved as JPEG come to 0.4, as PNG to less. */
    private static final double FLAT = 0.6;
    /** What is exactly as large as a screen may have a photo in it. */
    private static final double FLAT_ON_A_SCREEN = 0.5;
    private static final double FEW = 0.5;
    /** Screens of computers and phones, the shorter side last. */
    private static final Set<Long> SCREENS = Set.of(screen(1280, 720), screen(1280, 800), screen(1366, 768), screen(1440, 900),
        screen(1536, 864), screen(1600, 900), screen(1680, 1050), screen(1920, 1080), screen(1920, 1200), screen(2560, 1440),
        screen(2560, 1600), screen(2880, 1800), screen(3024, 1964), screen(3440, 1440), screen(3456, 2234), screen(3840, 2160),
        screen(1334, 750), screen(1792, 828), screen(2208, 1242), screen(2340, 1080), screen(2400, 1080), screen(2436, 1125),
        screen(2532, 1170), screen(2556, 1179), screen(2688, 1242), screen(2778, 1284), screen(2796, 1290), screen(3120, 1440),
        screen(3200, 1440), screen(2048, 1536), screen(2160, 1620), screen(2388, 1668), screen(2732, 2048));

    private Screenshots() { }

    static Optional<Finding> of(List<Sight> all) {
        List<Sight> some = all.stream().filter(sight -> !sight.isTransparent() && isOne(sight.look())).toList();
        return some.isEmpty() || Sight.isShare(some, all.size(), FEW) ? Optional.empty() : Optional.of(Finding.of(Finding.Kind.SCREENSHOTS, true, some,
            Sight.count(some.size(), "looks", "look") + " like " + (some.size() == 1 ? "a screenshot" : "screenshots") + " among photos.",
            "Leave them out: a model learns windows and letters as readily as what is in them."));
    }

    private static boolean isOne(Look look) {
        boolean onAScreen = SCREENS.contains(screen(Math.max(look.width(), look.height()), Math.min(look.width(), look.height())));
        double flat = look.texture().flat();
        return !look.camera() && (onAScreen && flat > FLAT_ON_A_SCREEN || look.format() == ImageFormat.PNG && flat > FLAT);
    }

    private static long screen(int longer, int shorter) {
        return (long) longer << 32 | shorter;
    }
}
