package org.dropfolder.cli;

import java.util.concurrent.Callable;
import org.dropfolder.server.Messenger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dropfolder retry}: another try for what went wrong. */
@Command(name = "retry", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Looks again at what was set aside in rejected/, and takes up what is in doubt. A training in doubt may "
            + "have been paid: look at the account first.")
final class RetryCommand implements Callable<Integer> {
    @Mixin
    private final WhichRun run;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DATASET", description = "The name of the dataset's folder in the inbox.")
    private String dataset;

    RetryCommand(WhichRun run) {
        this.run = run;
    }

    @Override
    public Integer call() {
        return Replies.tell(spec, new Messenger(run.settings()).retry(dataset));
    }
}
