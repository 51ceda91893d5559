package org.dropfolder.status;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.dropfolder.folder.FolderTerms;
import org.dropfolder.folder.Hyperparameters;
import org.dropfolder.folder.Terms;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.Listings;
import org.dropfolder.ledger.Tally;
import org.dropfolder.ledger.Training;

/**
 * The word for people who dropped something: how far their images have come, what was set aside and why, where the model is.
 * Plain, short, and the same until something changes: so it holds no time but one that stays. Thread safe.
 */
public final class FolderReport {
    /** Of each kind of files as many are named. */
    static final int NAMED = 20;
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("d MMM HH:mm:ss z", Locale.ENGLISH);

    private static final Pattern COMMAND = Pattern.compile(" (?=dropfolder [a-z])");

    private final Ledger ledger;
    private final Explainer explainer;
    private final Rules rules;
    private final Spelling spelling;
    private final FolderTerms folders;

    /**
     * How it is written.
     *
     * @param zone      in which moments are told, and which is told with them
     * @param printable makes a text that can't disturb the line it stands in
     */
    public record Spelling(ZoneId zone, UnaryOperator<String> printable) { }

    public FolderReport(Ledger ledger, Explainer explainer, Rules rules, Spelling spelling) {
        this.ledger = ledger;
        this.explainer = explainer;
        this.rules = rules;
        this.spelling = spelling;
        this.folders = new FolderTerms(ledger);
    }

    /**
     * The word for a folder of the inbox, with {@code \n} at the end of each line.
     *
     * @param folder     the name of its dataset; empty for what lay directly in the inbox and is no dataset's
     * @param leftBehind what lies in the folder and can't be taken: a sentence each
     */
    public String of(String folder, List<String> leftBehind) {
        Paragraphs text = new Paragraphs(spelling.printable());
        text.line(folder.isEmpty() ? "what lay in no folder" : folder);
        Optional<Dataset> dataset = ledger.datasets().named(folder);
        if (folder.isEmpty()) {
            text.paragraph("Nothing that lies directly here is used. Put images into a folder that is named for the model.");
        } else if (dataset.isEmpty()) {
            text.paragraph("Nothing was taken from this folder yet. " + needed(rules, 0));
        } else {
            prospects(text, dataset.get());
        }
        dataset.ifPresent(found -> files(text, found));
        text.list("Still here, since it can't be taken:", leftBehind.subList(0, Math.min(NAMED, leftBehind.size())), leftBehind.size());
        text.paragraph("Dropfolder writes this file anew when something changes. To delete it does no harm.");
        return text.toString();
    }

    private void prospects(Paragraphs text, Dataset dataset) {
        Tally images = ledger.assets().tally(dataset.id());
        int there = images.of(AssetState.UPLOADED) + dataset.foundImages().orElse(0);
        Terms said = folders.of(dataset);
        text.paragraph(needed(rules.within(said.settings()), there) + (images.pending() == 0 ? "" : " " + Counts.images(images.pending(), "is", "are") + " on the way there."));
        Prospect prospect = explainer.prospect(dataset.name()).orElseThrow();
        text.paragraph(prospect.why());
        String when = prospect.at().filter(at -> !prospect.comesAgain()).map(at -> " (" + moment(at) + ")").orElse("");
        // a command is typed or copied: it has a line of its own
        COMMAND.splitAsStream(prospect.next() + when).forEach(text::line);
        dataset.trouble().filter(trouble -> !prospect.why().contains(trouble)).ifPresent(text::line);
        said.barrier().filter(barrier -> !prospect.why().contains(barrier)).ifPresent(text::paragraph);
        if (!said.settings().words().isEmpty()) {
            text.paragraph("dropfolder.yaml sets: " + String.join("; ", said.settings().words()) + ".");
        }
        Optional<Training> newest = ledger.trainings().newestOf(dataset.id());
        newest.filter(FolderReport::mayBePaid).ifPresent(training -> text.paragraph(training(training)));
        ledger.listings().model(dataset.id()).filter(model -> !prospect.why().contains(model.uri().orElseThrow()))
            .ifPresent(model -> text.line("The model so far: " + model.uri().orElseThrow()));
    }

    private static String needed(Rules its, int there) {
        return there < its.needed() ? there + " of the " + its.needed() + " images that a training takes are at Ideogram."
            : there + " images are at Ideogram; a training takes " + its.needed() + ".";
    }

    private static boolean mayBePaid(Training training) {
        return training.intendedAt().isPresent() || training.startedAt().isPresent();
    }

    private String training(Training training) {
        String price = training.price().map(dollars -> "for about " + dollars + " US dollars"
            + (rules.simulated() ? " (simulated: nothing is paid)" : "")).orElse("not paid from here");
        String with = training.hyperparameters().map(json -> " with " + Hyperparameters.of(json).words()).orElse("");
        return "Training: " + Counts.images(training.images()) + with + ", " + price
            + training.startedAt().map(at -> ", started " + moment(at)).orElse("")
            + training.endedAt().map(at -> ", ended " + moment(at)).orElse("");
    }

    private void files(Paragraphs text, Dataset dataset) {
        Listings.Listing<Asset> aside = ledger.listings().setAside(dataset.id(), NAMED);
        text.list(aside.count() == 1 ? "1 file was set aside, and is kept outside this folder:"
            : Paragraphs.number(aside.count()) + " files were set aside, and are kept outside this folder; the newest first:",
            aside.newest().stream().map(asset -> reason(dataset, asset)).toList(), aside.count());
        Listings.Listing<Asset> partly = ledger.listings().partlyUsed(dataset.id(), NAMED);
        text.list("Not all that these archives hold could be used:",
            partly.newest().stream().map(asset -> reason(dataset, asset)).toList(), partly.count());
        Listings.Listing<Listings.Copy> copies = ledger.listings().copies(dataset.id(), NAMED);
        text.list(copies.count() == 1 ? "1 file was there already; it is kept, and not sent again:"
            : Paragraphs.number(copies.count()) + " files were there already; they are kept, and not sent again:",
            copies.newest().stream().map(copy -> below(dataset, copy.source()) + " is the same picture as "
                + below(dataset, copy.first())).toList(), copies.count());
    }

    /** The words of the note beside the file; with its name before them where they name another, or another folder. */
    private String reason(Dataset dataset, Asset asset) {
        String name = below(dataset, asset.source());
        String reason = asset.reason().orElse("");
        return reason.contains(name) ? reason : name + ": " + reason;
    }

    private String below(Dataset dataset, String source) {
        int slash = source.indexOf('/');
        return spelling.printable().apply(dataset.name().isEmpty() || slash < 0 ? source : source.substring(slash + 1));
    }

    private String moment(Instant at) {
        return MOMENT.format(at.atZone(spelling.zone()));
    }
}
