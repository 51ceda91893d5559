package org.dropfolder.cli;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dropfolder.status.Card;
import org.dropfolder.status.Explanation;
import org.dropfolder.status.PreflightReport;
import org.dropfolder.status.Status;
import picocli.CommandLine.Help.Ansi.Style;

/** An explanation for people: the answer first, then what it rests on. */
final class ExplanationPage {
    private static final int LABEL = 11;
    /** Pictures that are named of each group. */
    private static final int NAMED = 8;

    private final Screen screen;
    private final UnaryOperator<String> whereIs;
    private final Moments moments;

    /** @param whereIs where people find what has a target */
    ExplanationPage(Screen screen, UnaryOperator<String> whereIs, Moments moments) {
        this.screen = screen;
        this.whereIs = whereIs;
        this.moments = moments;
    }

    /** @param unattended whether no server is there to go on */
    void print(Explanation explanation, boolean unattended) {
        Status.OfDataset status = explanation.status();
        screen.say(status.name(), Style.bold);
        screen.blank();
        part("Why", List.of(explanation.prospect().why()));
        part("Next", Stream.concat(Stream.of(explanation.prospect().next()), explanation.prospect().at().map(moments::due).stream()).toList());
        if (unattended) {
            part("", List.of("No server is running: nothing goes on until one is started."), Style.fg_red);
        }
        screen.blank();
        part("Images", List.of(images(status)));
        part("Ideogram", List.of(ideogram(status)));
        part("Training", status.training() == null ? List.of("none yet") : training(status.training()));
        part("Folder", Stream.ofNullable(status.folder()).filter(folder -> !folder.words().isEmpty())
            .map(folder -> "dropfolder.yaml sets: " + String.join("; ", folder.words())).toList());
        part("Trouble", Stream.ofNullable(status.waitsFor()).filter(what -> !explanation.prospect().why().contains(what)).toList());
        explanation.preflight().ifPresent(this::preflight);
        Stream<String> more = explanation.moreSetAside() == 0 ? Stream.of()
            : Stream.of(String.format(Locale.ENGLISH, "and %,d more, each beside its reason", explanation.moreSetAside()));
        part("Set aside", Stream.concat(explanation.setAside().stream().map(this::setAside), more).toList());
        part("History", explanation.events().stream().map(event -> moments.at(event.at()) + "  " + event.what()).toList());
    }

    private void preflight(PreflightReport preflight) {
        part("Pictures", List.of(preflight.summary()));
        for (PreflightReport.OfFinding finding : preflight.findings()) {
            part("", List.of((finding.serious() ? "! " : "- ") + finding.what() + " " + finding.advice()));
            part("", finding.groups().stream().map(ExplanationPage::names).toList());
        }
    }

    private static String names(List<Card.Image> images) {
        String more = images.size() <= NAMED ? "" : ", and " + (images.size() - NAMED) + " more";
        return "    " + images.stream().limit(NAMED).map(Card.Image::name).collect(Collectors.joining(", ")) + more;
    }

    /** Nothing where there are no lines. */
    private void part(String label, List<String> lines, Style... styles) {
        for (int i = 0; i < lines.size(); i++) {
            screen.row(new int[] {LABEL, screen.width() - LABEL}, screen.text(i == 0 ? label : "", Style.bold),
                screen.text(lines.get(i), styles));
        }
    }

    private static String images(Status.OfDataset status) {
        return Stream.of(status.uploaded() + " in the dataset (a training takes " + status.needed() + ")", status.pending() + " waiting",
                status.duplicates() + (status.duplicates() == 1 ? " copy" : " copies"), status.rejected() + " set aside")
            .filter(part -> !part.startsWith("0 ") || part.contains("dataset")).collect(Collectors.joining(", "));
    }

    private static String ideogram(Status.OfDataset status) {
        return "dataset '" + status.datasetName() + "'" + (status.datasetId() == null ? ", not there yet" : ", " + status.datasetId());
    }

    private List<String> training(Status.OfTraining training) {
        String model = "model '" + training.modelName() + "'" + (training.modelId() == null ? "" : ", " + training.modelId());
        String paid = training.price() == null ? "" : ", for about " + training.price() + " US dollars";
        return Stream.of(training.state() + paid, model + ", of " + training.images() + " images"
            + (training.hyperparameters() == null ? "" : ", with " + training.hyperparameters()), training.customModelUri(),
            when("started ", training.started()), when("ended ", training.ended())).filter(line -> line != null && !line.isEmpty()).toList();
    }

    private String when(String what, String at) {
        return at == null ? "" : what + moments.at(Instant.parse(at));
    }

    private String setAside(Explanation.SetAside file) {
        return whereIs.apply(file.lies()) + ": " + file.reason();
    }
}
