package org.dropfolder.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dropfolder.image.Sizes;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.TrainingState;
import org.dropfolder.pipeline.Words;
import org.dropfolder.status.Story;

/** Tells what is new in a story since it was told last. For one thread. */
final class Narrator {
    private static final Set<AssetState> ACCEPTED = Set.of(AssetState.ACCEPTED, AssetState.BATCHED, AssetState.UPLOADED);
    /** How long accepted images are gathered for a line. */
    private static final Duration GATHERING = Duration.ofMillis(500);

    private final Set<Long> accepted = new HashSet<>();
    private final List<String> untold = new ArrayList<>();
    private Instant untoldSince = Instant.EPOCH;
    private final Set<Long> settled = new HashSet<>();
    private final Map<Long, Story.OfBatch> batches = new HashMap<>();
    private final Set<String> told = new HashSet<>();

    /** The lines that are to be told now, in the order of the way. */
    List<Line> news(Story story, Instant now) {
        List<Line> lines = new ArrayList<>();
        story.batches().stream().filter(batch -> !batch.equals(batches.put(batch.id(), batch))).forEach(batch -> batch(batch, lines));
        story.images().stream().filter(image -> isSettled(image) && settled.add(image.id())).forEach(image -> settled(image, lines));
        story.trainings().forEach(training -> training(training, now, lines));
        accepted(story, now, lines);
        return lines;
    }

    /** Images are accepted one by one; a line tells of several, before whatever else is to be told. */
    private void accepted(Story story, Instant now, List<Line> lines) {
        if (untold.isEmpty()) {
            untoldSince = now;
        }
        story.images().stream().filter(image -> ACCEPTED.contains(image.state()) && accepted.add(image.id()))
            .forEach(image -> untold.add(image.name()));
        if (!untold.isEmpty() && (!lines.isEmpty() || now.isAfter(untoldSince.plus(GATHERING)))) {
            lines.add(0, new Line(Line.Tone.GOOD, "accepted", String.join(", ", untold)));
            untold.clear();
        }
    }

    /** Whether it is told alone: what was uploaded is told with its batch. */
    private static boolean isSettled(Story.OfImage image) {
        return image.state() == AssetState.REJECTED || image.state() == AssetState.DUPLICATE;
    }

    private static void settled(Story.OfImage image, List<Line> lines) {
        lines.add(image.state() == AssetState.REJECTED
            ? new Line(Line.Tone.CARE, "set aside", image.reason().orElse(image.name()))
            : new Line(Line.Tone.GOOD, "duplicate", image.name() + image.copyOf().map(first -> " is the same picture as " + first)
                .orElse(" is there already") + ": it is sent once"));
    }

    private void batch(Story.OfBatch batch, List<Line> lines) {
        String name = "batch " + batch.id();
        if (told.add(name)) {
            lines.add(new Line(Line.Tone.PLAIN, name, Words.images(batch.images()) + ", " + Sizes.human(batch.bytes())
                + ", in one zip"));
        }
        switch (batch.state()) {
            case CLAIMED, SENT -> { }
            case UPLOADED -> lines.add(new Line(Line.Tone.GOOD, "uploaded", name + " in " + batch.taken().map(taken ->
                "%d ms (%s)".formatted(taken.toMillis(), Words.rate(batch.bytes(), taken))).orElse("one go")));
            case RELEASED, IN_DOUBT -> lines.add(new Line(Line.Tone.CARE, name, batch.trouble().orElse(batch.state().name())));
        }
    }

    private void training(Story.OfTraining training, Instant now, List<Line> lines) {
        if (training.state() == TrainingState.WAITING || training.state() == TrainingState.IN_DOUBT) {
            training.trouble().filter(told::add).ifPresent(what -> lines.add(new Line(Line.Tone.PLAIN, "training", what)));
            return;
        }
        if (told.add("training " + training.id())) {
            lines.add(new Line(Line.Tone.GOOD, "training", "starts with %s%s".formatted(Words.images(training.images()),
                training.price().map(price -> ", for about " + price.toPlainString() + " US dollars (simulated: nothing is paid)")
                    .orElse(""))));
        }
        training.status().filter(status -> told.add(training.id() + status)).ifPresent(status ->
            lines.add(new Line(Line.Tone.PLAIN, "status", status + training.started().map(started -> Duration.between(started, now))
                .filter(after -> after.toSeconds() > 0).map(after -> " after " + Words.duration(after)).orElse(""))));
        training.uri().filter(told::add).ifPresent(uri -> lines.add(new Line(Line.Tone.RESULT, "model", uri)));
    }
}
