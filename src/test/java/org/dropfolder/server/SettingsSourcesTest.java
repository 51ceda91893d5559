package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where values come from, what they may refer to, and which names there are. */
class SettingsSourcesTest {
    private static final Path SHIPPED = SettingsSample.SHIPPED;

    @TempDir
    Path folder;

    @Test
    void takesTheCommandLineBeforeTheEnvironmentBeforeTheFile() {
        Map<String, String> commandLine = Map.of("dropfolder.batch.images", "1");
        Map<String, String> environment = Map.of("DROPFOLDER_BATCH_IMAGES", "2");

        assertThat(Settings.load(SHIPPED, commandLine, environment).batch().images()).isEqualTo(1);
        assertThat(Settings.load(SHIPPED, Map.of(), environment).batch().images()).isEqualTo(2);
        assertThat(Settings.load(SHIPPED, Map.of(), Map.of()).batch().images()).isEqualTo(100);
    }

    @Test
    void writesHyphensAsUnderscoresInTheEnvironment() {
        Settings settings = Settings.load(SHIPPED, Map.of(), Map.of("IDEOGRAM_IN_FLIGHT", "3", "IDEOGRAM_UPLOAD_FIELD", "f"));

        assertThat(settings.ideogram().inFlight()).isEqualTo(3);
        assertThat(settings.ideogram().uploadField()).isEqualTo("f");
        assertThat(settings.warnings()).isEmpty();
    }

    @Test
    void namesTheVariableWhoseValueIsWrong() {
        assertThatThrownBy(() -> Settings.load(SHIPPED, Map.of(), Map.of("DROPFOLDER_BATCH_WAIT", "soon")))
                .isInstanceOf(SettingsException.class).hasMessage("dropfolder.batch.wait from DROPFOLDER_BATCH_WAIT is 'soon', "
                        + "but must be a duration from 10ms to 24h, such as 300ms, 5s, 2m or 24h");
    }

    @Test
    void readsTheApiKeyFromTheEnvironmentWithoutAWarning() {
        Settings settings = Settings.load(SHIPPED, Map.of(), Map.of("IDEOGRAM_API_KEY", "k1\n"));

        assertThat(settings.requireKey().reveal()).isEqualTo("k1");
        assertThat(settings.warnings()).isEmpty();
    }

    @Test
    void fillsInTheEnvironmentOrTheDefaultBehindIt() {
        Map<String, String> commandLine = Map.of("dropfolder.inbox", "{{env:SHARE}}/in", "dropfolder.data", "{{env:REST:/srv/a:b}}",
                "dropfolder.training.name", "{{env:NAMING:{dataset}}}");

        Settings settings = Settings.load(SHIPPED, commandLine, Map.of("SHARE", "/mnt/$1"));

        assertThat(settings.folders().inboxFolder()).isEqualTo(Path.of("/mnt/$1/in"));
        assertThat(settings.folders().data()).isEqualTo(Path.of("/srv/a:b"));
        assertThat(settings.training().name()).isEqualTo("{dataset}");
    }

    @Test
    void takesAsItIsWhatTheEnvironmentPutsIntoAPlaceholder() {
        Settings settings = Settings.load(SHIPPED, Map.of("dropfolder.inbox", "{{env:SHARE}}"), Map.of("SHARE", "{{odd}}"));

        assertThat(settings.folders().inboxFolder()).isEqualTo(Path.of("{{odd}}"));
    }

    @Test
    void showsWhatWasWrittenWhereAPlaceholderCameToNothing() {
        assertThatThrownBy(() -> SettingsSample.with("dropfolder.inbox", "{{env:SHARE}}"))
                .hasMessage("dropfolder.inbox from -D is '' (written as '{{env:SHARE}}'), but must be a folder, or a place in a bucket such as s3://bucket/prefix");
    }

    @Test
    void fillsInAnotherKeyAsItWasResolved() {
        Settings settings = SettingsSample.with("dropfolder.data", "{{dropfolder.inbox}}-data", "dropfolder.inbox", "a");

        assertThat(settings.folders().ledgerUrl()).isEqualTo("jdbc:sqlite:a-data/ledger.db");
    }

