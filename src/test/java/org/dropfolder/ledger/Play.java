package org.dropfolder.ledger;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.dropfolder.TestClock;

/**
 * Processes that work on one dataset of one ledger, in any order: what each has in its hands, what Ideogram has, and
 * what must hold after each step. A process that dies forgets what it had, and another one takes its place.
 */
final class Play {
    private static final BigDecimal PRICE = new BigDecimal("40");

    private final String name;
    private final TestClock clock;
    private final Supplier<Ledger> newProcess;
    private final Ledger[] processes;
    /** What was written down and is to be moved; any process may find it. */
    private final Deque<Asset> moves = new ArrayDeque<>();
    private final Claimed[] batches = new Claimed[2];
    private final Training[] trainings = new Training[2];
    private final Set<Long> sent = new HashSet<>();
    private final Map<Long, Set<String>> maybeThere = new HashMap<>();
    private int received;
    private int maybePaid;

    /** @param processes two of them, each with a lease of its own; one that dies is replaced here, too */
    Play(String name, Ledger[] processes, Supplier<Ledger> newProcess, TestClock clock) {
        this.name = name;
        this.processes = processes;
        this.newProcess = newProcess;
        this.clock = clock;
    }

    /** What a process may do. */
    enum Kind {
        ACCEPT, DROP, DROP_CAPTION, DROP_UNUSABLE, REST, WITHDRAW, SET_ASIDE, LOSE, CHANGE,
        CREATE, CREATED, NOT_CREATED, CREATION_LOST_ANSWER, CREATION_NOT_FOUND,
        CLAIM, SEND, RENEW, UPLOADED, REFUSED, PARTLY_AGAIN, RELEASED, NEVER_SENT, LOST_ANSWER, FOUND, NOT_FOUND,
        WANT_TRAINING, APPROVE, SEND_TRAINING, STARTED, NOT_STARTED, TRAINING_LOST_ANSWER, TRAINING_FOUND, TRAINING_NOT_FOUND,
        LOOK, SWEEP, PASS, DIE
    }

    /**
     * One step.
     *
     * @param who  0 or 1
     * @param what which file, content or length of time
     */
    record Step(Kind kind, int who, int what) { }

    void take(Step step) {
        Ledger ledger = processes[step.who];
        switch (step.kind) {
            case ACCEPT -> {
                drop(ledger, AssetKind.IMAGE, step.what, Optional.empty());
                restAll(ledger);
            }
            case DROP -> drop(ledger, AssetKind.IMAGE, step.what, Optional.empty());
            case DROP_CAPTION -> drop(ledger, AssetKind.CAPTION, step.what, Optional.empty());
            case DROP_UNUSABLE -> drop(ledger, AssetKind.IMAGE, step.what, Optional.of("unusable"));
            case REST -> rest(ledger);
            case WITHDRAW -> withdraw(ledger);
            case SET_ASIDE -> waiting(ledger).ifPresent(
                image -> moves.addAll(ledger.assets().setAside(image, "full", LedgerBench.TARGETS)));
            case LOSE -> waiting(ledger).ifPresent(
                image -> moves.addAll(ledger.assets().lost(image, "gone", LedgerBench.TARGETS)));
            case CHANGE -> waiting(ledger).ifPresent(image -> change(ledger, image, "content " + step.what));
            case PASS -> clock.pass(Duration.ofMinutes(2L * step.what));
            case SWEEP -> sweep(ledger);
            case DIE -> die(step.who);
            case CREATE, CREATED, NOT_CREATED, CREATION_LOST_ANSWER, CREATION_NOT_FOUND -> create(ledger, step.kind);
            case WANT_TRAINING, APPROVE, SEND_TRAINING, TRAINING_FOUND, TRAINING_NOT_FOUND, LOOK ->
                train(ledger, step.who, step.kind);
            case STARTED, NOT_STARTED, TRAINING_LOST_ANSWER -> end(ledger, step.who, step.kind);
            case CLAIM -> claim(ledger, step.who);
            case SEND -> {
                if (batches[step.who] == null) {
                    claim(ledger, step.who);
                }
                Optional.ofNullable(batches[step.who]).ifPresent(claimed -> send(ledger, claimed));
            }
            case FOUND, NOT_FOUND -> ledger.batches().inDoubt(dataset(ledger).id()).ifPresent(
                claimed -> found(ledger, claimed, step.kind == Kind.FOUND));
            default -> Optional.ofNullable(batches[step.who]).ifPresent(claimed -> upload(ledger, step, claimed));
        }
    }

