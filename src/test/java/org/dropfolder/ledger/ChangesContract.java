package org.dropfolder.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What the ledger promises to whoever shows datasets and wants to be told which of them changed. */
abstract class ChangesContract extends FindsContract {
    private static final int MANY = 1_000;

    @Test
    void tellsEachDatasetThatChangedOnceInTheOrderOfTheLastChanges() {
        assertThat(ledger.changes().now()).isEqualTo(Changes.BEGINNING);
        dataset("cats");
        dataset("dogs");
        assertThat(changed(Changes.BEGINNING)).containsExactly("cats", "dogs");

        long before = ledger.changes().now();
        assertThat(changed(before)).isEmpty();
        image("dogs/rex.jpg", "rex");
        image("cats/tom.jpg", "tom");
        image("dogs/max.jpg", "max");
        assertThat(changed(before)).containsExactly("cats", "dogs");
        assertThat(changed(Changes.BEGINNING)).containsExactly("cats", "dogs");
    }

    @Test
    void isReadAPageAtATimeAndMissesNoneThatChangesMeanwhile() {
        List.of("ants", "bees", "cats", "dogs", "emus").forEach(this::dataset);
        List<Changes.Change> page = ledger.changes().since(Changes.BEGINNING, 2);
        assertThat(page).extracting(Changes.Change::dataset).containsExactly("ants", "bees");

        image("ants/one.jpg", "one");
        page = ledger.changes().since(page.get(1).revision(), 3);
        assertThat(page).extracting(Changes.Change::dataset).containsExactly("cats", "dogs", "emus");
        page = ledger.changes().since(page.get(2).revision(), 3);
        assertThat(page).extracting(Changes.Change::dataset).containsExactly("ants");
        assertThat(page.get(0).revision()).isEqualTo(ledger.changes().now());
    }

    @Test
    void tellsOfFilesThatCameWentOnOrWereTakenAway() {
        Dataset cats = ready("cats");
        Asset arriving = told("arrives", () -> arrive("cats/tom.jpg", "tom"));
        Asset tom = told("rests", () -> rest(arriving));
        told("another arrives", () -> arrive("cats/tim.jpg", "tim"));
        ledger.assets().withdrawn(ledger.assets().arrivingFrom("cats/tim.jpg").orElseThrow());
        long before = ledger.changes().now();
        told("is withdrawn", () -> {
            ledger.assets().withdrawn(arrive("cats/ted.jpg", "ted"));
            return cats;
        });
        assertThat(ledger.changes().now()).isGreaterThan(before);
        told("is set aside", () -> ledger.assets().setAside(tom, "it is gone", TARGETS));
    }

    @Test
    void tellsOfWhatPeopleSetInFolders() {
        Dataset cats = dataset("cats");
        FolderFile file = FolderFile.of("cats/dropfolder.yaml", cats.id(), "{\"hold\":true}");
        told("is read", () -> ledger.folderFiles().read(file, "hold"));
        long before = ledger.changes().now();
        assertThat(ledger.folderFiles().read(file, "hold")).as("the same again").isFalse();
        assertThat(ledger.changes().now()).isEqualTo(before);
        told("is faulty", () -> ledger.folderFiles().read(FolderFile.faulty(file.source(), cats.id(), "no YAML"), "no YAML"));
        assertThat(ledger.folderFiles().of(cats.id())).containsExactly(FolderFile.faulty(file.source(), cats.id(), "no YAML"));
        told("is gone", () -> ledger.folderFiles().gone(file.source()));
        assertThat(ledger.folderFiles().all()).isEmpty();
        assertThat(ledger.folderFiles().gone(file.source())).isEmpty();
        assertThat(ledger.history().of(cats.id(), 9)).hasSize(3);
    }

    @Test
    void tellsOfBatchesTrainingsDoubtsAndPauses() {
        image("cats/tom.jpg", "tom");
        Dataset cats = ready("cats");
        Batch batch = told("is claimed", () -> claim("cats")).batch();
        told("is sent", () -> ledger.batches().intend(batch));
        told("is in doubt", () -> ledger.batches().inDoubt(batch, "no answer"));
        told("is released", () -> ledger.orders().sendAgain(cats.id()));
        told("pauses", () -> {
            ledger.datasets().troubled(cats.id(), "402", clock.instant().plusSeconds(60));
            return cats;
        });
        Training training = told("waits", () -> waiting("cats"));
        told("is intended", () -> intend(training));
        Training running = told("runs", () -> ledger.trainings().started(training, "model-1", Optional.of("QUEUED"), clock.instant()));
        told("is trained", () -> ledger.looks().showed(running, TrainingState.RUNNING, "TRAINING", Optional.empty(),
            Optional.of(clock.instant().plusSeconds(30))));
        told("ends", () -> ledger.looks().showed(running, TrainingState.COMPLETED, "COMPLETED", Optional.of("model/1"), Optional.empty()));
    }

    @Test
    void tellsNothingOfClaimsThatAreRenewedAndLooksThatFoundNothingNew() {
        image("cats/tom.jpg", "tom");
        Batch batch = send("cats").batch();
        Dataset cows = dataset("cows");
        ledger.datasets().intend(cows);
        Training training = running("dogs");
        Training looked = ledger.looks().showed(training, TrainingState.RUNNING, "TRAINING", Optional.empty(), Optional.of(clock.instant()));
        long before = ledger.changes().now();

        clock.pass(Duration.ofSeconds(1));
        assertThat(ledger.batches().renew(batch)).isTrue();
        assertThat(ledger.datasets().renew(cows)).isTrue();
        assertThat(ledger.looks().claim(looked, clock.instant().plusSeconds(30))).isTrue();
        ledger.looks().showed(looked, TrainingState.RUNNING, "TRAINING", Optional.empty(), Optional.of(clock.instant().plusSeconds(30)));

        assertThat(changed(before)).isEmpty();
        assertThat(ledger.changes().now()).isEqualTo(before);
    }

    private <T> T told(String what, Supplier<T> change) {
        long before = ledger.changes().now();
        T result = change.get();
        assertThat(changed(before)).as(what).containsExactly("cats");
        return result;
    }

    private List<String> changed(long since) {
        return ledger.changes().since(since, MANY).stream().map(Changes.Change::dataset).toList();
    }
}
