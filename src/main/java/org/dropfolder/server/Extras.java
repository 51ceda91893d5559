package org.dropfolder.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dropfolder.ideogram.RenderingSpeed;
import org.dropfolder.pipeline.Describing;
import org.dropfolder.pipeline.Sampling;

/**
 * What is asked of Ideogram beside uploads and trainings, where somebody wants it.
 *
 * @param describe     whether images without a caption are described
 * @param descriptions in 24 hours, at most
 * @param prompt       of the picture that is drawn with each finished model; empty for none
 * @param speed        how it is drawn
 */
record Extras(boolean describe, int descriptions, Optional<String> prompt, RenderingSpeed speed) {

    /** Those that are set. */
    static Extras of(Settings settings) {
        Map<String, String> set = settings.asProperties();
        return new Extras(Keys.CAPTION_DESCRIBE.in(set), Keys.CAPTION_BUDGET.in(set), Keys.SAMPLE_PROMPT.in(set),
            RenderingSpeed.valueOf(Keys.SAMPLE_SPEED.in(set)));
    }

    /** What is switched on, and what it costs, for whoever looks whether all is well. */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        if (describe) {
            findings.add(Finding.good("describe", "captions that are missing are asked for, at most " + descriptions
                + " in 24 hours; what one costs Ideogram does not tell"));
        }
        prompt.ifPresent(words -> findings.add(Finding.good("sample", "each finished model draws one picture (" + speed + "), for "
            + speed.price().map(price -> price.toPlainString() + " US dollars").orElse("a price that Ideogram does not tell"))));
        return findings;
    }

    /** @param wait an image waits for its own for so long */
    Describing describing(Duration wait) {
        return new Describing(describe, descriptions, wait);
    }

    /** What the server works with; a simulated run spends nothing. */
    Sampling sampling(boolean simulated) {
        return new Sampling(prompt, speed, simulated);
    }
}
