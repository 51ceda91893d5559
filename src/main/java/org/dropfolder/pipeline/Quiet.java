package org.dropfolder.pipeline;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.dropfolder.image.FileNames;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.Training;
import org.dropfolder.ledger.TrainingState;

/** Knows whether all of a dataset has come to rest: what is trained can't be added to. Thread safe. */
final class Quiet {
    /** What lies in the inbox for longer and was not taken does not hold a training back. */
    private static final Duration HELD_BACK = Duration.ofMinutes(10);

    private final Ledger ledger;
    private final Folders folders;
    private final Spending spending;
    private final Clock clock;

    Quiet(Ledger ledger, Folders folders, Spending spending, Clock clock) {
        this.ledger = ledger;
        this.folders = folders;
        this.spending = spending;
        this.clock = clock;
    }

    /**
     * What keeps the dataset from being quiet, in words.
     *
     * @throws IOException if the inbox can't be looked at
     */
    Optional<String> unrest(Dataset dataset, Training training) throws IOException {
        Optional<String> underWay = underWay(dataset);
        if (underWay.isPresent()) {
            return underWay;
        }
        Instant now = clock.instant();
        if (dataset.lastArrival().plus(spending.quiet()).isAfter(now) && !orderedSince(training, dataset.lastArrival())) {
            return Optional.of("Waiting until nothing more came for " + Words.duration(spending.quiet()) + ".");
        }
        if (folders.hold(dataset, now.minus(HELD_BACK)) || first(dataset).isPresent() && folders.hold(first(dataset).get(), now.minus(HELD_BACK))) {
            return Optional.of("Waiting for what still lies in its folder in the inbox.");
        }
        // what was being taken when its row was looked for may have one by now
        return underWay(dataset);
    }

    /** Whether a person allowed the training after that arrival. */
    static boolean orderedSince(Training training, Instant arrival) {
        return training.state() == TrainingState.WAITING
            && training.approvedAt().filter(at -> !at.isBefore(arrival)).isPresent();
    }

    /** The one whose folder it is filled from: what does not fit there comes here. */
    private Optional<Dataset> first(Dataset dataset) {
        return dataset.overflowOf().map(ledger.datasets()::get);
    }

    private Optional<String> underWay(Dataset dataset) {
        if (ledger.batches().anyOpen(dataset.id())) {
            return Optional.of("Waiting for a batch of its images that is under way, or in doubt.");
        }
        if (ledger.assets().tally(dataset.id()).pending() > 0) {
            return Optional.of("Waiting for images that are not in the dataset yet.");
        }
        Optional<Asset> container = Stream.concat(Stream.of(dataset), first(dataset).stream())
            .flatMap(from -> ledger.containers().waitingIn(from.id()).stream()).findFirst();
        if (container.isPresent()) {
            return Optional.of("Waiting for the images in " + FileNames.printable(container.get().name()) + ".");
        }
        return ledger.assets().waitingCaptions(dataset.id()).stream().findFirst()
            .map(caption -> "Waiting for the image of the caption " + FileNames.printable(caption.name())
                + ", which is set aside if none comes.");
    }
}
