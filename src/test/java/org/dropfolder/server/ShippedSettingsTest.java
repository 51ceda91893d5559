package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dropfolder.folder.Start;
import org.dropfolder.ideogram.RenderingSpeed;
import org.dropfolder.server.Settings.Batch;
import org.dropfolder.server.Settings.Folders;
import org.dropfolder.server.Settings.Http;
import org.dropfolder.server.Settings.Intake;
import org.dropfolder.server.Settings.Poll;
import org.dropfolder.server.Settings.Training;
import org.junit.jupiter.api.Test;

/** Holds the file that is shipped against what the class knows. */
class ShippedSettingsTest {
    private static final long MB = 1024 * 1024;

    @Test
    void namesEveryKeyOnceInTheClassesOrderAndNoOther() throws IOException {
        List<String> known = Keys.ALL.stream().<String>map(Key::name).toList();

        assertThat(keys(Files.readAllLines(SettingsSample.SHIPPED))).filteredOn(key -> !key.startsWith("camel."))
                .containsExactlyElementsOf(known);
    }

    @Test
    void explainsEveryKeyInACommentOfItsOwn() throws IOException {
        List<String> lines = Files.readAllLines(SettingsSample.SHIPPED);

        List<String> unexplained = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (isKey(lines.get(i)) && (i == 0 || !lines.get(i - 1).matches("# [^-].*"))) {
                unexplained.add(lines.get(i));
            }
        }
        assertThat(unexplained).isEmpty();
    }

    /** A bound that is written in the comment and is not the one that is checked would send people astray. */
    @Test
    void namesTheBoundsThatAreChecked() throws IOException {
        String shipped = Files.readString(SettingsSample.SHIPPED);

        for (Key<?> key : Keys.ALL) {
            if (key.kind().mayBe().matches(".*from \\w+ to \\w+.*") && !key.name().endsWith("price")) {
                String bounds = key.kind().mayBe().replaceFirst(".*from (\\w+ to \\w+).*", "$1");
                assertThat(comment(shipped, key)).as(key.name()).contains("(" + bounds);
            }
        }
    }

    @Test
    void loadsWithTheDocumentedDefaults() {
        Settings settings = Settings.load(SettingsSample.SHIPPED, Map.of(), Map.of());

        assertThat(settings.ideogram().url()).isEqualTo(URI.create("https://api.ideogram.ai"));
        assertThat(settings.ideogram().inFlight()).isEqualTo(8);
        assertThat(settings.ideogram().timeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.ideogram().uploadField()).isEqualTo("files");
        assertThat(settings.folders())
                .isEqualTo(new Folders("inbox", Path.of("data"), "jdbc:sqlite:data/ledger.db"));
        assertThat(settings.bucket()).isEmpty();
        assertThat(settings.intake())
                .isEqualTo(new Intake(Duration.ofMillis(250), Duration.ofSeconds(1), Duration.ofMinutes(2), 25 * MB, true,
                        Duration.ofMinutes(10), true, true));
        assertThat(settings.datasets()).isEqualTo(new Settings.Datasets(Optional.empty(), Settings.Overflow.ASIDE, true));
        assertThat(settings.batch()).isEqualTo(new Batch(Duration.ofSeconds(5), 100, 100 * MB));
        assertThat(settings.training()).isEqualTo(new Training(15, Duration.ofSeconds(60), Start.AUTO, 5,
                new BigDecimal(40), Optional.empty(), "{dataset}"));
        assertThat(Extras.of(settings)).isEqualTo(new Extras(false, 100, Optional.empty(), RenderingSpeed.TURBO));
        assertThat(settings.doubt()).isEqualTo(new Settings.Doubt(Duration.ofMinutes(2), Optional.of(Duration.ofMinutes(10))));
        assertThat(settings.poll()).isEqualTo(new Poll(Duration.ofSeconds(30), Duration.ofHours(24)));
        assertThat(settings.http()).isEqualTo(new Http("127.0.0.1", 8080, Secret.NONE, List.of()));
        assertThat(settings.log()).isEqualTo(Settings.Log.STORY);
        assertThat(settings.simulated()).isFalse();
        assertThat(settings.warnings()).isEmpty();
    }

    private static List<String> keys(List<String> lines) {
        return lines.stream().filter(ShippedSettingsTest::isKey).map(line -> line.substring(0, line.indexOf('='))).toList();
    }

    private static boolean isKey(String line) {
        return !line.isBlank() && !line.startsWith("#");
    }

    private static String comment(String shipped, Key<?> key) {
        String before = shipped.substring(0, shipped.indexOf("\n" + key.name() + "="));
        return before.substring(before.lastIndexOf("\n\n"));
    }
}
