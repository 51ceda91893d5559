package org.dropfolder.demo;

import static java.util.Map.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Chronicle;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.pipeline.Words;
import org.dropfolder.server.LogFile;
import org.dropfolder.server.Secret;
import org.dropfolder.server.Server;
import org.dropfolder.server.Settings;
import org.dropfolder.server.StartChecks;
import org.dropfolder.simulator.Pace;
import org.dropfolder.simulator.Simulator;
import org.dropfolder.status.Status;
import org.dropfolder.status.StatusReport;
import org.dropfolder.status.Story;
import org.dropfolder.status.StoryReader;
import org.dropfolder.status.Upload;

/**
 * Paints pictures, drops them, and shows what the server makes of them until the model is there. The server is the real
 * one, with the routes of the working folder; the API is the simulator. What is shown is read from the ledger.
 * Played once; stopped from any thread.
 */
public final class Demo {
    private static final String DATASET = "landscapes";
    /** The whole training in four seconds and a half: long enough to see each status. */
    private static final Pace PACE = new Pace(Duration.ofMillis(1500), Duration.ofMillis(2400), Duration.ofMillis(600));
    /** Files are taken side by side: the copy is in another group than its first, or either might come first. */
    private static final int GROUP = 7;
    private static final Duration BETWEEN_GROUPS = Duration.ofMillis(700);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final Settings settings;
    private final Path scratch;
    private final Screen screen;
    private final Duration patience;
    private final Clock clock = Clock.systemUTC();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    /**
     * @param settings with {@link #folders} for the same scratch folder
     * @param scratch  an empty folder for all that is painted and written; it stays
     * @param patience without anything new; without a model until then the demo failed
     */
    public Demo(Settings settings, Path scratch, Screen screen, Duration patience) {
        this.settings = settings;
        this.scratch = scratch;
        this.screen = screen;
        this.patience = patience;
    }

    /** Where the demo works, by key. */
    public static Map<String, String> folders(Path scratch) {
        return Map.of("dropfolder.inbox", scratch.resolve("inbox").toString(), "dropfolder.data", scratch.resolve("data").toString());
    }

    /** Short waits, and whatever else lets nobody wait, by key. A batch of twelve makes two of them. */
    public static Map<String, String> pace() {
        return Map.ofEntries(entry("dropfolder.http.host", "127.0.0.1"), entry("dropfolder.http.port", "0"),
            entry("dropfolder.scan", "50ms"), entry("dropfolder.settle", "300ms"), entry("dropfolder.batch.wait", "1s"),
            entry("dropfolder.batch.images", "12"), entry("dropfolder.training.images", "15"),
            entry("dropfolder.training.wait", "1500ms"), entry("dropfolder.training.start", "auto"),
            entry("dropfolder.training.name", "{dataset}"), entry("dropfolder.poll.delay", "300ms"));
    }

    /**
     * Plays the demo to its end and stops everything it started.
     *
     * @return whether it came to its end; false if it was stopped before
     * @throws NoModelException if no model came out
     * @throws RuntimeException if the server can't be started as it is set
     * @throws IOException      if the scratch folder can't be written
     */
    public boolean play() throws IOException {
        try {
            screen.tell(new Line(Line.Tone.TITLE, "", "A folder of pictures becomes a model. The server is the real one, Ideogram's "
                + "side is simulated: nothing leaves this machine, and nothing is paid."));
            List<Sample> samples = Samples.paint(count ->
                screen.now("painting picture %d of %d".formatted(count, Samples.GOOD), 0));
            screen.tell(new Line(Line.Tone.PLAIN, "painted", "%d files for the folder %s, %d of them with a caption"
                .formatted(samples.size(), DATASET, samples.stream().filter(sample -> sample.caption().isPresent()).count())));
            if (!serve(samples)) {
                screen.tell(new Line(Line.Tone.CARE, "stopped", "before the model came. " + where()));
                return false;
            }
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            screen.close();
            ended.countDown();
        }
    }

