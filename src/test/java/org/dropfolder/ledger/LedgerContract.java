package org.dropfolder.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every ledger promises; each database's own test inherits it, and with it what is promised of its tables. */
abstract class LedgerContract extends NoticesContract {
    @Test
    void givesEachFolderANameOfItsOwnHoweverManyComeAtOnce() throws Exception {
        AtomicInteger number = new AtomicInteger();
        List<Dataset> found = atOnce(() -> {
            String folder = "cats " + number.incrementAndGet();
            return ledger.datasets().named(folder, "cats", folder);
        });
        assertThat(found).extracting(Dataset::remoteName).doesNotHaveDuplicates().contains("cats");
    }

    @Test
    void writesAFolderDownOnce() throws Exception {
        assertThat(ledger.datasets().named("cats")).isEmpty();
        List<Dataset> found = atOnce(() -> ledger.datasets().named("cats", "the cats"));
        assertThat(found).containsOnly(ledger.datasets().named("cats", "another name"));
        assertThat(found.get(0).state()).isEqualTo(DatasetState.NEW);
        assertThat(found.get(0).remoteName()).isEqualTo("the cats");
        assertThatIllegalStateException().isThrownBy(found.get(0)::knownId).withMessageContaining("cats");
        assertThatIllegalStateException().isThrownBy(() -> ledger.datasets().get(99));
        dataset("birds");
        assertThat(ledger.datasets().all()).extracting(Dataset::name).containsExactly("birds", "cats");
    }

    @Test
    void knowsAFolderByItsLettersWhateverTheirCaseAndNormalForm() {
        Dataset first = ledger.datasets().named("\u00C9t\u00E9", "ete");
        for (String folder : List.of("\u00E9t\u00E9", "E\u0301te\u0301", "\u00C9T\u00C9")) {
            assertThat(ledger.datasets().named(folder)).contains(first);
            assertThat(ledger.datasets().named(folder, "another")).isEqualTo(first);
            assertThat(first.isFolder(folder)).isTrue();
        }
        assertThat(ledger.datasets().named("ete")).isEmpty();
        assertThat(first.isFolder("ete")).isFalse();
    }

    @Test
    void theCreationOfADatasetIsIntendedOnce() throws Exception {
        Dataset cats = dataset("cats");
        assertThat(atOnce(() -> ledger.datasets().intend(cats))).containsOnlyOnce(true);
        try (Ledger other = open(newLease(), false)) {
            assertThat(other.datasets().renew(cats)).isFalse();
            other.datasets().notCreated(cats);
            other.datasets().creationInDoubt(cats, "no answer");
        }
        assertThat(ledger.datasets().renew(cats)).isTrue();
        ledger.datasets().notCreated(cats);
        assertThat(dataset("cats").state()).isEqualTo(DatasetState.NEW);
        assertThat(ledger.datasets().intend(cats)).isTrue();
        ledger.datasets().creationInDoubt(cats, "no answer");
        ledger.datasets().notCreated(cats);
        assertThat(dataset("cats").state()).isEqualTo(DatasetState.IN_DOUBT);
        assertThat(ledger.datasets().intend(cats)).isFalse();
    }

    @Test
    void aCreationWhoseOwnerFellSilentIsInDoubtUntilItIsFound() {
        Dataset cats = dataset("cats");
        ledger.datasets().intend(cats);
        clock.pass(LEASE);
        assertThat(ledger.datasets().doubtExpiredCreations()).isZero();
        clock.pass(Duration.ofMillis(1));
        assertThat(ledger.datasets().doubtExpiredCreations()).isOne();
        assertThat(ledger.datasets().renew(cats)).isFalse();
        assertThat(dataset("cats").trouble()).isPresent();

        Dataset found = ledger.datasets().ready(cats, "id-1", false);
        assertThat(found.state()).isEqualTo(DatasetState.READY);
        assertThat(found.knownId()).isEqualTo("id-1");
        assertThat(found.trouble()).isEmpty();
        assertThat(ledger.datasets().ready(cats, "id-2", true)).as("the first answer counts").isEqualTo(found);
        assertThat(history("cats")).hasSize(2).first().asString().contains("id-1");
    }

