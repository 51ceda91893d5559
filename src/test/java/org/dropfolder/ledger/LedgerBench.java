package org.dropfolder.ledger;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.dropfolder.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An open ledger without any files, and short words for what is done to it. Says nothing of the database. */
abstract class LedgerBench {
    static final Duration LEASE = Duration.ofMinutes(3);
    static final int LIMIT = 100;
    static final String FULL = "the dataset is full";
    static final BigDecimal PRICE = new BigDecimal("40");
    static final int THREADS = 8;
    /** As the store does: what is rejected keeps its own name while it can, all else begins with its id. */
    static final Targets TARGETS = (rests, id, name) -> switch (rests) {
        case REJECTED -> "rejected/" + name;
        case UPLOADED -> "done/" + id + "-" + name;
        default -> "pending/" + id + "-" + name;
    };

    final TestClock clock = new TestClock();
    Ledger ledger;

    /** Opens this test's database, which is empty at first, once more. */
    abstract Ledger open(Lease lease, boolean simulated);

    @BeforeEach
    void openLedger() {
        ledger = open(newLease(), false);
    }

    @AfterEach
    void closeLedger() {
        ledger.close();
    }

    final Lease newLease() {
        return Lease.ofThisProcess(LEASE, clock);
    }

    final Dataset dataset(String name) {
        return ledger.datasets().named(name, "remote " + name);
    }

    /** A dataset that is known at Ideogram. */
    final Dataset ready(String name) {
        return ledger.datasets().ready(dataset(name), "id of " + name, false);
    }

    final Arrival arrival(AssetKind kind, String source, String content, Optional<String> reason) {
        String name = source.substring(source.lastIndexOf('/') + 1);
        String stem = name.substring(0, name.lastIndexOf('.'));
        String ending = name.substring(name.lastIndexOf('.'));
        boolean image = kind == AssetKind.IMAGE;
        List<String> names = image ? List.of(name, stem + "-" + content + ending) : List.of();
        return new Arrival(dataset(source.substring(0, source.indexOf('/'))), kind, source, stem, content.length(),
            clock.instant(), "", "sha of " + content, content.hashCode(), names,
            kind == AssetKind.CAPTION ? Optional.of(content) : Optional.empty(), reason);
    }

    /** The first row of an image; its move has not been made. */
    final Asset arrive(String source, String content) {
        return ledger.assets().arrive(arrival(AssetKind.IMAGE, source, content, Optional.empty()), LIMIT, FULL, TARGETS);
    }

    final Asset rest(Asset asset) {
        return ledger.assets().rested(asset, TARGETS);
    }

    /** An image that has arrived. */
    final Asset image(String source, String content) {
        return rest(arrive(source, content));
    }

    final Asset caption(String source, String text) {
        return rest(ledger.assets().arrive(arrival(AssetKind.CAPTION, source, text, Optional.empty()), LIMIT, FULL, TARGETS));
    }

    final Asset unusable(String source, String content) {
        return rest(ledger.assets().arrive(arrival(AssetKind.IMAGE, source, content, Optional.of("unusable")), LIMIT,
            FULL, TARGETS));
    }

    /** A container that waits to be taken apart. */
    final Asset container(AssetKind kind, String source, String content) {
        Arrival arrival = arrival(kind, source, content, Optional.empty());
        return rest(ledger.assets().arrive(arrival, LIMIT, FULL, TARGETS));
    }

    /** The first row of an image that is a part. */
    final Optional<Asset> part(Asset container, int part, String source, String content) {
        return part(container, part, arrival(AssetKind.IMAGE, source, content, Optional.empty()));
    }

    final Optional<Asset> part(Asset container, int part, Arrival arrival) {
        return ledger.containers().arrive(container, part, arrival, ".unpacking/" + container.id() + "-" + part,
            new Containers.Rules(LIMIT, FULL, TARGETS));
    }

    final Claimed claim(String dataset) {
        Dataset of = dataset(dataset);
        if (!ledger.batches().claim(of, 0, LIMIT, Long.MAX_VALUE)) {
            throw new AssertionError("nothing could be claimed of " + dataset);
        }
        return ledger.batches().claimed(of);
    }

    final Claimed send(String dataset) {
        Claimed claimed = claim(dataset);
        if (!ledger.batches().intend(claimed.batch())) {
            throw new AssertionError("the batch could not be sent");
        }
        return claimed;
    }

    /** All that waits is in the dataset now, and where it belongs. */
    final void upload(String dataset) {
        ledger.batches().uploaded(send(dataset).batch(), Fates.ALL_THERE, TARGETS).forEach(this::rest);
    }

    /** A dataset of this many uploaded images. */
    final Dataset filled(String name, int images) {
        IntStream.range(0, images).forEach(i -> image(name + "/" + i + ".jpg", "picture " + i));
        ready(name);
        upload(name);
        return dataset(name);
    }

    final Training waiting(String dataset) {
        return ledger.trainings().waiting(ready(dataset), 1, "model of " + dataset, 15, PRICE);
    }

    final boolean intend(Training training) {
        return ledger.trainings().intend(training, 15, PRICE, List.of(), 5);
    }

    final Training running(String dataset) {
        Training training = waiting(dataset);
        if (!intend(training)) {
            throw new AssertionError("the training could not be intended");
        }
        return ledger.trainings().started(training, "model-" + dataset, Optional.of("QUEUED"), clock.instant());
    }

    final Asset now(Asset asset) {
        return ledger.read(h -> h.createQuery("SELECT * FROM asset WHERE id = :id").bind("id", asset.id())
            .mapTo(Asset.class).one());
    }

    final Batch now(Batch batch) {
        return ledger.read(h -> h.createQuery("SELECT * FROM batch WHERE id = :id").bind("id", batch.id())
            .mapTo(Batch.class).one());
    }

    final Training now(Training training) {
        return ledger.trainings().get(training.id());
    }

    final List<String> history(String dataset) {
        return ledger.history().of(dataset(dataset).id(), 1_000).stream().map(Event::what).toList();
    }

    /** What each of many threads answered that did the same at once. */
    final <T> List<T> atOnce(Callable<T> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<T> answers = new ArrayList<>();
            for (Future<T> answer : threads.invokeAll(Collections.nCopies(THREADS, work), 30, TimeUnit.SECONDS)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }
}
