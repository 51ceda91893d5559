package org.dropfolder.status;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetKind;
import org.dropfolder.ledger.Batch;
import org.dropfolder.ledger.Chronicle;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.Training;

/** Reads what happens out of the ledger, also while a server writes it, and changes nothing. Thread safe. */
public final class StoryReader {
    private final Ledger ledger;

    public StoryReader(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The story so far of all that came after the mark; every effect in it has its cause in it. */
    public Story since(Chronicle.Mark mark) {
        List<Training> trainings = ledger.chronicle().trainings(mark);
        List<Batch> batches = ledger.chronicle().batches(mark);
        List<Asset> assets = ledger.chronicle().assets(mark);
        Map<Long, String> datasets = ledger.datasets().all().stream().collect(Collectors.toMap(Dataset::id, Dataset::name));
        Map<Long, Asset> byId = assets.stream().collect(Collectors.toMap(Asset::id, Function.identity()));
        return new Story(
            assets.stream().filter(asset -> asset.kind() == AssetKind.IMAGE)
                .map(asset -> image(asset, datasets.get(asset.datasetId()), byId)).toList(),
            batches.stream().map(batch -> batch(batch, datasets.get(batch.datasetId()))).toList(),
            trainings.stream().map(training -> training(training, datasets.get(training.datasetId()))).toList());
    }

    private static Story.OfImage image(Asset asset, String dataset, Map<Long, Asset> byId) {
        // a first copy that came before the mark has no name here
        Optional<String> copyOf = asset.firstId().map(byId::get).map(Asset::name);
        return new Story.OfImage(asset.id(), dataset, asset.name(), asset.state(), asset.size(),
            asset.caption().isPresent(), copyOf, asset.reason());
    }

    private static Story.OfBatch batch(Batch batch, String dataset) {
        Optional<Duration> taken = batch.sentAt().flatMap(sent -> batch.endedAt().map(ended -> Duration.between(sent, ended)));
        return new Story.OfBatch(batch.id(), dataset, batch.state(), batch.images(), batch.bytes(), taken, batch.trouble());
    }

    private static Story.OfTraining training(Training training, String dataset) {
        return new Story.OfTraining(training.id(), dataset, training.state(), training.images(), training.status(),
            training.price(), training.uri(), training.startedAt(), training.announcedAt().isPresent(), training.trouble());
    }
}
