package org.dropfolder.cli;

import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import org.dropfolder.server.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dropfolder run}: the server, until it is stopped. */
@Command(name = "run", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Runs the server until SIGTERM or SIGINT. This is what happens without a command, too.")
final class RunCommand implements Callable<Integer> {
    private final ToIntFunction<Settings> server;

    @Mixin
    private final SettingsOptions options;

    @Option(names = "--simulate", description = "Against the built-in simulator: nothing leaves this machine, and no key is "
            + "needed. Drop images into inbox-simulated/<dataset>/.")
    private boolean simulate;

    RunCommand(ToIntFunction<Settings> server, SettingsOptions options) {
        this.server = server;
        this.options = options;
    }

    @Override
    public Integer call() {
        return server.applyAsInt(simulate ? options.simulated() : options.load());
    }
}