    /** What is wrong in the ledger now; nothing if all is well. */
    List<String> wrongs() {
        List<String> wrongs = new ArrayList<>(Invariants.broken(processes[0], dataset(processes[0]).id()));
        Tally tally = processes[0].assets().tally(dataset(processes[0]).id());
        int counted = tally.pending() + tally.of(AssetState.UPLOADED) + tally.of(AssetState.DUPLICATE) + tally.of(AssetState.REJECTED);
        if (counted != received) {
            wrongs.add(received + " images were received and " + counted + " are counted");
        }
        if (maybePaid > 1) {
            wrongs.add("paid for " + maybePaid + " times");
        }
        return wrongs;
    }

    private Dataset dataset(Ledger ledger) {
        return ledger.datasets().named(name, "remote " + name);
    }

    private Optional<Asset> waiting(Ledger ledger) {
        return ledger.assets().waiting(dataset(ledger).id()).stream().findFirst();
    }

    private void drop(Ledger ledger, AssetKind kind, int what, Optional<String> reason) {
        boolean image = kind == AssetKind.IMAGE;
        String stem = "picture " + what % 3;
        String source = name + "/" + stem + (image ? ".jpg" : ".txt");
        if (ledger.assets().arrivingFrom(source).isPresent()) {
            return;
        }
        String content = "content " + what;
        Asset asset = ledger.assets().arrive(new Arrival(dataset(ledger), kind, source, stem, 10, clock.instant(), "", content, 1,
            image ? List.of(stem + ".jpg", stem + "-" + what + ".jpg") : List.of(),
            image ? Optional.empty() : Optional.of("a text"), reason), LedgerBench.LIMIT, LedgerBench.FULL, LedgerBench.TARGETS);
        moves.add(asset);
        received += image ? 1 : 0;
    }

    private void rest(Ledger ledger) {
        Optional.ofNullable(moves.poll()).map(asset -> ledger.assets().rested(asset, LedgerBench.TARGETS))
            .filter(asset -> asset.movingFrom().isPresent()).ifPresent(moves::add);
    }

    private void restAll(Ledger ledger) {
        while (!moves.isEmpty()) {
            rest(ledger);
        }
    }

    private void withdraw(Ledger ledger) {
        Asset first = moves.peek();
        if (first != null && first.state() == AssetState.ARRIVING) {
            moves.remove();
            ledger.assets().withdrawn(first);
            received -= first.kind() == AssetKind.IMAGE ? 1 : 0;
        }
    }

    private void change(Ledger ledger, Asset image, String content) {
        Asset now = ledger.assets().changed(image, 11, clock.instant(), content, 2, LedgerBench.TARGETS);
        if (now.movingFrom().isPresent()) {
            moves.add(now);
        }
    }

    private void create(Ledger ledger, Kind kind) {
        Dataset dataset = dataset(ledger);
        switch (kind) {
            case CREATE -> ledger.datasets().intend(dataset);
            case CREATED -> ledger.datasets().ready(dataset, "id of " + name, false);
            case CREATION_LOST_ANSWER -> ledger.datasets().creationInDoubt(dataset, "no answer");
            case CREATION_NOT_FOUND -> ledger.datasets().creationNotFound(dataset, "not listed");
            default -> ledger.datasets().notCreated(dataset);
        }
    }

    private void sweep(Ledger ledger) {
        ledger.batches().expire();
        ledger.trainings().doubtExpired();
        ledger.datasets().doubtExpiredCreations();
    }

    private void die(int who) {
        processes[who].close();
        processes[who] = newProcess.get();
        batches[who] = null;
        trainings[who] = null;
    }

    private void claim(Ledger ledger, int who) {
        Dataset dataset = dataset(ledger);
        if (ledger.batches().claim(dataset, 0, 2, Long.MAX_VALUE)) {
            batches[who] = ledger.batches().claimed(dataset);
        }
    }

    private void upload(Ledger ledger, Step step, Claimed claimed) {
        Batch batch = claimed.batch();
        switch (step.kind) {
            case RENEW -> ledger.batches().renew(batch);
            case NEVER_SENT -> ledger.batches().neverSent(batch, "not needed");
            case RELEASED -> {
                ledger.batches().released(batch, "refused");
                maybeThere.remove(batch.id());
                batches[step.who] = null;
            }
            default -> {
                if (sent.contains(batch.id())) {
                    answered(ledger, claimed, step.kind);
                    batches[step.who] = null;
                }
            }
        }
    }

