package org.dropfolder.status;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.dropfolder.folder.FolderTerms;
import org.dropfolder.folder.Hyperparameters;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetKind;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Changes;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.Listings;
import org.dropfolder.ledger.Tally;
import org.dropfolder.ledger.Sample;
import org.dropfolder.ledger.SampleState;
import org.dropfolder.ledger.Training;

/**
 * What the page shows. It reads no more of the ledger than is shown, however much there is, and its words are those of
 * {@link Explainer} and of the notes beside what was set aside. Thread safe.
 */
public final class PageReport {
    /** Datasets that are shown at once. */
    static final int SHOWN = 24;
    /** Images of a dataset that are shown among others. */
    static final int GLANCE = 5;
    /** A dataset holds no more images. */
    static final int IMAGES = 100;
    /** Pictures that were drawn with the models of a dataset. */
    static final int SAMPLES = 6;
    /** Of each other kind as many are named. */
    static final int NAMED = 50;

    private final Ledger ledger;
    private final Explainer explainer;
    private final Rules rules;
    private final Stages stages;
    private final House house;
    private final FolderTerms folders;

    /**
     * What the ledger does not tell.
     *
     * @param inbox    where datasets' folders are made
     * @param troubles what keeps everything waiting now
     * @param uploads  how far the large requests are that are under way
     */
    public record House(String inbox, Supplier<List<Status.OfTrouble>> troubles, Supplier<List<Upload>> uploads) { }

    public PageReport(Ledger ledger, Explainer explainer, Rules rules, House house) {
        this.ledger = ledger;
        this.explainer = explainer;
        this.rules = rules;
        this.stages = new Stages(ledger, rules, new Approvals(ledger, rules, explainer.preflights(), new FolderTerms(ledger)));
        this.house = house;
        this.folders = new FolderTerms(ledger);
    }

    /**
     * Some of all datasets, the one that changed last first.
     *
     * @param text   that their names hold; empty for all
     * @param before only those that changed before this revision; empty for all
     */
    public Overview overview(String text, Optional<Long> before) {
        long revision = ledger.changes().now();
        List<Changes.Change> some = ledger.changes().before(before.orElse(Changes.END), text, SHOWN + 1);
        List<Changes.Change> shown = some.subList(0, Math.min(SHOWN, some.size()));
        Long more = some.size() > SHOWN ? shown.get(SHOWN - 1).revision() : null;
        List<Card> cards = shown.stream().flatMap(change -> ledger.datasets().named(change.dataset()).stream())
            .map(dataset -> card(dataset, GLANCE)).toList();
        return new Overview(rules.simulated(), house.inbox(), house.troubles().get(), withoutFolder(), revision,
            ledger.changes().count(text), cards, more);
    }

    /** The dataset of this folder as it is among others; empty if nothing was ever dropped there. */
    public Optional<Card> card(String name) {
        return known(name).map(dataset -> card(dataset, GLANCE));
    }

    /** The dataset of this folder by itself; empty if nothing was ever dropped there. */
    public Optional<DatasetPage> of(String name) {
        return known(name).map(this::page);
    }

    /** What lies directly in the inbox is no dataset's. */
    private Optional<Dataset> known(String name) {
        return name.isEmpty() ? Optional.empty() : ledger.datasets().named(name);
    }

    private int withoutFolder() {
        return ledger.datasets().named("").map(none -> ledger.listings().setAside(none.id(), 0).count()).orElse(0);
    }

    private Card card(Dataset dataset, int images) {
        Tally tally = ledger.assets().tally(dataset.id());
        int there = tally.of(AssetState.UPLOADED) + dataset.foundImages().orElse(0);
        Prospect prospect = explainer.prospect(dataset.name()).orElseThrow();
        Set<Long> described = images > GLANCE ? Set.copyOf(ledger.descriptions().captioned(dataset.id())) : Set.of();
        return new Card(dataset.name(), stages.of(dataset, there), there, folders.of(dataset).settings().images(rules.needed()), tally.pending(),
            tally.of(AssetState.REJECTED), Card.Outlook.of(prospect),
            ledger.listings().images(dataset.id(), images).stream()
                .map(asset -> described.contains(asset.id()) ? described(asset) : image(asset)).toList(),
            ledger.listings().model(dataset.id()).flatMap(Training::uri).orElse(null),
            Upload.of(dataset.name(), house.uploads().get()).orElse(null),
            explainer.preflights().of(dataset).map(PreflightReport::summary).orElse(null));
    }

    private DatasetPage page(Dataset dataset) {
        Card card = card(dataset, IMAGES);
        Listings.Listing<Asset> aside = ledger.listings().setAside(dataset.id(), NAMED);
        Listings.Listing<Asset> partly = ledger.listings().partlyUsed(dataset.id(), NAMED);
        Listings.Listing<Listings.Copy> copies = ledger.listings().copies(dataset.id(), NAMED);
        return new DatasetPage(rules.simulated(), card, dataset.remoteName(), Status.OfFolder.of(folders.of(dataset)),
            Stream.concat(aside.newest().stream(), partly.newest().stream()).map(PageReport::setAside).toList(),
            aside.count() + partly.count(),
            copies.newest().stream().map(copy -> new DatasetPage.Copy(below(copy.source()), below(copy.first()))).toList(), copies.count(),
            ledger.listings().trainings(dataset.id(), NAMED).stream().map(PageReport::training).toList(),
            ledger.samples().ofDataset(dataset.id()).stream().limit(SAMPLES).map(this::sample).toList(),
            new DatasetPage.Orders(stages.order(dataset, card.there()).orElse(null), rules.price(),
                aside.count() > 0 || stages.canBeTakenUp(dataset)),
            explainer.preflights().of(dataset).orElse(null));
    }

    private static Card.Image described(Asset asset) {
        return new Card.Image(asset.id(), asset.name(), asset.sha256(), asset.state() == AssetState.UPLOADED, asset.caption().orElse(null));
    }

    private static Card.Image image(Asset asset) {
        return new Card.Image(asset.id(), asset.name(), asset.sha256(), asset.state() == AssetState.UPLOADED);
    }

    private static DatasetPage.SetAside setAside(Asset asset) {
        return new DatasetPage.SetAside(below(asset.source()), asset.reason().orElse(""),
            asset.kind() == AssetKind.IMAGE ? image(asset) : null);
    }

    private static String below(String source) {
        return source.substring(source.indexOf('/') + 1);
    }

    private DatasetPage.OfSample sample(Sample sample) {
        String cost = sample.price().map(price -> price.toPlainString() + " US dollars").orElse("a price that Ideogram does not tell");
        return new DatasetPage.OfSample(ledger.trainings().get(sample.trainingId()).run(), sample.state().name(), sample.prompt(),
            sample.speed(), cost, sample.target().filter(there -> sample.state() == SampleState.KEPT).orElse(null),
            sample.endedAt().map(at -> Long.toString(at.toEpochMilli())).orElse(null), sample.trouble().orElse(null));
    }

    private static DatasetPage.OfTraining training(Training training) {
        return new DatasetPage.OfTraining(training.run(), training.state().name(), training.modelName(),
            training.modelId().orElse(null), training.uri().orElse(null), training.status().orElse(null), training.images(),
            training.hyperparameters().map(json -> Hyperparameters.of(json).words()).orElse(null), training.price().orElse(null), training.intendedAt().isPresent() || training.startedAt().isPresent(),
            training.startedAt().map(Object::toString).orElse(null), training.endedAt().map(Object::toString).orElse(null),
            training.trouble().orElse(null));
    }
}
