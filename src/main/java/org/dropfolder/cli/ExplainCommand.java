package org.dropfolder.cli;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.dropfolder.server.LedgerView;
import org.dropfolder.server.Settings;
import org.dropfolder.status.Explanation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dropfolder explain}: why a dataset is where it is, and what comes next. It only reads the ledger. */
@Command(name = "explain", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Explains why a dataset has not been trained yet, or what it waits for, and what happens next and when.",
        footer = {"", "Examples:", "  dropfolder explain garden", "  dropfolder explain \"my cats\" --simulate"})
final class ExplainCommand implements Callable<Integer> {
    @Mixin
    private final WhichRun run;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DATASET", description = "The name of the dataset's folder in the inbox.")
    private String dataset;

    ExplainCommand(WhichRun run) {
        this.run = run;
    }

    @Override
    public Integer call() {
        Settings settings = run.settings();
        Clock clock = Clock.systemDefaultZone();
        Optional<LedgerView> begun = LedgerView.open(settings, clock);
        try (LedgerView ledger = begun.orElse(null)) {
            Optional<Explanation> explanation = begun.flatMap(view -> view.explanation(dataset));
            if (explanation.isEmpty()) {
                spec.commandLine().getErr().println("dropfolder: " + Unknown.dataset(run, settings, dataset, begun.map(view -> view.alike(dataset)).orElse(List.of())));
                spec.commandLine().getErr().flush();
                return 1;
            }
            new ExplanationPage(new Screen(spec), settings::whereIs, new Moments(clock))
                .print(explanation.get(), begun.get().unattended());
            return 0;
        }
    }
}