    @Test
    void refusesACircle() {
        assertThatThrownBy(() -> SettingsSample.with("dropfolder.inbox", "{{dropfolder.data}}/a",
                "dropfolder.data", "{{dropfolder.inbox}}/b"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("dropfolder.inbox -> dropfolder.data -> dropfolder.inbox");
        assertThatThrownBy(() -> SettingsSample.with("dropfolder.inbox", "{{dropfolder.inbox}}"))
                .isInstanceOf(SettingsException.class).hasMessageContaining("leads back to itself");
    }

    @Test
    void letsTwoKeysReferToTheSameOne() {
        Settings settings = SettingsSample.with("dropfolder.inbox", "{{dropfolder.http.host}}{{dropfolder.http.host}}");

        assertThat(settings.folders().inboxFolder()).isEqualTo(Path.of("127.0.0.1127.0.0.1"));
    }

    @Test
    void refusesPlaceholdersThatMeanNothing() {
        assertThatThrownBy(() -> SettingsSample.with("dropfolder.inbox", "{{no.such.key}}"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("dropfolder.inbox").hasMessageContaining("{{no.such.key}}");
        assertThatThrownBy(() -> SettingsSample.with("dropfolder.inbox", "in{{env:SHARE"))
                .isInstanceOf(SettingsException.class).hasMessageContaining("must end in }}");
    }

    @Test
    void lendsTheApiKeyToNoOtherSetting() {
        assertThatThrownBy(() -> SettingsSample.with("ideogram.api-key", "k1", "dropfolder.training.name", "{{ideogram.api-key}}"))
                .isInstanceOf(SettingsException.class).hasMessageContaining("no secret").hasMessageNotContaining("k1");
    }

    @Test
    void refusesAnUnknownKeyAndNamesTheNearest() throws IOException {
        assertThatThrownBy(() -> SettingsSample.with("dropfolder.batch.image", "5"))
                .isInstanceOf(SettingsException.class)
                .hasMessage("dropfolder.batch.image from -D is no setting (the nearest is dropfolder.batch.images)");

        Path file = SettingsSample.changed(folder, "dropfolder.batch.images", "dropfolder.batch.images=5\nideogram.api_key=x");
        assertThatThrownBy(() -> Settings.load(file, Map.of(), Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("ideogram.api_key from " + file).hasMessageContaining("nearest is ideogram.api-key)");
    }

    @Test
    void warnsOfAKeyThatIsNobodys() {
        Settings settings = SettingsSample.with("dropfoler.inbox", "elsewhere");

        assertThat(settings.warnings())
                .containsExactly("dropfoler.inbox from -D is no setting (the nearest is dropfolder.inbox), and is not used");
    }

    @Test
    void onlyWarnsOfUnknownNamesInTheEnvironment() {
        Map<String, String> environment = Map.of("DROPFOLDER_PORT_8080_TCP", "tcp://10.0.0.1", "DROPFOLDER_BATCH_WAITS", "1s",
                "DROPFOLDER_DEBUG", "1", "PATH", "/bin");

        assertThat(Settings.load(SHIPPED, Map.of(), environment).warnings()).containsExactly(
                "DROPFOLDER_BATCH_WAITS from the environment is no setting (the nearest is DROPFOLDER_BATCH_WAIT), and is not used",
                "DROPFOLDER_PORT_8080_TCP from the environment is no setting, and is not used");
    }

    @Test
    void handsCamelsKeysOnUntouched() throws IOException {
        Path file = SettingsSample.changed(folder, "dropfolder.scan",
                "dropfolder.scan=1s\ncamel.main.name={{dropfolder.inbox}}\ncamel.main.tracing=false");

        Settings settings = Settings.load(file, Map.of("camel.main.tracing", "true"), Map.of());

        assertThat(settings.asProperties()).containsEntry("camel.main.name", "{{dropfolder.inbox}}")
                .containsEntry("camel.main.tracing", "true");
        assertThat(settings.warnings()).isEmpty();
    }

    @Test
    void namesAKeyThatIsMissingUnlessItIsGivenOtherwise() throws IOException {
        Path file = SettingsSample.changed(folder, "dropfolder.poll.delay", "");

        assertThatThrownBy(() -> Settings.load(file, Map.of(), Map.of()))
                .isInstanceOf(SettingsException.class).hasMessageStartingWith("dropfolder.poll.delay is missing from " + file);
        assertThat(Settings.load(file, Map.of(), Map.of("DROPFOLDER_POLL_DELAY", "1s")).poll().delay()).hasSeconds(1);
    }

    @Test
    void refusesAKeyThatStandsTwice() throws IOException {
        Path file = SettingsSample.changed(folder, "dropfolder.scan", "dropfolder.scan=1s\ndropfolder.scan=2s");

        assertThatThrownBy(() -> Settings.load(file, Map.of(), Map.of()))
                .isInstanceOf(SettingsException.class).hasMessageStartingWith("dropfolder.scan stands twice in " + file);
    }

    @Test
    void readsTheFileAsUtf8() throws IOException {
        Path file = SettingsSample.changed(folder, "dropfolder.inbox", "dropfolder.inbox=Fotos für Ada");

        assertThat(Settings.load(file, Map.of(), Map.of()).folders().inbox()).isEqualTo("Fotos für Ada");
    }

    @Test
    void saysWhichFileItCouldNotRead() throws IOException {
        Path missing = folder.resolve("config");
        Path latin = Files.write(folder.resolve("latin"), "dropfolder.inbox=für".getBytes(StandardCharsets.ISO_8859_1));
        Path broken = Files.writeString(folder.resolve("broken"), "dropfolder.inbox=\\u12");

        assertThatThrownBy(() -> Settings.load(missing, Map.of(), Map.of())).isInstanceOf(SettingsException.class)
                .hasMessageContaining("there is no " + missing).hasMessageContaining("start in the folder that holds");
        assertThatThrownBy(() -> Settings.load(latin, Map.of(), Map.of())).isInstanceOf(SettingsException.class)
                .hasMessageContaining(latin + " is not UTF-8");
        assertThatThrownBy(() -> Settings.load(broken, Map.of(), Map.of())).isInstanceOf(SettingsException.class)
                .hasMessageContaining("could not read the settings from " + broken);
        assertThatThrownBy(() -> Settings.load(folder, Map.of(), Map.of())).isInstanceOf(SettingsException.class)
                .hasMessageContaining("could not read the settings from " + folder);
    }
}
