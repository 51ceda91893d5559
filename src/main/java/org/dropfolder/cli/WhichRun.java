package org.dropfolder.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.dropfolder.server.Settings;
import picocli.CommandLine.Option;

/** The options of a command that is about the real server, or about the simulated run. */
final class WhichRun extends SettingsOptions {
    @Option(names = "--simulate", description = "Means the simulated run, in data-simulated/.")
    private boolean simulate;

    WhichRun(Path file, Map<String, String> environment) {
        super(file, environment);
    }

    /** Whether a simulated run has begun a ledger, though the real server is meant: perhaps the option was forgotten. */
    boolean simulatedIsThere() {
        return !simulate && Files.exists(simulated().folders().ledgerFile());
    }

    /** The settings of the run that is meant. Throws what {@link Settings#load} throws. */
    Settings settings() {
        return simulate ? simulated() : load();
    }
}