    @Test
    void claimsOfTheDeadEndAtOnceAndOurOwnLive() {
        image("cats/tom.jpg", "tom");
        Batch claimed = claim("cats").batch();
        image("dogs/rex.jpg", "rex");
        Batch sent = send("dogs").batch();
        Training intended = waiting("cats");
        intend(intended);
        Dataset cows = dataset("cows");
        ledger.datasets().intend(cows);
        ledger.endClaimsOfOthers();
        assertThat(expired(ledger)).as("our own").isZero();
        try (Ledger next = open(newLease(), false)) {
            Dataset birds = next.datasets().named("birds", "remote birds");
            next.datasets().intend(birds);
            next.endClaimsOfOthers();
            assertThat(expired(next)).isEqualTo(4);
            assertThat(next.datasets().renew(birds)).isTrue();
        }
        assertThat(now(claimed).state()).isEqualTo(BatchState.RELEASED);
        assertThat(now(sent).state()).isEqualTo(BatchState.IN_DOUBT);
        assertThat(now(intended).state()).isEqualTo(TrainingState.IN_DOUBT);
        assertThat(dataset("cows").state()).isEqualTo(DatasetState.IN_DOUBT);
    }

    @Test
    void countsFailuresInARow() {
        Dataset cats = dataset("cats");
        ledger.datasets().troubled(cats.id(), "first", clock.instant());
        ledger.datasets().troubled(cats.id(), "second", clock.instant().plusSeconds(60));
        assertThat(dataset("cats").failures()).isEqualTo(2);
        assertThat(dataset("cats").trouble()).contains("second");
        assertThat(dataset("cats").retryAt()).contains(clock.instant().plusSeconds(60));
        ledger.datasets().untroubled(cats.id());
        assertThat(dataset("cats")).isEqualTo(cats);
        assertThat(history("cats")).containsExactly("second", "first");
    }

    @Test
    void historySaysWhatHappenedNewestFirst() {
        filled("cats", 3);
        clock.pass(Duration.ofSeconds(1));
        Training training = waiting("cats");
        ledger.orders().approve(training.datasetId(), PRICE);
        intend(training);
        ledger.trainings().started(training, "model-1", Optional.empty(), clock.instant());
        assertThat(history("cats")).hasSize(6);
        assertThat(String.join("\n", history("cats"))).containsSubsequence("started: model model-1", "intended",
            "approved", "3 images uploaded, 0 refused", "goes: 3 images", "is id of cats");
        assertThat(ledger.history().of(training.datasetId(), 2)).hasSize(2)
            .allSatisfy(event -> assertThat(event.at()).isEqualTo(clock.instant()));
        assertThat(history("dogs")).isEmpty();
    }

    @Test
    void theChronicleTellsWhatCameAfterAMarkOldestFirst() {
        Training training = waiting("cats");
        image("cats/first.jpg", "tom");
        upload("cats");
        Chronicle.Mark mark = ledger.chronicle().now();
        Asset second = image("cats/second.jpg", "emma");
        Asset caption = caption("dogs/third.txt", "what it shows");
        Batch batch = claim("cats").batch();

        assertThat(ledger.chronicle().assets(mark)).containsExactly(now(second), caption);
        assertThat(ledger.chronicle().batches(mark)).containsExactly(batch);
        assertThat(ledger.chronicle().trainings(mark)).isEmpty();
        assertThat(ledger.chronicle().trainings(Chronicle.Mark.BEGINNING)).containsExactly(training);
        assertThat(ledger.chronicle().assets(Chronicle.Mark.BEGINNING)).hasSize(3);
    }

    @Test
    void talliesAlwaysAddUp() {
        image("cats/first.jpg", "tom");
        image("cats/second.jpg", "tom");
        caption("cats/first.txt", "captions are no images");
        unusable("cats/bad.jpg", "bad");
        Asset refused = image("cats/refused.jpg", "refused");
        image("cats/copy of refused.jpg", "refused");
        addsUp(5, 2, 0, 2);
        Batch batch = send("cats").batch();
        addsUp(5, 2, 0, 2);
        ledger.batches().uploaded(batch, new Fates(Map.of(refused.id(), "unsafe"), Set.of()), TARGETS).forEach(this::rest);
        addsUp(5, 0, 1, 1);
        arrive("cats/late.jpg", "late");
        addsUp(6, 1, 1, 1);
        image("dogs/rex.jpg", "rex");
        assertThat(ledger.assets().tallies()).hasSize(2)
            .containsEntry(dataset("cats").id(), ledger.assets().tally(dataset("cats").id()));
        assertThat(ledger.assets().tally(99)).isEqualTo(Tally.NONE);
    }

