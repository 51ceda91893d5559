package org.dropfolder.pipeline;

import java.util.Optional;
import org.dropfolder.ideogram.RenderingSpeed;

/**
 * What is drawn with each finished model.
 *
 * @param prompt    empty where nothing is
 * @param simulated whether no money is spent at all
 */
public record Sampling(Optional<String> prompt, RenderingSpeed speed, boolean simulated) {

    /** What a picture costs, in words. */
    String cost() {
        return speed.price().map(price -> price.toPlainString() + " US dollars").orElse("a price that Ideogram does not tell")
            + (simulated ? " (simulated: nothing is paid)" : "");
    }
}
