package org.dropfolder.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dropfolder completion}: what a shell needs to complete commands and options. */
@Command(name = "completion", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Prints a script that lets the shell complete what is typed behind 'dropfolder', be it a program, an alias or a "
            + "function.",
        footer = {"", "For this shell:", "  alias dropfolder='java -jar target/dropfolder.jar'",
            "  source <(java -jar target/dropfolder.jar completion)"})
final class CompletionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /** One script serves both. */
    private enum Shell { bash, zsh }

    @Parameters(arity = "0..1", paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}: the script is the same for both.")
    private Shell shell;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(AutoComplete.bash("dropfolder", spec.root().commandLine()));
        spec.commandLine().getOut().flush();
        return 0;
    }
}