    @Test
    void manyThreadsNeverFindItBusy() throws Exception {
        AtomicInteger dropped = new AtomicInteger();
        int each = 50;
        atOnce(() -> {
            for (int i = 0; i < each; i++) {
                int n = dropped.getAndIncrement();
                Asset image = image("set " + n % 4 + "/" + n + ".jpg", "picture " + n);
                ledger.datasets().troubled(image.datasetId(), "trouble " + n, clock.instant());
                ledger.assets().waiting(image.datasetId());
                if (ledger.batches().claim(dataset("set " + n % 4), 0, 10, 1_000)) {
                    Batch batch = ledger.batches().claimed(dataset("set " + n % 4)).batch();
                    ledger.batches().intend(batch);
                    ledger.batches().renew(batch);
                    ledger.batches().uploaded(batch, Fates.ALL_THERE, TARGETS).forEach(this::rest);
                }
                ledger.datasets().untroubled(image.datasetId());
            }
            return true;
        });
        int received = ledger.assets().tallies().values().stream()
            .mapToInt(tally -> tally.pending() + tally.of(AssetState.UPLOADED)).sum();
        assertThat(received).isEqualTo(THREADS * each);
    }

    @Test
    void reopeningKeepsEverything() {
        filled("cats", 3);
        Training training = running("cats");
        Asset arriving = arrive("dogs/rex.jpg", "rex");
        List<String> told = history("cats");
        Dataset cats = dataset("cats");
        ledger.close();
        ledger = open(newLease(), false);
        assertThat(dataset("cats")).isEqualTo(cats);
        assertThat(now(training)).isEqualTo(training);
        assertThat(ledger.assets().arrivingFrom("dogs/rex.jpg")).contains(arriving);
        assertThat(ledger.assets().tally(cats.id()).of(AssetState.UPLOADED)).isEqualTo(3);
        assertThat(history("cats")).isEqualTo(told);
    }

    @Test
    void aLedgerOfTheSimulatorRefusesTheRealAccountAndTheOtherWayRound() {
        assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> open(newLease(), true))
            .withMessageContaining("begun for the real account").withMessageContaining("dropfolder.data");
        ledger.change(h -> h.execute("UPDATE nature SET simulated = ?", true));
        assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> open(newLease(), false))
            .withMessageContaining("begun in a simulated run").withMessageContaining("dropfolder.data");
        open(newLease(), true).close();
    }

    @Test
    void aLedgerOfANewerVersionIsRefused() {
        ledger.change(h -> h.execute("INSERT INTO flyway_schema_history (installed_rank, version, description, type, "
            + "script, checksum, installed_by, execution_time, success) "
            + "VALUES (99, '99', 'to come', 'SQL', 'V99__to_come.sql', 1, 'somebody', 1, ?)", true));
        assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> open(newLease(), false))
            .withMessageContaining("another version").withMessageContaining("newer one");
    }

    private static int expired(Ledger by) {
        return by.batches().expire() + by.trainings().doubtExpired() + by.datasets().doubtExpiredCreations();
    }

    private void addsUp(int received, int pending, int uploaded, int duplicates) {
        Tally tally = ledger.assets().tally(dataset("cats").id());
        assertThat(tally.pending()).isEqualTo(pending);
        assertThat(tally.of(AssetState.UPLOADED)).isEqualTo(uploaded);
        assertThat(tally.of(AssetState.DUPLICATE)).isEqualTo(duplicates);
        assertThat(tally.of(AssetState.REJECTED)).isEqualTo(received - pending - uploaded - duplicates);
        assertThat(tally.of(AssetState.values())).isEqualTo(received);
    }
}
