package org.dropfolder.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.dropfolder.server.LedgerView;
import org.dropfolder.server.ServerView;
import org.dropfolder.server.Settings;
import org.dropfolder.status.Status;
import org.dropfolder.status.Upload;
import org.dropfolder.status.Whereabouts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dropfolder status}: what is where and what it waits for. It only reads the ledger, and asks the server that runs how far uploads are. */
@Command(name = "status", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Shows what is where and what it waits for, also while no server runs.",
        footer = {"", "Examples:", "  dropfolder status", "  dropfolder status --watch", "  dropfolder status garden/photo.jpg", "  dropfolder status --json | jq '.datasets[].training.custom_model_uri'"})
final class StatusCommand implements Callable<Integer> {
    /** To the first line, and nothing below it. */
    private static final String CLEAR = "\u001b[H\u001b[2J";
    /** A log is not to be filled with how far an upload is. */
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    @Mixin
    private final WhichRun run;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "For programs: the document that GET /api/status is.")
    private boolean json;

    @Option(names = "--watch", description = "Goes on showing what changes, until Ctrl-C; in lines where this is no terminal.")
    private boolean watch;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "Where this file is, and what it waits for: by its path, its place below "
        + "the inbox, or its name alone.")
    private String file;

    StatusCommand(WhichRun run) {
        this.run = run;
    }

    @Override
    public Integer call() throws JsonProcessingException {
        if (watch && (json || file != null)) {
            throw new ParameterException(spec.commandLine(), "--watch shows all that changes, and goes with neither FILE nor --json");
        }
        Settings settings = run.settings();
        Clock clock = Clock.systemDefaultZone();
        if (watch) {
            new Watch(settings, clock, Terminal.here(System.getenv()).moves() ? moving(settings, clock) : lines(settings, clock)).run();
            return 0;
        }
        Optional<List<Whereabouts>> told = file == null ? Optional.empty() : new ServerView(settings).find(file);
        if (told.isPresent()) {
            return one(settings, told.get(), clock, true);
        }
        Optional<LedgerView> begun = LedgerView.open(settings, clock);
        try (LedgerView ledger = begun.orElse(null)) {
            return file == null ? all(settings, begun, clock)
                : one(settings, begun.map(there -> there.find(file)).orElse(List.of()), clock, begun.filter(there -> !there.unattended()).isPresent());
        }
    }

    private int all(Settings settings, Optional<LedgerView> begun, Clock clock) throws JsonProcessingException {
        Status status = status(settings, begun).with(new ServerView(settings).uploads());
        if (json) {
            print(status);
        } else {
            show(settings, status, begun, clock);
        }
        return 0;
    }

    private int one(Settings settings, List<Whereabouts> found, Clock clock, boolean attended) throws JsonProcessingException {
        if (found.isEmpty()) {
            spec.commandLine().getErr().println("dropfolder: " + Unknown.file(run, settings, file));
            spec.commandLine().getErr().flush();
            return 1;
        }
        if (json) {
            print(found);
            return 0;
        }
        Screen screen = new Screen(spec);
        new WhereaboutsPage(screen, new Moments(clock)).print(found);
        if (!attended) {
            screen.say("No server is running: nothing goes on until one is started.", Style.fg_red);
        }
        return 0;
    }

    private static Status status(Settings settings, Optional<LedgerView> begun) {
        return begun.map(LedgerView::status).orElseGet(() -> new Status(settings.simulated(), List.of(), List.of(), 0));
    }

    private void print(Object document) throws JsonProcessingException {
        spec.commandLine().getOut().println(new ObjectMapper().writeValueAsString(document));
        spec.commandLine().getOut().flush();
    }

    /** The whole page, drawn anew. */
    private Watch.View moving(Settings settings, Clock clock) {
        return new Watch.View() {
            @Override
            public void all(Optional<LedgerView> ledger, List<Upload> uploads) {
                spec.commandLine().getOut().print(CLEAR);
                show(settings, status(settings, ledger).with(uploads), ledger, clock);
            }

            @Override
            public void changed(LedgerView ledger, List<String> datasets, List<Upload> uploads) {
                all(Optional.of(ledger), uploads);
            }

            @Override
            public void sent(LedgerView ledger, List<Upload> uploads) {
                all(Optional.of(ledger), uploads);
            }
        };
    }

    /** The page once, then a line for each dataset that changed, and now and then one for each upload. */
    private Watch.View lines(Settings settings, Clock clock) {
        return new Watch.View() {
            private Instant next = Instant.EPOCH;

            @Override
            public void all(Optional<LedgerView> ledger, List<Upload> uploads) {
                show(settings, status(settings, ledger).with(uploads), ledger, clock);
            }

            @Override
            public void changed(LedgerView ledger, List<String> datasets, List<Upload> uploads) {
                datasets.forEach(dataset -> page(ledger, clock).line(dataset, clock.instant()));
            }

            @Override
            public void sent(LedgerView ledger, List<Upload> uploads) {
                Instant now = clock.instant();
                if (!now.isBefore(next)) {
                    next = now.plus(BETWEEN_LINES);
                    uploads.forEach(upload -> page(ledger, clock).line(upload, now));
                }
            }
        };
    }

    private StatusPage page(LedgerView ledger, Clock clock) {
        return new StatusPage(new Screen(spec), ledger, new Moments(clock));
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
            page(ledger.orElseThrow(), clock).print(status);
        }
        if (ledger.map(LedgerView::unattended).orElse(true)) {
            screen.say("No server is running: nothing goes on until one is started.", Style.fg_red);
        }
    }
}
