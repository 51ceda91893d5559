package org.dropfolder.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.dropfolder.TestClock;
import org.dropfolder.ledger.Arrival;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetKind;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Batch;
import org.dropfolder.ledger.BatchState;
import org.dropfolder.ledger.Chronicle;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Fates;
import org.dropfolder.ledger.Lease;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.Targets;
import org.dropfolder.ledger.Training;
import org.dropfolder.ledger.TrainingState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoryReaderTest {
    private static final Targets TARGETS = (state, id, name) -> state + "/" + id + "-" + name;

    @TempDir
    private Path folder;
    private final TestClock clock = TestClock.of2000();
    private Ledger ledger;
    private StoryReader reader;
    private Dataset garden;

    @BeforeEach
    void open() {
        String url = "jdbc:sqlite:" + folder.resolve("ledger.db");
        ledger = Ledger.open(url, Lease.ofThisProcess(Duration.ofMinutes(1), clock), true);
        reader = new StoryReader(ledger);
        garden = ledger.datasets().named("garden", "garden");
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void nothingHappenedIsAStoryToo() {
        assertThat(now()).isEqualTo(new Story(List.of(), List.of(), List.of()));
    }

    @Test
    void tellsOfEachImageWhatBecameOfItAndWhy() {
        image("rose.jpg", "a rose");
        image("rose again.jpg", "a rose");
        arrive("list.jpg", AssetKind.IMAGE, "a list", Optional.of("list.jpg is not an image."));
        arrive("rose.txt", AssetKind.CAPTION, "what it shows", Optional.empty());

        assertThat(now().images()).extracting(Story.OfImage::dataset, Story.OfImage::name, Story.OfImage::state).containsExactly(
            tuple("rose.jpg", AssetState.ACCEPTED), tuple("rose again.jpg", AssetState.DUPLICATE),
            tuple("list.jpg", AssetState.REJECTED));
        assertThat(now().images().get(1).copyOf()).contains("rose.jpg");
        assertThat(now().images().get(2).reason()).contains("list.jpg is not an image.");
        assertThat(now().count(AssetState.DUPLICATE, AssetState.REJECTED)).isEqualTo(2);
    }

    @Test
    void tellsOfABatchHowMuchWentAndHowLongItTook() {
        image("rose.jpg", "a rose");
        arrive("rose.txt", AssetKind.CAPTION, "what it shows", Optional.empty());
        image("lily.jpg", "a lily");
        Batch batch = claimed();
        assertThat(now().batches().get(0).state()).isEqualTo(BatchState.CLAIMED);
        ledger.batches().intend(batch);
        clock.pass(Duration.ofMillis(1200));
        assertThat(now().batches().get(0).taken()).isEmpty();

        ledger.batches().uploaded(batch, Fates.ALL_THERE, TARGETS);

        assertThat(now().batches()).containsExactly(new Story.OfBatch(batch.id(), "garden", BatchState.UPLOADED, 2, 12,
            Optional.of(Duration.ofMillis(1200)), Optional.empty()));
        assertThat(now().images()).extracting(Story.OfImage::captioned).containsExactly(true, false);
    }

    @Test
    void tellsOfATrainingWhatItCostsAndHowItEnded() {
        Training training = ledger.trainings().waiting(garden, 1, "garden", 15, new BigDecimal("40"));
        ledger.trainings().waitsFor(training, "Waiting for approval.");
        assertThat(now().trainings().get(0).trouble()).contains("Waiting for approval.");
        ledger.trainings().intend(training, 15, new BigDecimal("40"), List.of(), 5);
        ledger.trainings().started(training, "model-1", Optional.of("CREATING"), clock.instant());
        assertThat(now().trainings().get(0).status()).contains("CREATING");

        Training ended = ledger.looks().showed(ledger.trainings().get(training.id()), TrainingState.COMPLETED, "COMPLETED",
            Optional.of("model/garden/version/1"), Optional.empty());
        assertThat(now().trainings().get(0).told()).isFalse();
        ledger.trainings().announced(ended);

        assertThat(now().trainings()).containsExactly(new Story.OfTraining(training.id(), "garden", TrainingState.COMPLETED, 15,
            Optional.of("COMPLETED"), Optional.of(new BigDecimal("40")), Optional.of("model/garden/version/1"),
            Optional.of(clock.instant()), true, Optional.empty()));
    }

    @Test
    void beginsAtItsMark() {
        image("old.jpg", "an old picture");
        claimed();
        ledger.trainings().waiting(garden, 1, "garden", 15, new BigDecimal("40"));
        Chronicle.Mark mark = ledger.chronicle().now();
        assertThat(reader.since(mark)).isEqualTo(new Story(List.of(), List.of(), List.of()));

        image("new.jpg", "a new picture");
        image("old again.jpg", "an old picture");

        assertThat(reader.since(mark).images()).extracting(Story.OfImage::name).containsExactly("new.jpg", "old again.jpg");
        assertThat(reader.since(mark).images().get(1).copyOf()).as("of one that is no part of this story").isEmpty();
        assertThat(now().images()).hasSize(3);
    }

    private Story now() {
        return reader.since(Chronicle.Mark.BEGINNING);
    }

    private static Tuple tuple(String name, AssetState state) {
        return Tuple.tuple("garden", name, state);
    }

    private Batch claimed() {
        assertThat(ledger.batches().claim(garden, 0, 100, 1_000)).isTrue();
        return ledger.batches().claimed(garden).batch();
    }

    private void image(String name, String content) {
        arrive(name, AssetKind.IMAGE, content, Optional.empty());
    }

    private void arrive(String name, AssetKind kind, String content, Optional<String> reason) {
        Optional<String> caption = kind == AssetKind.CAPTION ? Optional.of(content) : Optional.empty();
        Asset asset = ledger.assets().arrive(new Arrival(garden, kind, "garden/" + name, name.replaceFirst("[.].*", ""),
            content.length(), clock.instant(), "", "sha of " + content, 7, List.of(name, content + name), caption, reason), 100, "full", TARGETS);
        ledger.assets().rested(asset, TARGETS);
    }
}
