package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.dropfolder.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process on a data folder, and one on a ledger. That a killed one leaves no lock behind is shown by the jar. */
class DataLockTest {
    private static final String URL = "http://127.0.0.1:8080";

    @TempDir
    private Path home;
    private Settings.Folders folders;
    private Path file;

    @BeforeEach
    void aDataFolder() throws IOException {
        folders = folders("data", "data/ledger.db");
        file = folders.data().resolve("dropfolder.lock");
    }

    @Test
    void tellsWhereItAnswersOnceThatIsKnown() throws Exception {
        try (DataLock lock = take()) {
            lock.answersAt("http://127.0.0.1:4711");

            assertThat(lock.holder().url()).isEqualTo("http://127.0.0.1:4711");
            assertThat(DataLock.holderOf(folders)).contains(lock.holder());
            Holder read = new ObjectMapper().readValue(folders.data().resolve(DataLock.NAME).toFile(), Holder.class);
            assertThat(read).isEqualTo(lock.holder());
            assertThat(read.token()).isEqualTo(lock.holder().token()).isNotEmpty();
        }
    }

    @Test
    void saysWhoHoldsTheFolderAndSinceWhen() {
        try (DataLock first = take()) {
            assertThatThrownBy(this::take).isInstanceOf(SettingsException.class)
                .hasMessageContainingAll("dropfolder.data", "process " + ProcessHandle.current().pid(), first.holder().host(),
                    URL, "since " + first.holder().started())
                .message().doesNotContain(first.holder().token());
            assertThat(DataLock.tryTake(folders, holder())).isEmpty();
        }
    }

    @Test
    void tellsInItsFileWhatACommandNeeds() throws IOException {
        try (DataLock lock = take()) {
            JsonNode told = new ObjectMapper().readTree(file.toFile());
            assertThat(told.fieldNames()).toIterable().containsExactlyInAnyOrder("pid", "host", "started", "url", "token");
            assertThat(told.get("pid").asLong()).isEqualTo(ProcessHandle.current().pid());
            assertThat(told.get("url").asText()).isEqualTo(URL);
            assertThat(told.get("token").asText()).isEqualTo(lock.holder().token()).matches("[A-Za-z0-9_-]{32}");
            assertThat(lock.holder().runsHere()).isTrue();
        }
    }

    @Test
    void canBeReadByItsOwnerAlone() throws IOException {
        Files.createFile(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        try (DataLock lock = take()) {
            assertThat(DataLock.holderOf(folders)).contains(lock.holder());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        }
    }

    @Test
    void givesItBackAndLeavesNoTokenBehind() {
        take().close();
        assertThat(file).isEmptyFile();
        assertThat(DataLock.holderOf(folders)).isEmpty();
        take().close();
    }

    @Test
    void whatADeadProcessLeftInTheFileHoldsNothing() throws IOException {
        Files.writeString(file, "{\"pid\":1,\"host\":\"gone\",\"started\":\"long ago\",\"url\":\"\",\"token\":\"old\"}".repeat(9));
        try (DataLock lock = take()) {
            assertThat(DataLock.holderOf(folders)).contains(lock.holder());
            assertThat(file).content().doesNotContain("gone");
        }
    }

    @Test
    void twoDataFoldersDoNotShareALedger() throws IOException {
        Settings.Folders other = folders("other", "data/ledger.db");
        try (DataLock first = take()) {
            assertThatThrownBy(() -> DataLock.take(other, holder())).isInstanceOf(SettingsException.class)
                .hasMessageContainingAll("dropfolder.ledger", "ledger.db", "process " + first.holder().pid());
        }
        DataLock.take(other, holder()).close();
    }

    @Test
    void twoLedgersInOneFolderAreTwo() throws IOException {
        Settings.Folders other = folders("other", "data/other.db");
        try (DataLock first = take(); DataLock second = DataLock.take(other, holder())) {
            assertThat(first.holder().token()).isNotEqualTo(second.holder().token());
        }
    }

    @Test
    void oneFolderIsOneHoweverItIsSpelled() throws IOException {
        Path link = Files.createSymbolicLink(home.resolve("link"), folders.data());
        try (DataLock lock = take()) {
            assertThat(DataLock.tryTake(new Settings.Folders(folders.inbox(), link, folders.ledgerUrl()), holder())).isEmpty();
            assertThat(lock.holder().url()).isEqualTo(URL);
        }
    }

    @Test
    void aFolderThatIsNotThereIsSaid() {
        Settings.Folders nowhere = new Settings.Folders(home.toString(), home.resolve("nowhere"), folders.ledgerUrl());
        assertThatThrownBy(() -> DataLock.take(nowhere, holder())).isInstanceOf(SettingsException.class)
            .hasMessageContainingAll("could not lock", "nowhere");
        assertThat(DataLock.holderOf(nowhere)).isEqualTo(Optional.empty());
    }

    private DataLock take() {
        return DataLock.take(folders, holder());
    }

    private static Holder holder() {
        return Holder.thisProcess(URL, new TestClock());
    }

    private Settings.Folders folders(String data, String ledger) throws IOException {
        return new Settings.Folders(home.resolve("inbox").toString(), Files.createDirectories(home.resolve(data)),
            "jdbc:sqlite:" + home.resolve(ledger));
    }
}
