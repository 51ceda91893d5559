package org.dropfolder.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;

/** The shipped file, and what tests change about it. */
final class SettingsSample {
    static final Path SHIPPED = Path.of("config", "application.properties");

    private SettingsSample() { }

    /** Keys and values in turn, as -D would give them. */
    static Settings with(String... keysAndValues) {
        Map<String, String> commandLine = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            commandLine.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return Settings.load(SHIPPED, commandLine, Map.of());
    }

    static Settings simulated(Map<String, String> commandLine) {
        return Settings.simulated(SHIPPED, commandLine, Map.of());
    }

    /** The shipped file in {@code folder}, with {@code key}'s line exchanged for {@code lines}. */
    static Path changed(Path folder, String key, String lines) throws IOException {
        String shipped = Files.readString(SHIPPED);
        String changed = shipped.replaceFirst("(?m)^" + key.replace(".", "\\.") + "=.*$",
                Matcher.quoteReplacement(lines));
        if (changed.equals(shipped)) {
            throw new IllegalArgumentException("the shipped file has no other line for " + key);
        }
        return Files.writeString(folder.resolve("application.properties"), changed);
    }
}