    private void answered(Ledger ledger, Claimed claimed, Kind how) {
        Asset first = claimed.images().get(0);
        Batch batch = claimed.batch();
        switch (how) {
            case UPLOADED -> moves.addAll(ledger.batches().uploaded(batch, Fates.ALL_THERE, LedgerBench.TARGETS));
            case LOST_ANSWER -> ledger.batches().inDoubt(batch, "no answer");
            default -> {
                Fates fates = how == Kind.REFUSED ? new Fates(Map.of(first.id(), "unsafe"), Set.of())
                    : new Fates(Map.of(), Set.of(first.id()));
                moves.addAll(ledger.batches().uploaded(batch, fates, LedgerBench.TARGETS));
                maybeThere.get(batch.id()).remove(first.sha256());
            }
        }
    }

    /** Somebody read what became of a batch in doubt: no other answer to it comes any more. */
    private void found(Ledger ledger, Claimed claimed, boolean there) {
        Set<Long> all = claimed.images().stream().map(Asset::id).collect(Collectors.toSet());
        Fates fates = there ? Fates.ALL_THERE : new Fates(Map.of(), all);
        moves.addAll(ledger.batches().found(claimed.batch(), fates, LedgerBench.TARGETS));
        if (!there) {
            maybeThere.remove(claimed.batch().id());
        }
        for (int i = 0; i < batches.length; i++) {
            if (batches[i] != null && batches[i].batch().id() == claimed.batch().id()) {
                batches[i] = null;
            }
        }
    }

    private void send(Ledger ledger, Claimed claimed) {
        if (!ledger.batches().intend(claimed.batch())) {
            return;
        }
        if (!sent.add(claimed.batch().id())) {
            throw new AssertionError("batch " + claimed.batch().id() + " was sent twice");
        }
        Set<String> contents = new HashSet<>();
        for (Asset image : claimed.images()) {
            maybeThere.forEach((batch, there) -> {
                if (there.contains(image.sha256())) {
                    throw new AssertionError(image.sha256() + " went in batch " + batch + " already");
                }
            });
            contents.add(image.sha256());
        }
        maybeThere.put(claimed.batch().id(), contents);
    }

    private void train(Ledger ledger, int who, Kind kind) {
        Dataset dataset = dataset(ledger);
        Optional<Training> newest = ledger.trainings().newestOf(dataset.id());
        switch (kind) {
            case WANT_TRAINING -> ledger.trainings().waiting(dataset, 1, "a model", 15, PRICE);
            case APPROVE -> ledger.orders().approve(dataset.id(), PRICE);
            case SEND_TRAINING -> newest.or(() -> Optional.of(ledger.trainings().waiting(dataset, 1, "a model", 15, PRICE)))
                .filter(training -> ledger.trainings().intend(training, 15, PRICE, List.of(), Integer.MAX_VALUE))
                .ifPresent(training -> {
                    trainings[who] = training;
                    maybePaid++;
                });
            case LOOK -> newest.filter(training -> training.modelId().isPresent()).ifPresent(training -> ledger.looks()
                .showed(training, TrainingState.COMPLETED, "COMPLETED", Optional.of("model/1"), Optional.empty()));
            default -> newest.filter(training -> training.state() == TrainingState.IN_DOUBT).ifPresent(
                training -> found(ledger, training, kind == Kind.TRAINING_FOUND));
        }
    }

    /** Somebody read what became of a training in doubt: no other answer to it comes any more. */
    private void found(Ledger ledger, Training training, boolean there) {
        if (there) {
            ledger.trainings().started(training, "model of " + name, Optional.empty(), clock.instant());
        } else {
            ledger.trainings().notFound(training, "not listed");
            maybePaid--;
        }
        Arrays.fill(trainings, null);
    }

    private void end(Ledger ledger, int who, Kind kind) {
        Training training = trainings[who];
        if (training == null) {
            return;
        }
        trainings[who] = null;
        switch (kind) {
            case STARTED -> ledger.trainings().started(training, "model of " + name, Optional.empty(), clock.instant());
            case TRAINING_LOST_ANSWER -> ledger.trainings().inDoubt(training, "no answer");
            default -> {
                ledger.trainings().notStarted(training, "refused", Optional.of(clock.instant()));
                maybePaid--;
            }
        }
    }
}
