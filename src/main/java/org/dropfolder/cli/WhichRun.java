package org.dropfolder.cli;

import java.nio.file.Path;
import java.util.Map;
import org.dropfolder.server.Settings;
import picocli.CommandLine.Option;

/** The options of a command that is about the real server, or about the simulated run. */
final class WhichRun extends SettingsOptions {
    @Option(names = "--simulate", description = "Of the simulated run.")
    private boolean simulate;

    WhichRun(Path file, Map<String, String> environment) {
        super(file, environment);
    }

    /** The settings of the run that is meant. Throws what {@link Settings#load} throws. */
    Settings settings() {
        return simulate ? simulated() : load();
    }
}
