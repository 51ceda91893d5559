package org.dropfolder.status;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.dropfolder.folder.FolderTerms;
import org.dropfolder.folder.Hyperparameters;
import org.dropfolder.folder.Terms;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetKind;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Batch;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.Tally;
import org.dropfolder.ledger.Training;

/** What is where, and what it waits for. Thread safe. */
public final class StatusReport {
    private final Ledger ledger;
    private final int needed;
    private final boolean simulated;
    private final PreflightsInBrief preflights;
    private final Supplier<List<Status.OfTrouble>> troubles;
    private final Supplier<List<Upload>> uploads;
    private final FolderTerms folders;

    /**
     * For whoever reads the ledger without the server, and knows of no troubles and no uploads.
     *
     * @param needed images that a training takes, at least
     */
    public StatusReport(Ledger ledger, int needed, boolean simulated) {
        this(ledger, needed, simulated, List::of, List::of);
    }

    /**
     * @param needed   images that a training takes, at least
     * @param troubles what keeps everything waiting now
     * @param uploads  how far the large requests are that are under way
     */
    public StatusReport(Ledger ledger, int needed, boolean simulated, Supplier<List<Status.OfTrouble>> troubles,
            Supplier<List<Upload>> uploads) {
        this.troubles = troubles;
        this.uploads = uploads;
        this.ledger = ledger;
        this.folders = new FolderTerms(ledger);
        this.needed = needed;
        this.preflights = new PreflightsInBrief(ledger);
        this.simulated = simulated;
    }

    /** The status now. */
    public Status now() {
        Map<Long, Tally> tallies = ledger.assets().tallies();
        Map<Long, Training> trainings = ledger.trainings().newest();
        List<Dataset> all = ledger.datasets().all();
        Map<Long, Terms> terms = folders.of(all);
        Map<Long, Status.OfPictures> pictures = preflights.of(all, ledger.changes().revisions(), d -> terms.get(d.id()).settings().images(needed));
        List<Status.OfDataset> folders = all.stream().filter(d -> !d.name().isEmpty())
            .map(d -> dataset(d, tallies.getOrDefault(d.id(), Tally.NONE), Optional.ofNullable(trainings.get(d.id())), terms.get(d.id())).with(pictures.get(d.id())))
            .toList();
        int withoutFolder = all.stream().filter(d -> d.name().isEmpty())
            .mapToInt(d -> tallies.getOrDefault(d.id(), Tally.NONE).of(AssetState.REJECTED)).sum();
        return new Status(simulated, troubles.get(), folders, withoutFolder).with(uploads.get());
    }

    /** How far the large requests are that are under way. */
    public List<Upload> uploads() {
        return uploads.get();
    }

    /** One dataset's part of it; empty if nothing was ever dropped into a folder of this name. */
    public Optional<Status.OfDataset> of(String name) {
        return ledger.datasets().named(name).filter(dataset -> !name.isEmpty())
            .map(d -> {
                Terms terms = folders.of(d);
                return dataset(d, ledger.assets().tally(d.id()), ledger.trainings().newestOf(d.id()), terms)
                    .with(preflights.of(List.of(d), Map.of(d.id(), ledger.changes().of(d.id())), any -> terms.settings().images(needed)).get(d.id()));
            });
    }

    private Status.OfDataset dataset(Dataset dataset, Tally images, Optional<Training> training, Terms terms) {
        Optional<String> waitsFor = dataset.trouble().or(() -> ledger.batches().open(dataset.id()).flatMap(Batch::trouble))
            .or(() -> ledger.containers().waitingIn(dataset.id()).stream().findFirst().map(StatusReport::beingTakenApart))
            .or(terms::barrier);
        return new Status.OfDataset(dataset.name(), dataset.remoteName(), dataset.remoteId().orElse(null), images.pending(),
            images.of(AssetState.UPLOADED), images.of(AssetState.DUPLICATE), images.of(AssetState.REJECTED), terms.settings().images(needed),
            waitsFor.orElse(null), dataset.retryAt().map(Object::toString).orElse(null), training.map(StatusReport::training).orElse(null),
            Status.OfFolder.of(terms), null, null);
    }

    private static String beingTakenApart(Asset container) {
        return container.name() + (container.kind() == AssetKind.ARCHIVE ? " is being unpacked." : " is being converted.");
    }

    private static Status.OfTraining training(Training training) {
        return new Status.OfTraining(training.state().name(), training.run(), training.modelId().orElse(null),
            training.modelName(), training.uri().orElse(null), training.status().orElse(null), training.images(),
            training.hyperparameters().map(json -> Hyperparameters.of(json).words()).orElse(null), training.price().orElse(null), training.startedAt().map(Object::toString).orElse(null),
            training.endedAt().map(Object::toString).orElse(null), training.trouble().orElse(null));
    }
}
