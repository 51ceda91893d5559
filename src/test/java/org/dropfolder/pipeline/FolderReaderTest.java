package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.dropfolder.folder.FolderSettings;
import org.dropfolder.folder.FolderTerms;
import org.dropfolder.folder.SettingsReader;
import org.dropfolder.folder.Terms;
import org.dropfolder.image.FileNames;
import org.dropfolder.ledger.Commits;
import org.dropfolder.store.ImageStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How what people set in folders comes into the ledger. */
class FolderReaderTest {
    @TempDir
    Path folder;
    private PipelineFixture on;

    @BeforeEach
    void start() throws IOException {
        on = new PipelineFixture(folder);
    }

    @AfterEach
    void stop() {
        on.close();
    }

    @Test
    void readsAFileOnceItStandsStill() throws IOException {
        write("cats/dropfolder.yaml", "images: 30");
        look();
        assertThat(on.reader.due()).as("it may still be written").isEmpty();

        on.clock.pass(PipelineFixture.SETTLE);
        look();
        assertThat(readDue()).as("whoever trains it is woken").containsExactly("cats");
        assertThat(settings("cats").images()).contains(30);
        assertThat(on.dataset("cats").state()).as("a dataset without an image").isNotNull();
        assertThat(on.ledger.history().of(on.dataset("cats").id(), 1).get(0).what()).isEqualTo("dropfolder.yaml sets: a training takes 30 images");
    }

    @Test
    void readsNothingAgainThatIsAsItWas() throws IOException {
        settled("cats/dropfolder.yaml", "images: 30");
        for (int looks = 0; looks < 200; looks++) {
            on.clock.pass(PipelineFixture.SETTLE);
            look();
            assertThat(on.reader.due()).isEmpty();
        }
    }

    @Test
    void readsAFileAgainThatChangedAndTellsOnlyWhatIsNew() throws IOException {
        settled("cats/dropfolder.yaml", "images: 30");
        assertThat(settled("cats/dropfolder.yaml", "images: 30   # as agreed")).as("who may wait for it").containsExactly("cats");
        assertThat(on.ledger.history().of(on.dataset("cats").id(), 9)).as("it says the same").hasSize(1);
        assertThat(settled("cats/dropfolder.yaml", "images: 40")).containsExactly("cats");
        assertThat(settings("cats").images()).contains(40);
    }

    @Test
    void holdsTheServersOwnWordAgainOnceTheFileIsGone() throws IOException {
        settled("cats/dropfolder.yaml", "hold: true");
        assertThat(terms("cats").barrier()).hasValueSatisfying(why -> assertThat(why).startsWith("Held: "));

        Files.delete(on.inbox.resolve("cats/dropfolder.yaml"));
        look();
        assertThat(readDue()).containsExactly("cats");
        assertThat(terms("cats")).isEqualTo(Terms.NONE);
    }

    @Test
    void noticesAfterARestartWhatWentOrChangedMeanwhile() throws IOException {
        settled("cats/dropfolder.yaml", "hold: true");
        settled("dogs/dropfolder.yaml", "hold: true");
        on.ledger.close();
        Files.delete(on.inbox.resolve("cats/dropfolder.yaml"));
        write("dogs/dropfolder.yaml", "images: 20");
        on.restart();

        assertThat(terms("dogs").barrier()).as("until it is read").isPresent();
        twoLooks();
        assertThat(readDue()).containsExactlyInAnyOrder("cats", "dogs");
        assertThat(terms("cats")).isEqualTo(Terms.NONE);
        assertThat(settings("dogs").images()).contains(20);
    }

    @Test
    void readsAllOfThemForANewLedger() throws IOException {
        settled("cats/dropfolder.yaml", "hold: true");
        on.loseLedger();
        assertThat(on.ledger.folderFiles().all()).isEmpty();
        twoLooks();
        assertThat(readDue()).containsExactly("cats");
        assertThat(terms("cats").barrier()).isPresent();
    }

