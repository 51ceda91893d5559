package org.dropfolder.status;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dropfolder.folder.FolderTerms;
import org.dropfolder.folder.Terms;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Batch;
import org.dropfolder.ledger.BatchState;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.DatasetState;
import org.dropfolder.ledger.Doubt;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.Listings;
import org.dropfolder.ledger.Tally;
import org.dropfolder.ledger.Training;
import org.dropfolder.ledger.TrainingState;

/**
 * Says why a dataset is where it is, and what comes next. It asks what the steps of the way ask, in their order: the first
 * that does not let the dataset pass is what it waits for. Thread safe.
 */
public final class Explainer {
    private static final int SET_ASIDE = 5;
    private static final int EVENTS = 8;

    private final Ledger ledger;
    private final StatusReport report;
    private final Rules rules;
    private final Clock clock;
    private final DoubtProspects doubts;
    private final FolderTerms folders;
    private final Preflights preflights;
    private final Approvals approvals;

    public Explainer(Ledger ledger, StatusReport report, Rules rules, Clock clock) {
        this.ledger = ledger;
        this.report = report;
        this.rules = rules;
        this.clock = clock;
        this.doubts = new DoubtProspects(ledger, rules);
        this.folders = new FolderTerms(ledger);
        this.preflights = new Preflights(ledger, rules.needed());
        this.approvals = new Approvals(ledger, rules, preflights, folders);
    }

    /** Explains the dataset of this folder; empty if nothing was ever dropped there. */
    public Optional<Explanation> of(String name) {
        return ledger.datasets().named(name).flatMap(dataset -> report.of(name).map(status -> {
            Listings.Listing<Asset> aside = ledger.listings().setAside(dataset.id(), SET_ASIDE);
            Listings.Listing<Asset> partly = ledger.listings().partlyUsed(dataset.id(), SET_ASIDE);
            List<Explanation.SetAside> newest = Stream.concat(aside.newest().stream(), partly.newest().stream())
                .map(asset -> new Explanation.SetAside(asset.source(), asset.target(), asset.reason().orElse(""))).toList();
            return new Explanation(prospect(dataset), status, newest, aside.count() + partly.count() - newest.size(), ledger.history().of(dataset.id(), EVENTS), preflights.of(dataset));
        }));
    }

    /** The shortest explanation of the dataset of this folder; empty if nothing was ever dropped there. */
    public Optional<Prospect> prospect(String name) {
        return ledger.datasets().named(name).map(this::prospect);
    }

    /** What is told of its pictures, shared with those who show the same. */
    Preflights preflights() {
        return preflights;
    }

    private Prospect prospect(Dataset dataset) {
        Terms said = folders.of(dataset);
        Rules its = rules.within(said.settings());
        TrainingProspects trainings = new TrainingProspects(ledger, its, doubts, approvals);
        Tally images = ledger.assets().tally(dataset.id());
        int there = images.of(AssetState.UPLOADED) + dataset.foundImages().orElse(0);
        Optional<Training> training = ledger.trainings().newestOf(dataset.id()).filter(newest -> !trainings.isFollowed(newest, there));
        if (training.isPresent() && training.get().state() != TrainingState.WAITING) {
            return trainings.sent(dataset, training.get(), images);
        }
        return creation(dataset)
            .or(() -> ledger.batches().open(dataset.id()).map(batch -> batch(dataset, batch)))
            .or(() -> pause(dataset.retryAt(), dataset.trouble()))
            .or(() -> pending(dataset, images))
            .or(() -> caption(dataset))
            .or(() -> said.barrier().map(Explainer::barrier))
            .or(() -> tooFew(its, there))
            .or(() -> unrest(its, dataset, training))
            .or(() -> training.flatMap(waiting -> pause(waiting.retryAt(), waiting.trouble())))
            .orElseGet(() -> trainings.due(dataset, training));
    }

    private Optional<Prospect> creation(Dataset dataset) {
        return dataset.state() != DatasetState.IN_DOUBT ? Optional.empty() : Optional.of(doubts.of(dataset, Doubt.What.CREATION,
            "Its dataset '" + dataset.remoteName() + "' may have been created at Ideogram. " + dataset.trouble().orElse("")));
    }

    private Prospect batch(Dataset dataset, Batch batch) {
        if (batch.state() == BatchState.IN_DOUBT) {
            return doubts.of(dataset, Doubt.What.BATCH, "Batch " + batch.id() + " with " + Counts.images(batch.images())
                + " may have reached Ideogram. " + batch.trouble().orElse(""));
        }
        return Prospect.of(Counts.images(batch.images(), "is", "are") + " on the way to Ideogram, as batch " + batch.id() + ".",
            "Ideogram's answer is waited for.");
    }

    private Optional<Prospect> pause(Optional<Instant> retryAt, Optional<String> trouble) {
        return retryAt.filter(at -> at.isAfter(clock.instant())).map(at -> Prospect.at(at,
            trouble.orElse("A step failed."), "The server tries again by itself."));
    }

    private Optional<Prospect> pending(Dataset dataset, Tally images) {
        return images.pending() == 0 ? Optional.empty() : Optional.of(Prospect.at(dataset.lastArrival().plus(rules.batchQuiet()),
            Counts.images(images.pending(), "waits", "wait") + " until nothing new comes any more.",
            images.pending() == 1 ? "It is sent." : "They are sent together."));
    }

    private Optional<Prospect> caption(Dataset dataset) {
        return ledger.assets().waitingCaptions(dataset.id()).stream().findFirst().map(caption -> Prospect.at(
            caption.arrivedAt().plus(rules.captionWait()), "The caption '" + caption.name() + "' waits for its image.",
            "Drop the image beside it; if none comes, the caption is set aside."));
    }

    private static Prospect barrier(String why) {
        return Prospect.of(why, "Change that file, or delete it.");
    }

    /** @param there those that we brought, and those that an adopted dataset had before */
    private static Optional<Prospect> tooFew(Rules its, int there) {
        int missing = its.needed() - there;
        String has = there == 0 ? "it has none" : "it has " + there;
        return missing <= 0 ? Optional.empty() : Optional.of(Prospect.of(
            "A training takes " + Counts.images(its.needed()) + ", and " + has + ".", "Drop " + missing + " more into its folder."));
    }

    /** Whoever ordered a training since the last image came need not wait for quiet. */
    private Optional<Prospect> unrest(Rules its, Dataset dataset, Optional<Training> training) {
        boolean ordered = training.flatMap(Training::approvedAt).filter(at -> !at.isBefore(dataset.lastArrival())).isPresent();
        boolean unasked = training.flatMap(Training::approvedAt).isPresent() || !approvals.needed(dataset);
        return ordered || !its.quietAt(dataset).isAfter(clock.instant()) ? Optional.empty() : Optional.of(Prospect.at(
            its.quietAt(dataset), "It has enough images, and waits until nothing more comes.",
            "Then its training starts, for " + rules.price() + (unasked ? "." : ", once you approve it.")));
    }
}
