package org.dropfolder.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.BatchState;
import org.dropfolder.ledger.TrainingState;
import org.dropfolder.status.Story;
import org.junit.jupiter.api.Test;

class NarratorTest {
    private static final Instant NOW = Instant.parse("2000-01-23T04:56:07Z");

    private final Narrator narrator = new Narrator();

    @Test
    void tellsOfSeveralAcceptedImagesInOneLine() {
        Story two = images(image(1, "rose.jpg", AssetState.ACCEPTED, ""), image(2, "lily.jpg", AssetState.ARRIVING, ""));
        Story three = images(image(1, "rose.jpg", AssetState.ACCEPTED, ""), image(2, "lily.jpg", AssetState.ACCEPTED, ""));
        assertThat(told(two, NOW)).isEmpty();
        assertThat(told(three, NOW.plusMillis(300))).isEmpty();
        assertThat(told(three, NOW.plusSeconds(1))).containsExactly("accepted: rose.jpg, lily.jpg");
        assertThat(told(three, NOW.plusSeconds(9))).isEmpty();
    }

    @Test
    void tellsOfASetAsideImageInTheWordsOfItsReasonAndOfACopy() {
        Story story = images(image(1, "rose.jpg", AssetState.ACCEPTED, ""), image(2, "list.jpg", AssetState.REJECTED, "list.jpg is none."),
            new Story.OfImage(3, "garden", "again.jpg", AssetState.DUPLICATE, 9, false, Optional.of("rose.jpg"), Optional.empty()));
        assertThat(told(story, NOW)).containsExactly("accepted: rose.jpg", "set aside: list.jpg is none.",
            "duplicate: again.jpg is the same picture as rose.jpg: it is sent once");
        assertThat(told(story, NOW.plusSeconds(9))).isEmpty();
    }

    @Test
    void tellsOfABatchWhenItIsClaimedAndWhenItIsThere() {
        assertThat(told(batch(BatchState.CLAIMED, Optional.empty(), Optional.empty()), NOW))
            .containsExactly("batch 7: 12 images, 2 MB, in one zip");
        assertThat(told(batch(BatchState.SENT, Optional.empty(), Optional.empty()), NOW)).isEmpty();
        assertThat(told(batch(BatchState.UPLOADED, Optional.of(Duration.ofMillis(500)), Optional.empty()), NOW))
            .containsExactly("uploaded: batch 7 in 500 ms (4 MB/s)");
    }

    @Test
    void tellsOfABatchThatIsInDoubtWhy() {
        assertThat(told(batch(BatchState.IN_DOUBT, Optional.empty(), Optional.of("The connection broke.")), NOW))
            .contains("batch 7: The connection broke.");
    }

    @Test
    void tellsOfATrainingItsPriceEachStatusOnceAndTheModel() {
        told(training(TrainingState.WAITING, "", "", ""), NOW);
        assertThat(told(training(TrainingState.WAITING, "", "", "Waiting for quiet."), NOW)).containsExactly("training: Waiting for quiet.");
        assertThat(told(training(TrainingState.RUNNING, "CREATING", "", ""), NOW)).containsExactly(
            "training: starts with 18 images, for about 40 US dollars (simulated: nothing is paid)", "status: CREATING");
        assertThat(told(training(TrainingState.RUNNING, "TRAINING", "", ""), NOW.plusSeconds(2))).containsExactly("status: TRAINING after 2 s");
        assertThat(told(training(TrainingState.RUNNING, "TRAINING", "", ""), NOW.plusSeconds(3))).isEmpty();
        assertThat(told(training(TrainingState.COMPLETED, "COMPLETED", "model/garden/version/1", ""), NOW.plusSeconds(4)))
            .containsExactly("status: COMPLETED after 4 s", "model: model/garden/version/1");
    }

    @Test
    void theWayNeverGoesBackAndEndsAtTheModel() {
        List<Story> stories = List.of(images(), images(image(1, "rose.jpg", AssetState.ARRIVING, "")),
            images(image(1, "rose.jpg", AssetState.ACCEPTED, "")), images(image(1, "rose.jpg", AssetState.UPLOADED, "")),
            training(TrainingState.WAITING, "", "", ""), training(TrainingState.INTENDED, "", "", ""),
            training(TrainingState.RUNNING, "CREATING", "", ""), training(TrainingState.RUNNING, "TRAINING", "", ""),
            training(TrainingState.COMPLETED, "COMPLETED", "", ""),
            training(TrainingState.COMPLETED, "COMPLETED", "model/garden/version/1", ""));
        assertThat(stories.stream().map(story -> Progress.of(story, 1, List.of()).share())).isSorted().first().isEqualTo(0.0);
        assertThat(Progress.of(stories.get(stories.size() - 1), 1, List.of()).share()).isEqualTo(1);
    }

    private List<String> told(Story story, Instant now) {
        return narrator.news(story, now).stream().map(line -> line.label() + ": " + line.text()).toList();
    }

    private static Story images(Story.OfImage... images) {
        return new Story(List.of(images), List.of(), List.of());
    }

    private static Story.OfImage image(long id, String name, AssetState state, String reason) {
        return new Story.OfImage(id, "garden", name, state, 9, false, Optional.empty(), Optional.of(reason).filter(text -> !text.isEmpty()));
    }

    private static Story batch(BatchState state, Optional<Duration> taken, Optional<String> trouble) {
        return new Story(List.of(), List.of(new Story.OfBatch(7, "garden", state, 12, 2 << 20, taken, trouble)), List.of());
    }

    private static Story training(TrainingState state, String status, String uri, String trouble) {
        return new Story(List.of(image(1, "again.jpg", AssetState.DUPLICATE, "")), List.of(), List.of(new Story.OfTraining(3, "garden", state,
            18, text(status), Optional.of(new BigDecimal("40")), text(uri), Optional.of(NOW), false, text(trouble))));
    }

    private static Optional<String> text(String text) {
        return Optional.of(text).filter(given -> !given.isEmpty());
    }
}
