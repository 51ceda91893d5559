package org.dropfolder.preflight;

import java.util.List;
import java.util.Optional;
import org.dropfolder.image.Look;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.Picture;

/** A picture that was measured. */
record Sight(Asset image, Look look) {
    /** What looks solid and is not: edges that were smoothed have a few such pixels. */
    private static final double TRANSPARENT = 0.01;

    static Optional<Sight> of(Picture picture) {
        return picture.look().flatMap(Look::read).map(look -> new Sight(picture.image(), look));
    }

    /** Its width as it is looked at, beside its height. */
    double proportion() {
        double stored = (double) look.width() / look.height();
        return look.orientation() > 4 ? 1 / stored : stored;
    }

    /** Whether one can see through it in places, so that its light and surfaces are those of nothing there. */
    boolean isTransparent() {
        return look.transparent() > TRANSPARENT;
    }

    /** Of a square with as many pixels. */
    double side() {
        return Math.sqrt((double) look.width() * look.height());
    }

    /** Whether a share of these pictures, or more, has been reached; never by none. */
    static boolean isShare(List<?> some, int of, double share) {
        return !some.isEmpty() && some.size() >= of * share;
    }

    /** So many pictures, in words, with the verb that fits. */
    static String count(int pictures, String one, String more) {
        return pictures == 1 ? "1 picture " + one : pictures + " pictures " + more;
    }
}
