package org.dropfolder.status;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.dropfolder.folder.FolderSettings;
import org.dropfolder.folder.Start;
import org.dropfolder.ledger.Dataset;

/**
 * What the settings say of when something happens.
 *
 * @param simulated     whether this is a simulated run, whose commands say so
 * @param needed        images that a training takes, at least
 * @param batchQuiet    a batch goes once nothing new came for so long
 * @param trainingQuiet a training starts once nothing arrived for so long
 * @param captionWait   a caption waits for its image for so long
 * @param spending      when a training may be paid
 */
public record Rules(boolean simulated, int needed, Duration batchQuiet, Duration trainingQuiet, Duration captionWait,
                    Spending spending) {

    /**
     * When a training may be paid.
     *
     * @param start    who must allow one
     * @param daily    trainings in 24 hours, at most
     * @param price    US dollars
     * @param retrain  a next version is trained after so many images more; empty for never
     */
    public record Spending(Start start, int daily, BigDecimal price, Optional<Integer> retrain) { }

    /** The same where a folder sets something: never more freely. */
    Rules within(FolderSettings folder) {
        return new Rules(simulated, folder.images(needed), batchQuiet, trainingQuiet, captionWait, new Spending(folder.start(spending.start()),
            spending.daily(), spending.price(), folder.retrain(spending.retrain())));
    }

    /** A command as it is typed. */
    String command(String command, String dataset) {
        return "dropfolder " + command + " \"" + dataset + "\"" + (simulated ? " --simulate" : "");
    }

    /** When nothing of the dataset arrived for long enough. */
    Instant quietAt(Dataset dataset) {
        return dataset.lastArrival().plus(trainingQuiet);
    }

    String price() {
        return "about " + spending.price() + " US dollars" + (simulated ? " (simulated: nothing is paid)" : "");
    }
}
