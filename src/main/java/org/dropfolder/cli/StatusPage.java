package org.dropfolder.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.dropfolder.pipeline.Words;
import org.dropfolder.server.LedgerView;
import org.dropfolder.status.Prospect;
import org.dropfolder.status.Status;
import org.dropfolder.status.Upload;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Help.Ansi.Text;

/** The status for people: a row for each dataset, and below it what it waits for. */
final class StatusPage {
    private static final List<String> HEADINGS = List.of("DATASET", "UPLOADED", "WAITING", "COPIES", "SET ASIDE", "TRAINING");
    /** Of the other columns. */
    private static final int[] FIGURES = {10, 9, 8, 11, 9};
    private static final int GAP = 2;
    private static final int INDENT = 2;
    /** The longest name beside the figures, which would be too far off otherwise. */
    private static final int LONGEST = 40;
    /** Hangul is the first script whose letters are two columns wide. */
    private static final int FIRST_WIDE = 0x1100;

    private final Screen screen;
    private final LedgerView ledger;
    private final Moments moments;

    StatusPage(Screen screen, LedgerView ledger, Moments moments) {
        this.screen = screen;
        this.ledger = ledger;
        this.moments = moments;
    }

    void print(Status status) {
        int[] widths = widths(status);
        screen.row(widths, HEADINGS.stream().map(heading -> screen.text(heading, Style.bold)).toArray(Text[]::new));
        for (Status.OfDataset dataset : status.datasets()) {
            print(dataset, widths);
        }
        int lost = status.rejectedWithoutFolder();
        if (lost > 0) {
            screen.say((lost == 1 ? "1 image lay in no dataset's folder, and was" : lost + " images lay in no dataset's folder, and were")
                + " set aside: " + ledger.rejectedFolder("").map(folder -> folder + "/").orElse(""), Style.fg_yellow);
        }
    }

    /** A dataset in one line, for whoever reads a log. */
    void line(String name, Instant now) {
        ledger.dataset(name).filter(there -> !name.isEmpty()).ifPresent(dataset -> screen.say(moments.at(now) + "  " + name + ": "
            + dataset.uploaded() + " of " + dataset.needed() + " uploaded, " + dataset.pending() + " waiting, " + dataset.rejected()
            + " set aside. " + ledger.prospect(name).map(this::told).orElse("")));
    }

    /** How far an upload is, in one line, for whoever reads a log. */
    void line(Upload upload, Instant now) {
        screen.say(moments.at(now) + "  " + upload.dataset() + ": " + sent(upload) + ".");
    }

    private static String sent(Upload upload) {
        return Words.progress(upload.bytes(), upload.of(), upload.rate(), Optional.ofNullable(upload.secondsLeft()).map(Duration::ofSeconds));
    }

    private void print(Status.OfDataset dataset, int[] widths) {
        boolean beside = fits(dataset.name(), widths[0] - GAP);
        if (!beside) {
            screen.say(dataset.name(), Style.bold);
        }
        String uploaded = dataset.uploaded() + (dataset.uploaded() < dataset.needed() ? " of " + dataset.needed() : "");
        String training = dataset.training() == null ? "-" : dataset.training().state();
        screen.row(widths, screen.text(beside ? dataset.name() : "", Style.bold), screen.text(uploaded), number(dataset.pending()),
            number(dataset.duplicates()), number(dataset.rejected()), screen.text(training, colour(training)));
        String story = ledger.prospect(dataset.name()).map(this::told).orElse("");
        screen.say(INDENT, story);
        if (dataset.waitsFor() != null && !story.contains(dataset.waitsFor())) {
            screen.say(INDENT, dataset.waitsFor(), Style.fg_yellow);
        }
        if (dataset.upload() != null) {
            screen.say(INDENT, sent(dataset.upload()), Style.fg_cyan);
        }
        ledger.rejectedFolder(dataset.name()).ifPresent(folder -> screen.say(INDENT,
            "Set aside, each beside its reason: " + folder + "/", Style.fg_yellow));
    }

    /** What has ended needs no word of what comes next. */
    private String told(Prospect prospect) {
        String next = prospect.at().map(at -> prospect.next().replaceFirst("[.]$", "") + ": " + moments.due(at) + ".").orElse(prospect.next());
        return prospect.ended() ? prospect.why() : prospect.why() + " " + next;
    }

    /** Names that are longer than most, or that the terminal shows wider than they count, get a line of their own. */
    private static boolean fits(String name, int width) {
        return name.length() <= width && name.chars().allMatch(c -> c < FIRST_WIDE);
    }

    private int[] widths(Status status) {
        int rest = Math.min(LONGEST, screen.width() - IntStream.of(FIGURES).sum() - GAP);
        int longest = status.datasets().stream().map(Status.OfDataset::name).filter(name -> fits(name, rest))
            .mapToInt(String::length).max().orElse(0);
        int names = Math.max(longest, HEADINGS.get(0).length()) + GAP;
        return IntStream.concat(IntStream.of(names), IntStream.of(FIGURES)).toArray();
    }

    private Text number(int number) {
        return screen.text(number == 0 ? "-" : Integer.toString(number));
    }

    private static Style colour(String training) {
        return switch (training) {
            case "COMPLETED" -> Style.fg_green;
            case "IN_DOUBT", "FAILED", "STALLED", "GONE" -> Style.fg_red;
            case "-", "ARCHIVED" -> Style.faint;
            default -> Style.fg_yellow;
        };
    }
}
