package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"a-key", "a-key\n", "\r\n  a-key \r\n\n"})
    void takesTheKeyThatStandsAloneInIt(String content) throws IOException {
        assertThat(settings(file(content)).requireKey().reveal()).isEqualTo("a-key");
    }

    @Test
    void saysWhatIsWrongWithTheFileAndShowsNothingOfIt() throws IOException {
        refuses(folder.resolve("nowhere"), "is not there");
        refuses(folder, "can't be read", "not a folder");
        refuses(file(" \n\n"), "is empty");
        refuses(file("secret-one\nsecret-two\n"), "has 2 lines");
        refuses(file("secret one"), "does not hold a key");
        refuses(Files.write(folder.resolve("key"), new byte[] {(byte) 0xff, (byte) 0xfe, 's'}), "is no text");
    }

    @Test
    void refusesTwoKeysAndNamesBoth() throws IOException {
        String file = file("a-key").toString();
        assertThatThrownBy(() -> SettingsSample.with("ideogram.api-key", "secret", "ideogram.api-key-file", file))
            .isInstanceOf(SettingsException.class).message().contains("ideogram.api-key and ideogram.api-key-file").doesNotContain("secret");
        assertThatThrownBy(() -> Settings.load(SettingsSample.SHIPPED, Map.of(), Map.of("IDEOGRAM_API_KEY", "secret",
            "IDEOGRAM_API_KEY_FILE", file))).isInstanceOf(SettingsException.class).hasMessageContaining("IDEOGRAM_API_KEY");
    }

    @Test
    void isReadAnewEachTime() throws IOException {
        Settings settings = settings(file("old"));
        assertThat(settings.requireKey().reveal()).isEqualTo("old");
        file("new");
        assertThat(settings.requireKey().reveal()).isEqualTo("new");
    }

    @Test
    void isForgottenByASimulatedRun() throws IOException {
        assertThat(SettingsSample.simulated(Map.of("ideogram.api-key-file", file("a-key").toString())).ideogram().keyFile()).isEmpty();
    }

    @Test
    void warnsOfAFileThatOthersCanRead() throws IOException {
        Path file = file("a-key");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(KeyFile.warning(file)).isEmpty();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(KeyFile.warning(file)).hasValueSatisfying(line -> assertThat(line).contains("chmod 600", file.toString()));
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("key"), content);
    }

    private static Settings settings(Path file) {
        return SettingsSample.with("ideogram.api-key-file", file.toString());
    }

    private static void refuses(Path file, String... words) {
        assertThatThrownBy(() -> settings(file).requireKey()).isInstanceOf(SettingsException.class)
            .hasMessageStartingWith("ideogram.api-key-file is " + file).message().contains(words).hasLineCount(1)
            .doesNotContain("secret");
    }
}
