package org.dropfolder.status;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Ledger;

/** Tells of single files where they are and what they wait for. Costs the same however many there are. Thread safe. */
public final class FileReport {
    /** Of one name; more would not be read. */
    private static final int MOST = 20;

    private final Ledger ledger;
    private final Explainer explainer;
    private final UnaryOperator<String> whereIs;

    /** @param whereIs where people find what has a target */
    public FileReport(Ledger ledger, Explainer explainer, UnaryOperator<String> whereIs) {
        this.ledger = ledger;
        this.explainer = explainer;
        this.whereIs = whereIs;
    }

    /** What was dropped at this place below the inbox, the newest first. */
    public List<Whereabouts> droppedAt(String source) {
        return ledger.listings().droppedAt(source, MOST).stream().map(this::told).toList();
    }

    /** What was dropped under this name, wherever; the newest first. */
    public List<Whereabouts> named(String name) {
        return ledger.listings().named(name, MOST).stream().map(this::told).toList();
    }

    /** What belongs at this place below the data folder. */
    public List<Whereabouts> at(String target) {
        return ledger.listings().at(target).map(this::told).stream().toList();
    }

    private Whereabouts told(Asset asset) {
        Dataset dataset = ledger.datasets().get(asset.datasetId());
        boolean waits = asset.state() != AssetState.REJECTED && asset.state() != AssetState.DUPLICATE;
        Optional<Prospect> prospect = waits ? explainer.prospect(dataset.name()) : Optional.empty();
        String next = prospect.map(there -> there.why() + (there.ended() ? "" : " " + there.next())).orElse("");
        return new Whereabouts(asset.source(), dataset.name(), asset.state().name(), whereIs.apply(asset.target()), is(asset, dataset), next,
            prospect.flatMap(Prospect::at).map(Instant::toString).orElse(null));
    }

    private String is(Asset asset, Dataset dataset) {
        return switch (asset.state()) {
            case ARRIVING -> "It is being taken out of the inbox.";
            case ACCEPTED -> switch (asset.kind()) {
                case IMAGE -> "It was checked, and waits to be sent." + described(asset);
                case CAPTION -> "It is a caption, and waits for the image of its name.";
                case ORIGINAL -> "It is being converted.";
                case ARCHIVE -> "It is being taken apart.";
            };
            case BATCHED -> "It goes to Ideogram with batch " + asset.batchId().map(Object::toString).orElse("?") + ".";
            case UPLOADED -> uploaded(asset, dataset);
            case REJECTED -> "It was set aside. " + asset.reason().orElse("");
            case DUPLICATE -> "It is the same picture as " + asset.firstId().flatMap(ledger.listings()::withId).map(Asset::source).orElse("another")
                + ", and a picture is sent once.";
        };
    }

    /** What a machine said of it, or is to say. */
    private String described(Asset image) {
        return ledger.descriptions().of(image).map(known -> switch (known.state()) {
            case WAITING, INTENDED -> " Ideogram is asked for its caption.";
            case WRITTEN -> image.caption().isEmpty() ? "" : image.caption().equals(known.text())
                ? " A machine wrote its caption: " + known.text().orElse("") : "";
            case IN_DOUBT, NONE -> image.caption().isPresent() ? "" : " It goes without a caption: " + known.trouble().orElse("");
        }).orElse("");
    }

    private String uploaded(Asset asset, Dataset dataset) {
        String parts = asset.reason().map(reason -> " " + reason).orElse("");
        return switch (asset.kind()) {
            case IMAGE -> "It is in the dataset '" + dataset.remoteName() + "' at Ideogram, as " + asset.sentName().orElse(asset.name()) + "."
                + described(asset);
            case CAPTION -> "It went to Ideogram with its image.";
            case ORIGINAL -> "It was converted, and what it became goes on." + parts;
            case ARCHIVE -> "It was taken apart, and what is in it goes on." + parts;
        };
    }
}
