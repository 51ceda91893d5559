package org.dropfolder.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What lies in an inbox beside files, and what is written there. A pipe that were opened would make a test wait for ever. */
@Timeout(30)
class InboxTest {
    @TempDir
    private Path folder;
    private Path inbox;
    private final List<String> effects = new ArrayList<>();
    private FolderStore store;

    @BeforeEach
    void begin() throws IOException {
        inbox = Files.createDirectory(folder.resolve("inbox"));
        Files.createDirectory(inbox.resolve("cats"));
        store = new FolderStore(inbox, folder.resolve("data"), effects::add);
    }

    @Test
    void writesOnlyWhatIsNew() throws IOException {
        store.writeReport("cats", "3 images\n");
        assertThat(effects).extracting(effect -> effect.split(" ")[0]).containsExactly("write", "rename");
        Path status = inbox.resolve("cats/_status.txt");
        Files.setLastModifiedTime(status, FileTime.from(Instant.EPOCH));

        store.writeReport("cats", "3 images\n");
        assertThat(effects).hasSize(2);
        assertThat(Files.getLastModifiedTime(status).toInstant()).isEqualTo(Instant.EPOCH);

        store.writeReport("cats", "4 images\n");
        assertThat(effects).hasSize(4);
        assertThat(status).content().contains("4 images");
    }

    @Test
    void replacesAWordWholeHoweverItIsCutOff() throws IOException {
        for (int cut = 0; cut < 2; cut++) {
            int last = cut;
            List<String> seen = new ArrayList<>();
            store.writeReport("cats", "old\n");
            assertThatIOException().isThrownBy(() -> new FolderStore(inbox, folder.resolve("data"), what -> {
                seen.add(what);
                if (seen.size() > last) {
                    throw new IOException("the machine stops");
                }
            }).writeReport("cats", "new\n"));
            assertThat(inbox.resolve("cats/_status.txt")).content().contains("old");
            store.writeReport("cats", "new\n");
            assertThat(inbox.resolve("cats/_status.txt")).content().contains("new");
            assertThat(Files.list(inbox.resolve("cats"))).hasSize(1);
        }
    }

    @Test
    void writesNothingThroughALinkAndOverNoFolder() throws IOException {
        Path secret = Files.writeString(Files.createDirectory(folder.resolve("private")).resolve("secret.txt"), "\uFEFFDropfolder, mine");
        Files.createSymbolicLink(inbox.resolve("cats/_status.txt"), secret);
        Files.createSymbolicLink(inbox.resolve("linked"), secret.getParent());
        Files.createDirectories(inbox.resolve("dogs/_status.txt"));

        for (String name : List.of("cats", "linked", "dogs")) {
            assertThat(store.writeReport(name, "one\n")).as(name).isFalse();
        }
        assertThat(effects).isEmpty();
        assertThat(secret).content().isEqualTo("\uFEFFDropfolder, mine");
        assertThat(Files.list(secret.getParent())).hasSize(1);
        assertThat(inbox.resolve("cats/_status.txt")).isSymbolicLink();
        assertThat(inbox.resolve("dogs/_status.txt")).isEmptyDirectory();
    }

    @Test
    void writesIntoAnInboxThatIsALinkItself() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("share"), inbox);
        FolderStore linked = new FolderStore(link, folder.resolve("data"));
        assertThat(linked.writeReport("cats", "one\n")).isTrue();
        assertThat(linked.writeReport("", "two\n")).isTrue();
        assertThat(inbox.resolve("cats/_status.txt")).content().contains("one");
        assertThat(inbox.resolve("_status.txt")).content().contains("two");
    }

    @Test
    void failsWhereTheInboxIsNotThere() throws IOException {
        Files.delete(inbox.resolve("cats"));
        Files.delete(inbox);
        assertThatIOException().isThrownBy(() -> store.writeReport("cats", "one\n")).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void opensNoPipeThatBearsOneOfItsNames() throws Exception {
        pipe("cats/_status.txt");
        assertThat(store.writeReport("cats", "one\n")).isFalse();
        Files.createDirectory(inbox.resolve("dogs"));
        pipe("dogs/._status.txt.part");
        assertThatIOException().isThrownBy(() -> store.writeReport("dogs", "one\n"));
        assertThat(inbox.resolve("dogs/_status.txt")).doesNotExist();
    }

    @Test
    void tellsWhatIsNoFileWithoutOpeningIt() throws Exception {
        pipe("cats/pipe.jpg");
        Files.createSymbolicLink(inbox.resolve("cats/link.jpg"), folder.resolve("nowhere"));
        Files.createSymbolicLink(inbox.resolve("circle"), inbox);
        Path socket = inbox.resolve("cats/socket.jpg");
        try (ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listening.bind(UnixDomainSocketAddress.of(socket));
            assertThat(store.obstacle("cats/socket.jpg")).contains(Obstacle.NO_FILE);
        }
        assertThat(store.obstacle("cats/pipe.jpg")).contains(Obstacle.NO_FILE);
        assertThat(store.obstacle("cats/link.jpg")).contains(Obstacle.LINK);
        assertThat(store.obstacle("circle")).contains(Obstacle.LINK);
        assertThat(Obstacle.at(Path.of("/dev/null"))).contains(Obstacle.NO_FILE);
    }

    /** Root may read everything, so as root this asks a process that has no rights beside those of any user. */
    @Test
    void tellsWhatMayNotBeRead() throws Exception {
        Path photo = Files.writeString(inbox.resolve("cats/photo.jpg"), "meow");
        Path closed = Files.createDirectory(inbox.resolve("closed"));
        Files.setPosixFilePermissions(photo, PosixFilePermissions.fromString("---------"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        try {
            assertThat(asAnybody("cats/photo.jpg")).isEqualTo("CLOSED_FILE");
            assertThat(asAnybody("closed")).isEqualTo("CLOSED_FOLDER");
            assertThat(asAnybody("cats")).isEqualTo("none");
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** What stands in the way of the source for a process that root's rights don't help. */
    private String asAnybody(String source) throws Exception {
        List<String> line = new ArrayList<>(Files.isReadable(inbox.resolve("closed")) ? List.of("setpriv", "--bounding-set=-all") : List.of());
        line.addAll(List.of(ProcessHandle.current().info().command().orElse("java"), "-XX:TieredStopAtLevel=1", "-cp",
            System.getProperty("java.class.path"), Asked.class.getName(), inbox.toString(), source));
        Process asked = new ProcessBuilder(line).redirectErrorStream(true).start();
        String answer = new String(asked.getInputStream().readAllBytes());
        assertThat(asked.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return answer.strip();
    }

    private void pipe(String source) throws Exception {
        Process made = new ProcessBuilder("mkfifo", inbox.resolve(source).toString()).start();
        assumeTrue(made.waitFor(Duration.ofSeconds(10).toSeconds(), TimeUnit.SECONDS) && made.exitValue() == 0, "pipes can be made here");
    }

    /** A process that looks at one source. */
    static final class Asked {
        private Asked() { }

        public static void main(String[] inboxAndSource) throws IOException {
            Path inbox = Path.of(inboxAndSource[0]);
            System.out.println(new FolderStore(inbox, inbox.resolveSibling("data")).obstacle(inboxAndSource[1])
                .map(Obstacle::name).orElse("none"));
        }
    }
}
