package org.dropfolder.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Fates;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.Targets;
import org.dropfolder.store.ImageStore;

/** Says for the ledger where a dataset's files belong. Thread safe. */
public final class Places {
    private final ImageStore store;
    private final Ledger ledger;

    public Places(ImageStore store, Ledger ledger) {
        this.store = store;
        this.ledger = ledger;
    }

    Targets of(Dataset dataset) {
        return of(dataset.name());
    }

    Targets of(long datasetId) {
        return of(ledger.datasets().nameOf(datasetId));
    }

    private Targets of(String dataset) {
        return (rests, id, name) -> target(dataset, rests, id, name);
    }

    /**
     * The same, where a batch's images rest after they met their fates: their places are chosen now, since in a bucket that takes
     * requests, and whoever asks while the ledger writes keeps all others waiting.
     */
    Targets of(Dataset dataset, List<Asset> images, Fates fates) {
        Targets asked = of(dataset);
        Map<Long, String> chosen = images.stream().filter(image -> !fates.again().contains(image.id()))
            .collect(Collectors.toMap(Asset::id, image -> asked.of(rests(image, fates), image.id(), image.name()),
                (one, same) -> one, HashMap::new));
        return (rests, id, name) -> Optional.ofNullable(chosen.remove(id)).orElseGet(() -> asked.of(rests, id, name));
    }

    private static AssetState rests(Asset image, Fates fates) {
        return fates.refused().containsKey(image.id()) ? AssetState.REJECTED : AssetState.UPLOADED;
    }

    /** Whether anything lies at this target. */
    boolean isThere(String target) {
        try {
            return store.exists(target);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not look for " + target + ": " + e.getMessage(), e);
        }
    }

    private String target(String dataset, AssetState rests, long id, String name) {
        try {
            return switch (rests) {
                case UPLOADED -> store.doneFor(dataset, id, name);
                case REJECTED -> store.rejectedFor(dataset, id, name);
                default -> store.pendingFor(dataset, id, name);
            };
        } catch (IOException e) {
            throw new UncheckedIOException("Could not find a place for " + name + " of " + dataset + ": "
                + e.getMessage(), e);
        }
    }
}
