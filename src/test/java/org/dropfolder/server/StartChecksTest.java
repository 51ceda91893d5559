package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is looked at before the start, on real folders and real ports. */
class StartChecksTest {
    /** Nobody can make a file there, not even root. */
    private static final Path UNWRITABLE = Path.of("/proc");

    @TempDir
    Path home;

    private final Map<String, String> given = new HashMap<>(Map.of("dropfolder.http.port", "0"));

    @BeforeEach
    void aHomeThatIsReady() throws IOException {
        Files.createDirectory(home.resolve("routes"));
        Files.createDirectory(home.resolve("inbox"));
    }

    @Test
    void makesTheDataFolderAndLeavesNothingElseBehind() throws IOException {
        StartChecks.check(settings(), home);

        assertThat(home.resolve("data")).isEmptyDirectory();
        assertThat(home.resolve("inbox")).isEmptyDirectory();
    }

    @Test
    void doesNotMakeARealInbox() throws IOException {
        Files.delete(home.resolve("inbox"));

        refuses("dropfolder.inbox is", "mkdir " + home.resolve("inbox"));
        assertThat(home.resolve("inbox")).doesNotExist();
    }

    @Test
    void refusesAnInboxWhosePathCamelWouldTakeApart() {
        for (String path : List.of("what?", "${home}")) {
            given.put("dropfolder.inbox", path);
            refuses("dropfolder.inbox is", "rename it");
        }
    }

    @Test
    void refusesAFileAsInboxOrData() throws IOException {
        Files.createFile(home.resolve("file"));

        given.put("dropfolder.inbox", "file");
        refuses("dropfolder.inbox is", "not a folder");
        given.remove("dropfolder.inbox");
        given.put("dropfolder.data", "file");
        refuses("dropfolder.data is", "not a folder");
    }

    @Test
    void refusesAnInboxThatNothingCanBeMovedOutOf() {
        assumeThat(UNWRITABLE).isDirectory();
        given.put("dropfolder.inbox", UNWRITABLE.toString());

        refuses("dropfolder.inbox is /proc, where nothing can be written", "let this user write there");
    }

    @Test
    void refusesADataFolderThatCanNotBeWrittenOrMade() {
        assumeThat(UNWRITABLE).isDirectory();

        given.put("dropfolder.data", UNWRITABLE.toString());
        refuses("dropfolder.data is /proc, where nothing can be written", "let this user write there");
        given.put("dropfolder.data", UNWRITABLE.resolve("data").toString());
        refuses("dropfolder.data is /proc/data, which could not be made", "set another folder");
    }

    @Test
    void refusesADataFolderWhoseParentIsMissing() {
        given.put("dropfolder.data", "volume/data");

        refuses("dropfolder.data is", "mkdir -p " + home.resolve("volume/data"));
        assertThat(home.resolve("volume")).doesNotExist();
    }

    @Test
    void refusesOneFolderInsideTheOtherAndMakesNothing() {
        given.put("dropfolder.data", "inbox/data");
        refuses("dropfolder.inbox", "dropfolder.data", "must lie apart");
        assertThat(home.resolve("inbox/data")).doesNotExist();

        given.put("dropfolder.data", ".");
        refuses("must lie apart");
        given.put("dropfolder.data", "routes/../inbox");
        refuses("must lie apart");
    }

    @Test
    void seesThroughLinks() throws IOException {
        Files.createSymbolicLink(home.resolve("link"), home.resolve("inbox"));
        given.put("dropfolder.data", "link/data");

        refuses("must lie apart");
    }

    @Test
    void takesNamesThatOnlyBeginAlikeForApart() {
        given.put("dropfolder.data", "inbox-data");

        assertThatCode(() -> StartChecks.check(settings(), home)).doesNotThrowAnyException();
    }

    @Test
    void refusesAPortThatIsTakenAndReleasesOneThatIsNot() throws IOException {
        int port;
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = other.getLocalPort();
            given.put("dropfolder.http.port", String.valueOf(port));
            refusesThePort("dropfolder.http.port is " + port, "another port");
        }
        StartChecks.checkPort(settings().http());
        try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(free.isBound()).isTrue();
        }
    }

    /** 192.0.2.0/24 is kept for documentation (RFC 5737): no machine has it. */
    @Test
    void refusesAnAddressOfAnotherMachine() {
        given.put("dropfolder.http.host", "192.0.2.1");

        refusesThePort("dropfolder.http.host is 192.0.2.1", "an address of this machine");
    }

    @Test
    void saysWhereToStart() throws IOException {
        Files.delete(home.resolve("routes"));

        refuses("there is no folder " + home.resolve("routes"), "start in the folder that holds routes/ and config/");
    }

    @Test
    void makesBothFoldersOfASimulatedRun() throws IOException {
        given.put("dropfolder.inbox", "scratch/in");
        given.put("dropfolder.data", "scratch/out");

        StartChecks.check(SettingsSample.simulated(given), home);

        assertThat(home.resolve("scratch/in")).isEmptyDirectory();
        assertThat(home.resolve("scratch/out")).isEmptyDirectory();
    }

    @Test
    void takesALinkToAFolderForThatFolderInASimulatedRunToo() throws IOException {
        Files.createSymbolicLink(home.resolve("link"), home.resolve("inbox"));
        given.put("dropfolder.inbox", "link");
        given.put("dropfolder.data", "data");

        assertThatCode(() -> StartChecks.check(SettingsSample.simulated(given), home)).doesNotThrowAnyException();
    }

    private Settings settings() {
        return Settings.load(SettingsSample.SHIPPED, given, Map.of());
    }

    private void refuses(CharSequence... parts) {
        refuses(() -> StartChecks.check(settings(), home), parts);
    }

    private void refusesThePort(CharSequence... parts) {
        refuses(() -> StartChecks.checkPort(settings().http()), parts);
    }

    private static void refuses(ThrowingCallable check, CharSequence... parts) {
        assertThatThrownBy(check).isInstanceOf(SettingsException.class).message().contains(parts).hasLineCount(1);
    }
}