    /**
     * Ends it before its time.
     *
     * @param atMost to wait until everything that it started has ended
     */
    public void stop(Duration atMost) throws InterruptedException {
        stopped.countDown();
        ended.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    private boolean serve(List<Sample> samples) throws IOException, InterruptedException {
        screen.now("starting the server", 0);
        StartChecks.check(settings);
        try (LogFile log = LogFile.open(log());
                Simulator simulator = Simulator.start(Simulator.Options.defaults().withPace(PACE));
                Server server = Server.start(settings.withIdeogram(simulator.url(), Secret.of("simulated")));
                Ledger ledger = Ledger.toRead(settings.folders().ledgerUrl(), clock, true)) {
            screen.tell(new Line(Line.Tone.PLAIN, "server", "answers at %s/api/status, with the routes in %s"
                .formatted(server.address(), Path.of("routes").toAbsolutePath())));
            Optional<Story> story = follow(samples, ledger, server::uploads);
            story.ifPresent(whole -> summary(whole, samples));
            screen.now("stopping the server", 1);
            return story.isPresent();
        }
    }

    /**
     * Drops the samples a few at a time, the next ones once these are seen, and tells what becomes of them until the
     * training has ended; nothing if stopped.
     */
    private Optional<Story> follow(List<Sample> samples, Ledger ledger, Supplier<List<Upload>> uploads) throws IOException, InterruptedException {
        StoryReader reader = new StoryReader(ledger);
        Narrator narrator = new Narrator();
        Queue<Sample> toDrop = new ArrayDeque<>(samples);
        Instant nextDrop = clock.instant();
        Instant lastNews = nextDrop;
        Story last = reader.since(Chronicle.Mark.BEGINNING);
        while (!stopped.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
            Instant now = clock.instant();
            boolean allSeen = last.images().size() == samples.size() - toDrop.size();
            if (!toDrop.isEmpty() && allSeen && !now.isBefore(nextDrop)) {
                drop(toDrop);
                nextDrop = now.plus(BETWEEN_GROUPS);
            }
            Story story = reader.since(Chronicle.Mark.BEGINNING);
            narrator.news(story, now).forEach(screen::tell);
            Progress progress = Progress.of(story, samples.size(), uploads.get());
            screen.now(progress.doing(), progress.share());
            if (story.trainings().stream().anyMatch(Story.OfTraining::told)) {
                return Optional.of(story);
            }
            lastNews = story.equals(last) ? lastNews : now;
            last = story;
            if (now.isAfter(lastNews.plus(patience))) {
                throw tooLate(ledger);
            }
        }
        return Optional.empty();
    }

    private void drop(Queue<Sample> toDrop) throws IOException {
        Path folder = Files.createDirectories(settings.folders().inboxFolder().resolve(DATASET));
        List<Sample> group = toDrop.stream().limit(GROUP).toList();
        for (Sample sample : group) {
            if (sample.caption().isPresent()) {
                Files.writeString(folder.resolve(sample.captionName()), sample.caption().get());
            }
            Files.write(folder.resolve(sample.name()), sample.content());
            toDrop.remove();
        }
        screen.tell(new Line(Line.Tone.PLAIN, "dropped", group.stream().map(Sample::name).collect(Collectors.joining(", "))));
    }

    private void summary(Story story, List<Sample> samples) {
        Story.OfTraining training = story.trainings().get(0);
        int uploaded = story.count(AssetState.UPLOADED);
        int duplicates = story.count(AssetState.DUPLICATE);
        int setAside = story.count(AssetState.REJECTED);
        if (training.uri().isEmpty()) {
            throw new NoModelException("The training ended without a model: it is " + training.state() + ". " + where());
        }
        if (samples.size() != uploaded + duplicates + setAside) {
            throw new NoModelException("%d files were dropped, but %d are uploaded, %d duplicates and %d set aside. %s"
                .formatted(samples.size(), uploaded, duplicates, setAside, where()));
        }
        screen.tell(new Line(Line.Tone.TITLE, "", ""));
        screen.tell(new Line(Line.Tone.GOOD, "received", "%d = %d uploaded + %d duplicate + %d set aside"
            .formatted(samples.size(), uploaded, duplicates, setAside)));
        screen.tell(new Line(Line.Tone.GOOD, "trained", "%s, with %s, %d of them with a caption".formatted(
            story.trainings().size() == 1 ? "once" : story.trainings().size() + " times", Words.images(training.images()),
            story.images().stream().filter(image -> image.captioned() && image.state() == AssetState.UPLOADED).count())));
        screen.tell(new Line(Line.Tone.RESULT, "model", training.uri().get()));
        screen.tell(new Line(Line.Tone.PLAIN, "its file", settings.folders().data().resolve("models/" + DATASET + ".json").toString()));
        screen.tell(new Line(Line.Tone.PLAIN, "all of it", scratch + " stays: look around, then delete it"));
        screen.tell(new Line(Line.Tone.PLAIN, "next", "'run --simulate' does the same with pictures of your own"));
    }

    private NoModelException tooLate(Ledger ledger) {
        Status status = new StatusReport(ledger, settings.training().images(), true).now();
        Optional<String> why = status.datasets().stream().findFirst().flatMap(dataset -> Optional.ofNullable(dataset.waitsFor())
            .or(() -> Optional.ofNullable(dataset.training()).map(Status.OfTraining::waitsFor)));
        return new NoModelException("No model came out, and nothing new happened for %s%s %s".formatted(Words.duration(patience),
            why.map(waits -> ". What it waits for: " + waits).orElse("."), where()));
    }

    private String where() {
        return "What there is lies in %s, the server's log in %s".formatted(scratch, log());
    }

    private Path log() {
        return scratch.resolve("dropfolder.log");
    }
}
