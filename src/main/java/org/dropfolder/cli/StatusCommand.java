package org.dropfolder.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.dropfolder.server.LedgerView;
import org.dropfolder.server.Settings;
import org.dropfolder.status.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dropfolder status}: what is where and what it waits for. It only reads the ledger. */
@Command(name = "status", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Shows what is where and what it waits for, also while no server runs.",
        footer = {"", "Examples:", "  dropfolder status", "  dropfolder status --json | jq '.datasets[].training.custom_model_uri'"})
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private final WhichRun run;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "For programs: the document that GET /api/status is.")
    private boolean json;

    StatusCommand(WhichRun run) {
        this.run = run;
    }

    @Override
    public Integer call() throws JsonProcessingException {
        Settings settings = run.settings();
        Clock clock = Clock.systemDefaultZone();
        Optional<LedgerView> begun = LedgerView.open(settings, clock);
        try (LedgerView ledger = begun.orElse(null)) {
            Status status = begun.map(LedgerView::status).orElseGet(() -> new Status(settings.simulated(), List.of(), List.of(), 0));
            if (json) {
                spec.commandLine().getOut().println(new ObjectMapper().writeValueAsString(status));
                spec.commandLine().getOut().flush();
            } else {
                show(settings, status, begun, clock);
            }
        }
        return 0;
    }

    private void show(Settings settings, Status status, Optional<LedgerView> ledger, Clock clock) {
        Screen screen = new Screen(spec);
        if (settings.simulated()) {
            screen.say("SIMULATED: nothing left this machine, nothing was paid, and no model is real.", Style.fg_yellow);
        }
        boolean nothing = status.datasets().isEmpty() && status.rejectedWithoutFolder() == 0;
        if (nothing) {
            screen.say("Nothing was dropped yet: drop images into " + settings.folders().inbox() + "/<dataset>/."
                + (run.simulatedIsThere() ? " For the simulated run add --simulate." : ""));
        } else {
            new StatusPage(screen, ledger.orElseThrow(), new Moments(clock)).print(status);
        }
        if (ledger.map(LedgerView::unattended).orElse(true)) {
            screen.say("No server is running: nothing goes on until one is started.", Style.fg_red);
        }
    }
}
