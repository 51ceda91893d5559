package org.dropfolder.pipeline;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import org.dropfolder.folder.FolderSettings;
import org.dropfolder.folder.Start;

/**
 * When money may be spent.
 *
 * @param images   in the dataset, at least
 * @param quiet    nothing of the dataset arrived for so long
 * @param start    who must allow a training
 * @param daily    trainings in 24 hours, at most
 * @param price    US dollars a training, for what is shown
 * @param retrain  a next version is trained after so many images more than the last had; empty for never
 * @param simulated whether no money is spent at all
 */
public record Spending(int images, Duration quiet, Start start, int daily, BigDecimal price,
                       Optional<Integer> retrain, boolean simulated) {

    /** The same where a folder sets something: never more freely. */
    Spending within(FolderSettings folder) {
        return new Spending(folder.images(images), quiet, folder.start(start), daily, price, folder.retrain(retrain), simulated);
    }

    /** What a training costs, in words. */
    String cost() {
        return "about " + price.toPlainString() + " US dollars" + (simulated ? " (simulated: nothing is paid)" : "");
    }
}
