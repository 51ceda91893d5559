package org.dropfolder.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.dropfolder.server.Settings;
import picocli.CommandLine.Option;

/** The option -D, for every command that reads the settings. */
class SettingsOptions {
    private final Path file;
    private final Map<String, String> environment;

    @Option(names = "-D", paramLabel = "KEY=VALUE",
            description = "A setting, before the environment's and the file's; may be repeated.")
    private Map<String, String> given = new LinkedHashMap<>();

    SettingsOptions(Path file, Map<String, String> environment) {
        this.file = file;
        this.environment = environment;
    }

    /** The real server's. Throws what {@link Settings#load} throws. */
    Settings load() {
        return Settings.load(file, commandLine(), environment);
    }

    /** A simulated run's. Throws what {@link Settings#simulated} throws. */
    Settings simulated() {
        return Settings.simulated(file, commandLine(), environment);
    }

    /** The same, where {@code own} settings come before the environment's, and behind those that were given. */
    Settings simulated(Map<String, String> own) {
        Map<String, String> all = new LinkedHashMap<>(own);
        all.putAll(commandLine());
        return Settings.simulated(file, all, environment);
    }

    /** What the JVM was given with -D counts too ({@code mvn -Dkey=value}); what the command was given comes before it. */
    private Map<String, String> commandLine() {
        Properties jvm = System.getProperties();
        Map<String, String> all = new LinkedHashMap<>();
        for (String name : jvm.stringPropertyNames()) {
            if (name.startsWith("dropfolder.") || name.startsWith("ideogram.")) {
                all.put(name, jvm.getProperty(name));
            }
        }
        all.putAll(given);
        return all;
    }
}
