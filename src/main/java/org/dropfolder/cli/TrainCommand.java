package org.dropfolder.cli;

import java.util.concurrent.Callable;
import org.dropfolder.server.Messenger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dropfolder train}: a dataset is trained now, for its price. */
@Command(name = "train", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Starts a dataset's training now, or approves the one that waits for it. It costs money: about as much "
            + "as dropfolder.training.price says. A running server begins at once; without one, the next start does.")
final class TrainCommand implements Callable<Integer> {
    @Mixin
    private final WhichRun run;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DATASET", description = "The name of the dataset's folder in the inbox.")
    private String dataset;

    @Option(names = "--again", description = "Also if it has its model already: trains another one, and pays once more.")
    private boolean again;

    TrainCommand(WhichRun run) {
        this.run = run;
    }

    @Override
    public Integer call() {
        return Replies.tell(spec, new Messenger(run.settings()).train(dataset, again));
    }
}
