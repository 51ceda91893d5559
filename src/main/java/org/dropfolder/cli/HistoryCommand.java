package org.dropfolder.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.dropfolder.ledger.Event;
import org.dropfolder.server.LedgerView;
import org.dropfolder.server.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dropfolder history}: what happened to a dataset. It only reads the ledger. */
@Command(name = "history", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Tells what happened to a dataset, the oldest first: what was sent, what came back, what was trained and paid.",
        footer = {"", "Examples:", "  dropfolder history garden", "  dropfolder history garden --last 1000 --json"})
final class HistoryCommand implements Callable<Integer> {
    private static final int TIME = 14;

    @Mixin
    private final WhichRun run;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DATASET", description = "The name of the dataset's folder in the inbox.")
    private String dataset;

    @Option(names = "--last", paramLabel = "COUNT", defaultValue = "100", description = "So many of the newest events; ${DEFAULT-VALUE} by itself.")
    private int last;

    @Option(names = "--json", description = "For programs: an object a line, with at, what, and detail: what was sent or came back, line by line.")
    private boolean json;

    HistoryCommand(WhichRun run) {
        this.run = run;
    }

    @Override
    public Integer call() throws JsonProcessingException {
        Settings settings = run.settings();
        Clock clock = Clock.systemDefaultZone();
        Optional<LedgerView> begun = LedgerView.open(settings, clock);
        try (LedgerView ledger = begun.orElse(null)) {
            Optional<List<Event>> events = begun.flatMap(view -> view.history(dataset, Math.max(1, last)));
            if (events.isEmpty()) {
                spec.commandLine().getErr().println("dropfolder: "
                    + Unknown.dataset(run, settings, dataset, begun.map(view -> view.alike(dataset)).orElse(List.of())));
                spec.commandLine().getErr().flush();
                return 1;
            }
            for (Event event : events.get()) {
                tell(event, new Moments(clock));
            }
            return 0;
        }
    }

    private void tell(Event event, Moments moments) throws JsonProcessingException {
        if (json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("at", event.at().toString());
            line.put("what", event.what());
            line.put("detail", event.detail().map(detail -> detail.lines().toList()).orElse(List.of()));
            spec.commandLine().getOut().println(new ObjectMapper().writeValueAsString(line));
            spec.commandLine().getOut().flush();
            return;
        }
        Screen screen = new Screen(spec);
        screen.row(new int[] {TIME, screen.width() - TIME}, screen.text(moments.at(event.at())), screen.text(event.what()));
    }
}
