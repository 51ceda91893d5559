package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds what the README says of the settings against the file that is shipped. */
class ReadmeTest {
    private static final Pattern ROW = Pattern.compile("^\\| `((?:dropfolder|ideogram)\\.[a-z0-9.-]+)` \\|(?: `([^`]+)`)? \\|.*");

    @Test
    void namesEverySettingWithItsDefaultInTheOrderOfTheFile() throws IOException {
        Map<String, String> told = new LinkedHashMap<>();
        for (String line : Files.readAllLines(Path.of("README.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                told.put(row.group(1), Objects.requireNonNullElse(row.group(2), ""));
            }
        }
        Map<String, String> shipped = new LinkedHashMap<>(SettingsFile.read(SettingsSample.SHIPPED));
        shipped.keySet().removeIf(key -> key.startsWith("camel."));

        assertThat(told).containsExactlyEntriesOf(shipped);
    }
}
