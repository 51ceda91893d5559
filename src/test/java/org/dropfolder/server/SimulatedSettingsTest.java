package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.dropfolder.server.Settings.Folders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A simulated run touches neither real photos nor the real ledger, and never the real API. */
class SimulatedSettingsTest {
    private static final Folders OWN =
            new Folders("inbox-simulated", Path.of("data-simulated"), "jdbc:sqlite:data-simulated/ledger.db");

    @Test
    void hasFoldersAndALedgerOfItsOwn() {
        Settings settings = SettingsSample.simulated(Map.of());

        assertThat(settings.simulated()).isTrue();
        assertThat(settings.folders()).isEqualTo(OWN);
        assertThat(settings.asProperties()).containsEntry("dropfolder.inbox", "inbox-simulated");
    }

    @Test
    void takesThoseOfTheCommandLine() {
        Settings settings = SettingsSample.simulated(Map.of("dropfolder.inbox", "i", "dropfolder.ledger", "jdbc:sqlite:l.db"));

        assertThat(settings.folders()).isEqualTo(new Folders("i", Path.of("data-simulated"), "jdbc:sqlite:l.db"));
    }

    @Test
    void keepsTheLedgerInTheDataOfTheCommandLine() {
        assertThat(SettingsSample.simulated(Map.of("dropfolder.data", "d")).folders().ledgerUrl())
                .isEqualTo("jdbc:sqlite:d/ledger.db");
    }

    @Test
    void passesOverThoseOfTheEnvironmentWithAWarning() {
        Map<String, String> environment = Map.of("DROPFOLDER_INBOX", "/photos", "DROPFOLDER_DATA", "/data",
                "DROPFOLDER_LEDGER", "jdbc:sqlite:/data/ledger.db", "DROPFOLDER_HTTP_PORT", "1");

        Settings settings = Settings.simulated(SettingsSample.SHIPPED, Map.of(), environment);

        assertThat(settings.folders()).isEqualTo(OWN);
        assertThat(settings.http().port()).isEqualTo(1);
        assertThat(settings.warnings()).hasSize(3).first().asString()
                .startsWith("DROPFOLDER_INBOX from the environment is not used by a simulated run");
    }

    @Test
    void passesOverThoseOfTheFile(@TempDir Path folder) throws IOException {
        Path file = SettingsSample.changed(folder, "dropfolder.inbox", "dropfolder.inbox=/photos");

        assertThat(Settings.simulated(file, Map.of(), Map.of()).folders()).isEqualTo(OWN);
        assertThat(Settings.load(file, Map.of(), Map.of()).folders().inboxFolder()).isEqualTo(Path.of("/photos"));
    }

    @Test
    void forgetsTheRealApiEvenBeforeItIsToldWhereTheSimulatorIs() {
        Settings settings = Settings.simulated(SettingsSample.SHIPPED, Map.of(), Map.of("IDEOGRAM_API_KEY", "real"));

        assertThat(settings.ideogram().apiKey().isSet()).isFalse();
        assertThat(settings.ideogram().url().getHost()).isEqualTo("127.0.0.1");
    }

    @Test
    void goesToTheSimulatorAndKeepsTheRest() {
        Settings before = SettingsSample.simulated(Map.of("ideogram.in-flight", "4", "dropfoler.x", "y"));

        Settings settings = before.withIdeogram(URI.create("http://127.0.0.1:4711"), Secret.of("simulated"));

        assertThat(settings.ideogram().url()).isEqualTo(URI.create("http://127.0.0.1:4711"));
        assertThat(settings.requireKey().reveal()).isEqualTo("simulated");
        assertThat(settings.ideogram().inFlight()).isEqualTo(4);
        assertThat(settings.asProperties()).containsEntry("ideogram.url", "http://127.0.0.1:4711");
        assertThat(settings.folders()).isEqualTo(OWN);
        assertThat(settings.simulated()).isTrue();
        assertThat(settings.warnings()).isEqualTo(before.warnings()).hasSize(1);
    }

    @Test
    void stillChecksWhatIsSet() {
        assertThatThrownBy(() -> SettingsSample.simulated(Map.of("ideogram.url", "http://example.com")))
                .isInstanceOf(SettingsException.class).hasMessageStartingWith("ideogram.url");
        assertThatThrownBy(() -> SettingsSample.simulated(Map.of("dropfolder.inbx", "i")))
                .isInstanceOf(SettingsException.class).hasMessageStartingWith("dropfolder.inbx");
    }
}
