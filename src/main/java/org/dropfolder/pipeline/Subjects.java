package org.dropfolder.pipeline;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.dropfolder.image.FileNames;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.Claimed;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.Training;

/** Knows what a step is about, by what it works on: for a log in which that stands in fields of its own. Thread safe. */
public final class Subjects {
    private final Ledger ledger;
    /** A dataset keeps its name for ever. */

    public Subjects(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * What things tell of their subject.
     *
     * @param things what a step works on, whatever that is; null tells nothing
     * @return {@code dataset}, the name of its folder in printable letters, and {@code batch}, its number; each where one tells it
     */
    public Map<String, String> of(Object... things) {
        Map<String, String> subjects = new HashMap<>();
        for (Object thing : things) {
            dataset(thing).ifPresent(name -> subjects.putIfAbsent("dataset", FileNames.printable(name)));
            if (thing instanceof Claimed claimed) {
                subjects.putIfAbsent("batch", Long.toString(claimed.batch().id()));
            }
        }
        return subjects;
    }

    private Optional<String> dataset(Object thing) {
        if (thing instanceof Dataset dataset) {
            return Optional.of(dataset.name());
        } else if (thing instanceof Accepted accepted) {
            return Optional.of(accepted.dataset());
        } else if (thing instanceof Examined examined) {
            return examined.arrival().map(arrival -> arrival.dataset().name())
                .or(() -> examined.underWay().flatMap(asset -> name(asset.datasetId())));
        }
        return datasetId(thing).flatMap(this::name);
    }

    private static Optional<Long> datasetId(Object thing) {
        if (thing instanceof Claimed claimed) {
            return Optional.of(claimed.batch().datasetId());
        } else if (thing instanceof Asset asset) {
            return Optional.of(asset.datasetId());
        }
        return thing instanceof Training training ? Optional.of(training.datasetId()) : Optional.empty();
    }

    /** No step fails for its line in the log: not for a ledger that can't be read, nor for one that is just being closed. */
    private Optional<String> name(long id) {
        try {
            return Optional.of(ledger.datasets().nameOf(id));
        } catch (RuntimeException unreadable) {
            return Optional.empty();
        }
    }
}
