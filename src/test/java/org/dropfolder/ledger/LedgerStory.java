package org.dropfolder.ledger;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Writes a real ledger as the server would have, step by step, up to where a test wants it. */
public final class LedgerStory implements AutoCloseable {
    private static final Targets TARGETS = (rests, id, name) -> (rests == AssetState.REJECTED ? "rejected/" : "pending/") + id + "/" + name;

    private static final BigDecimal PRICE = BigDecimal.valueOf(40);

    private final Ledger ledger;
    private final Clock clock;
    private int names;

    /** Of the ledger {@code ledger.db} in the folder, which may be there already. */
    public LedgerStory(Path folder, Clock clock, boolean simulated) {
        this.clock = clock;
        this.ledger = Ledger.open("jdbc:sqlite:" + folder.resolve("ledger.db"),
            Lease.ofThisProcess(Duration.ofMinutes(1), clock), simulated);
    }

    public Ledger ledger() {
        return ledger;
    }

    /** An image waits. */
    public Dataset image(String dataset, String name) {
        return arrive(dataset, AssetKind.IMAGE, name, Optional.empty());
    }

    public Dataset caption(String dataset, String name) {
        return arrive(dataset, AssetKind.CAPTION, name, Optional.empty());
    }

    public Dataset setAside(String dataset, String name, String reason) {
        return arrive(dataset, AssetKind.IMAGE, name, Optional.of(reason));
    }

    /** An archive with one image, and with something that stays in it. */
    public void takenApart(String dataset, String name, String leftIn) {
        arrive(dataset, AssetKind.ARCHIVE, name, Optional.empty());
        Dataset of = ledger.datasets().named(dataset).orElseThrow();
        Asset archive = ledger.containers().waitingIn(of.id()).get(0);
        image(dataset, "of " + name + ".jpg");
        ledger.containers().done(archive, Optional.of(leftIn), Optional.empty(), TARGETS)
            .forEach(asset -> ledger.assets().rested(asset, TARGETS));
    }

    /** An image that has the content of another. */
    public Dataset copy(String dataset, String name, String first) {
        return arrive(dataset, AssetKind.IMAGE, name, Optional.empty(), first);
    }

    /** So many more images are on their way to the dataset. */
    public Batch sent(String dataset, int images) {
        for (int i = 0; i < images; i++) {
            image(dataset, ++names + ".jpg");
        }
        Dataset ready = ledger.datasets().ready(ledger.datasets().named(dataset, dataset), "id of " + dataset, false);
        ledger.batches().claim(ready, 0, images, Long.MAX_VALUE);
        Batch batch = ledger.batches().claimed(ready).batch();
        ledger.batches().intend(batch);
        return batch;
    }

    /** So many images are in the dataset. */
    public Dataset uploaded(String dataset, int images) {
        Batch batch = sent(dataset, images);
        ledger.batches().uploaded(batch, Fates.ALL_THERE, TARGETS).forEach(asset -> ledger.assets().rested(asset, TARGETS));
        return ledger.datasets().get(batch.datasetId());
    }

    /** Its training is about to be paid. */
    public Training intended(String dataset) {
        Training waiting = ledger.trainings().waiting(uploaded(dataset, 15), 1, dataset, 15, PRICE);
        ledger.trainings().intend(waiting, 15, PRICE, List.of(), 1000);
        return ledger.trainings().get(waiting.id());
    }

    /** It is followed, and looked at next in half a minute. */
    public Training running(String dataset) {
        return ledger.trainings().started(intended(dataset), "model of " + dataset, Optional.of("TRAINING"),
            clock.instant().plusSeconds(30));
    }

    /** It has come so far. */
    public Training ended(String dataset, TrainingState state, Optional<String> uri) {
        return ledger.looks().showed(running(dataset), state, state.name(), uri, Optional.empty());
    }

    @Override
    public void close() {
        ledger.close();
    }

    private Dataset arrive(String name, AssetKind kind, String file, Optional<String> reason) {
        return arrive(name, kind, file, reason, file);
    }

    private Dataset arrive(String name, AssetKind kind, String file, Optional<String> reason, String content) {
        Dataset dataset = ledger.datasets().named(name, name);
        String stem = file.replaceFirst("[.][a-z]+$", "");
        Asset asset = ledger.assets().arrive(new Arrival(dataset, kind, (name.isEmpty() ? "" : name + "/") + file, stem, 7, clock.instant(),
            "", "sha of " + content, 1, kind == AssetKind.IMAGE ? List.of(file) : List.of(),
            kind == AssetKind.CAPTION ? Optional.of("a caption") : Optional.empty(), reason), 100, "full", TARGETS);
        ledger.assets().rested(asset, TARGETS);
        return ledger.datasets().get(dataset.id());
    }
}