    @Test
    void tellsAMistakeAndLeavesTheFileWhereItIs() throws IOException {
        settled("cats/dropfolder.yaml", "images: 30\nhold: maybe");

        assertThat(terms("cats").barrier()).contains("Could not use dropfolder.yaml: line 2 says hold: \"maybe\", and it is to be true or false. "
            + "Until it is mended, or gone, nothing is trained; images go on.");
        assertThat(settings("cats")).as("half of it does not count").isEqualTo(FolderSettings.NONE);
        assertThat(on.inbox.resolve("cats/dropfolder.yaml")).exists();
        settled("cats/dropfolder.yaml", "images: 30\nhold: false");
        assertThat(terms("cats").barrier()).isEmpty();
    }

    @Test
    void readsOnlyWhatLiesRightInAFolder() throws IOException {
        settled("cats/deep/dropfolder.yaml", "hold: true");
        settled("dropfolder.yaml", "hold: true");
        assertThat(on.ledger.folderFiles().all()).isEmpty();
        assertThat(on.ledger.datasets().all()).isEmpty();
    }

    @Test
    void readsWhatLiesInTheInboxItselfForTheDefaultDataset() throws IOException {
        on.byDefault = Optional.of("cats");
        on.restart();
        settled("dropfolder.yaml", "images: 20");
        assertThat(settings("cats").images()).contains(20);

        on.byDefault = Optional.empty();
        on.restart();
        twoLooks();
        assertThat(readDue()).containsExactly("cats");
        assertThat(terms("cats")).isEqualTo(Terms.NONE);
    }

    @Test
    void takesTwoFilesOfOneDatasetForAMistake() throws IOException {
        settled("cats/dropfolder.yaml", "images: 20");
        settled("Cats/Dropfolder.YAML", "images: 30");

        assertThat(terms("cats").barrier()).hasValueSatisfying(why -> assertThat(why)
            .contains("there are 2, Cats/Dropfolder.YAML and cats/dropfolder.yaml. Keep one of them."));
        Files.delete(on.inbox.resolve("Cats/Dropfolder.YAML"));
        look();
        readDue();
        assertThat(settings("cats").images()).contains(20);
    }

    @Test
    void takesALinkForAMistake() throws IOException {
        Files.createDirectories(on.inbox.resolve("cats"));
        Files.createSymbolicLink(on.inbox.resolve("cats/dropfolder.yaml"), Path.of("/etc/passwd"));
        twoLooks();
        readDue();
        assertThat(terms("cats").barrier()).hasValueSatisfying(why -> assertThat(why).contains("it is no plain file").doesNotContain("root"));
        assertThat(on.reader.isRead(on.dataset("cats"))).isTrue();
    }

    @Test
    void forgetsNothingWhileTheInboxIsAway() throws IOException {
        settled("cats/dropfolder.yaml", "hold: true");
        Files.move(on.inbox, folder.resolve("away"));
        on.reader.lookedThrough();
        readDue();
        assertThat(terms("cats").barrier()).isPresent();

        Files.move(folder.resolve("away"), on.inbox);
        twoLooks();
        readDue();
        assertThat(terms("cats").barrier()).hasValueSatisfying(why -> assertThat(why).startsWith("Held: "));
    }

    @Test
    void doesNotForgetWhatWasAwayForOneLookAlone() throws IOException {
        settled("cats/dropfolder.yaml", "hold: true");
        AtomicInteger looks = new AtomicInteger();
        ImageStore flapping = (ImageStore) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {ImageStore.class},
            (proxy, method, arguments) -> method.getName().equals("look") && looks.incrementAndGet() == 1 ? Optional.empty()
                : method.invoke(on.store, arguments));
        FolderReader reader = new FolderReader(on.ledger, flapping, on.folders, on.stillness, new SettingsReader());

        reader.read("cats/dropfolder.yaml");

