package org.dropfolder.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.Lease;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.Training;
import org.dropfolder.server.Settings;
import org.dropfolder.server.SettingsException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dropfolder train}: allows a training that waits to spend its price. */
@Command(name = "train", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Approves a training that waits for it. A running server starts it within half a minute.")
final class TrainCommand implements Callable<Integer> {
    @Mixin
    private final SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DATASET", description = "The name of the dataset's folder in the inbox.")
    private String dataset;

    @Option(names = "--simulate", description = "In the simulated run's data folder.")
    private boolean simulate;

    TrainCommand(SettingsOptions options) {
        this.options = options;
    }

    /** Only the ledger is touched: the one who sends anything is the server. */
    @Override
    public Integer call() {
        Settings settings = simulate ? options.simulated() : options.load();
        checkLedger(settings.folders().ledgerFile());
        Lease lease = Lease.ofThisProcess(Duration.ofMinutes(1), Clock.systemUTC());
        try (Ledger ledger = Ledger.open(settings.folders().ledgerUrl(), lease, settings.simulated())) {
            Optional<Dataset> found = ledger.datasets().named(dataset);
            boolean approved = found.isPresent() && ledger.trainings().approve(found.get().id());
            PrintWriter out = approved ? spec.commandLine().getOut() : spec.commandLine().getErr();
            out.println(approved ? "Approved: " + dataset + " is trained for about " + settings.training().price() + " US dollars."
                    : "dropfolder: " + found.map(known -> whyNot(ledger, known, settings.training().images()))
                            .orElse("nothing was ever dropped for " + dataset + ": look whether the folder's name is right"));
            out.flush();
            return approved ? 0 : 1;
        }
    }

    /** Opening one that is not there would begin it, in whatever folder this is. */
    private static void checkLedger(Path file) {
        if (!Files.exists(file)) {
            throw new SettingsException("there is no ledger " + file + " yet: start the server first; for a simulated run's "
                    + "training add --simulate");
        }
    }

    private static String whyNot(Ledger ledger, Dataset dataset, int needed) {
        Optional<Training> training = ledger.trainings().newestOf(dataset.id());
        if (training.isEmpty()) {
            return "no training of %s waits for approval: %d images are in the dataset, and a training takes %d"
                    .formatted(dataset.name(), ledger.assets().tally(dataset.id()).of(AssetState.UPLOADED), needed);
        }
        return training.get().approvedAt().isPresent() ? "the training of " + dataset.name() + " is approved already"
                : "no training of " + dataset.name() + " waits for approval: it is " + training.get().state();
    }
}
