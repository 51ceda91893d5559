package org.dropfolder.server;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.dropfolder.ledger.Changes;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Event;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.LedgerFile;
import org.dropfolder.status.Explainer;
import org.dropfolder.status.Explanation;
import org.dropfolder.status.FileReport;
import org.dropfolder.status.Prospect;
import org.dropfolder.status.Rules;
import org.dropfolder.status.Status;
import org.dropfolder.status.StatusReport;
import org.dropfolder.status.Whereabouts;

/** What the ledger tells, for commands beside the server, or without one; it changes nothing. For one thread. */
public final class LedgerView implements AutoCloseable {
    private static final int ALIKE = 3;

    private final Settings settings;
    private final Ledger ledger;
    private final StatusReport report;
    private final Explainer explainer;

    private LedgerView(Ledger ledger, Settings settings, Clock clock) {
        this.settings = settings;
        this.ledger = ledger;
        this.report = new StatusReport(ledger, settings.training().images(), settings.simulated());
        this.explainer = new Explainer(ledger, report, rules(settings), clock);
    }

    /**
     * Opens the ledger; empty where none was begun yet.
     *
     * @throws org.dropfolder.ledger.LedgerException if it can't be read
     */
    public static Optional<LedgerView> open(Settings settings, Clock clock) {
        String url = settings.folders().ledgerUrl();
        return !new LedgerFile(url).exists() ? Optional.empty()
                : Optional.of(new LedgerView(Ledger.toRead(url, clock, settings.simulated()), settings, clock));
    }

    /** The document that {@code /api/status} is. */
    public Status status() {
        return report.now();
    }

    /** The part of it that is the dataset of this folder. */
    public Optional<Status.OfDataset> dataset(String name) {
        return report.of(name);
    }

    /** How the dataset of this folder stands; empty if nothing was ever dropped there. */
    public Optional<Prospect> prospect(String dataset) {
        return explainer.prospect(dataset);
    }

    /** The same at length. */
    public Optional<Explanation> explanation(String dataset) {
        return explainer.of(dataset);
    }

    /**
     * The files that may be meant: at this path, absolute or from the working folder, at this place below the inbox, or else of
     * this name, wherever they were dropped. The newest first; none where nothing is known of such.
     */
    public List<Whereabouts> find(String typed) {
        return new FileFinder(settings, new FileReport(ledger, explainer, settings::whereIs)).find(typed, Path.of("").toAbsolutePath().toString());
    }

    /** The newest events of the dataset of this folder, the oldest of them first; empty if nothing was ever dropped there. */
    public Optional<List<Event>> history(String dataset, int atMost) {
        return ledger.datasets().named(dataset).map(known -> {
            List<Event> events = new ArrayList<>(ledger.history().of(known.id(), atMost));
            Collections.reverse(events);
            return events;
        });
    }

    /** The revision of the last change of anything. */
    public long revision() {
        return ledger.changes().now();
    }

    /** The names of datasets that changed after that revision, in the order in which they did. */
    public List<String> changedSince(long revision) {
        return ledger.changes().since(revision, Integer.MAX_VALUE).stream().map(Changes.Change::dataset).toList();
    }

    /** Up to three names of datasets that may have been meant, the likeliest first. */
    public List<String> alike(String typed) {
        return ledger.datasets().all().stream().map(Dataset::name).filter(name -> !name.isEmpty())
                .sorted(Comparator.comparingInt(name -> Nearest.distance(typed, name))).limit(ALIKE).toList();
    }

    /** Where that lies which was set aside last of this dataset, each beside its reason: a folder's path, or what its keys begin with. */
    public Optional<String> rejectedFolder(String dataset) {
        return ledger.datasets().named(dataset).flatMap(d -> ledger.assets().rejected(d.id(), 1).stream().findFirst())
                .map(asset -> settings.whereIs(asset.target().substring(0, asset.target().lastIndexOf('/'))));
    }

    /** Whether surely no server works on it, so that nothing goes on until one is started. */
    public boolean unattended() {
        return DataLock.isFree(settings.folders());
    }

    @Override
    public void close() {
        ledger.close();
    }

    /** What the settings say of when something happens. */
    static Rules rules(Settings settings) {
        Settings.Training training = settings.training();
        return new Rules(settings.simulated(), training.images(), settings.batch().quiet(), training.quiet(),
                settings.intake().captionWait(), new Rules.Spending(training.start(), training.daily(),
                training.price(), training.retrain()));
    }
}