        assertThat(looks).hasPositiveValue();
        assertThat(terms("cats").barrier()).isPresent();
    }

    @Test
    void knowsBeforeAnythingIsPaidThatAFileCameChangedOrWentAMomentAgo() throws IOException {
        settled("cats/dropfolder.yaml", "images: 20");
        assertThat(on.reader.isRead(on.dataset("cats"))).isTrue();

        write("cats/dropfolder.yaml", "hold: true");
        assertThat(on.reader.isRead(on.dataset("cats"))).isFalse();
        readDue();
        assertThat(on.reader.isRead(on.dataset("cats"))).isTrue();

        write("CATS/DropFolder.yaml", "");
        assertThat(on.reader.isRead(on.dataset("cats"))).isFalse();
        Files.delete(on.inbox.resolve("CATS/DropFolder.yaml"));
        readDue();
        Files.delete(on.inbox.resolve("cats/dropfolder.yaml"));
        assertThat(on.reader.isRead(on.dataset("cats"))).isFalse();
        readDue();
        assertThat(on.reader.isRead(on.dataset("cats"))).isTrue();
        assertThat(terms("cats")).isEqualTo(Terms.NONE);
    }

    @Test
    void takesNothingForReadBeforeItIsWrittenDown() throws IOException {
        settled("cats/dropfolder.yaml", "images: 20");
        write("cats/dropfolder.yaml", "hold: true");
        List<Boolean> meanwhile = new ArrayList<>();
        on.beforeCommit = what -> meanwhile.add(isRead("cats"));

        on.reader.read("cats/dropfolder.yaml");

        assertThat(meanwhile).as("while it is being written down").containsExactly(false);
        assertThat(isRead("cats")).isTrue();
    }

    @Test
    void readsAgainWhatCouldNotBeWrittenDown() throws IOException {
        settled("cats/dropfolder.yaml", "images: 20");
        write("cats/dropfolder.yaml", "hold: true");
        on.beforeCommit = what -> {
            throw new IllegalStateException("the disk is full");
        };
        assertThatThrownBy(() -> on.reader.read("cats/dropfolder.yaml")).hasMessageContaining("the disk is full");
        assertThat(isRead("cats")).isFalse();

        on.beforeCommit = Commits.UNDISTURBED;
        assertThat(readDue()).containsExactly("cats");
        assertThat(terms("cats").barrier()).isPresent();
    }

    @Test
    void isOfItsFoldersNextDatasetsToo() throws IOException {
        assumeThat(on.ledger.datasets().named("cats")).isEmpty();
        settled("cats/dropfolder.yaml", "hold: true");
        on.folders.letOverflow();
        long first = on.dataset("cats").id();
        var next = new org.dropfolder.ledger.Dataset(7, "cats 2", "cats 2", "cats 2", Optional.empty(), on.dataset("cats").state(), Optional.of(first),
            false, Optional.empty(), Optional.empty(), on.clock.instant(), 0, Optional.empty(), Optional.empty());
        assertThat(new FolderTerms(on.ledger).of(next).barrier()).isPresent();
        assertThat(new FolderTerms(on.ledger).of(List.of(next, on.dataset("cats")))).hasSize(2)
            .allSatisfy((id, terms) -> assertThat(terms.barrier()).isPresent());
    }

    private boolean isRead(String dataset) {
        try {
            return on.reader.isRead(on.dataset(dataset));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Terms terms(String dataset) {
        return new FolderTerms(on.ledger).of(on.dataset(dataset));
    }

    private FolderSettings settings(String dataset) {
        return terms(dataset).settings();
    }

    private void write(String source, String text) throws IOException {
        on.drop(source, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Written, stood still and read; answers who was woken. */
    private List<String> settled(String source, String text) throws IOException {
        write(source, text);
        twoLooks();
        return readDue();
    }

    private void twoLooks() throws IOException {
        look();
        on.clock.pass(PipelineFixture.SETTLE);
        look();
    }

    private List<String> readDue() {
        return on.reader.due().stream().flatMap(source -> on.reader.read(source).stream()).toList();
    }

    /** Goes through the inbox as a look does. */
    private void look() throws IOException {
        try (var all = Files.walk(on.inbox)) {
            all.filter(path -> !Files.isDirectory(path)).map(path -> on.inbox.relativize(path).toString()).filter(FileNames::settings)
                .forEach(on.reader::saw);
        }
        on.reader.lookedThrough();
    }
}
