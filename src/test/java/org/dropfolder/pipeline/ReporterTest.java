package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which words in the inbox are due, and what becomes of those that can't be written. */
class ReporterTest {
    @TempDir
    private Path folder;
    private PipelineFixture pipeline;
    private Leftovers leftovers;
    private Reporter reporter;
    private String word = "first";

    @BeforeEach
    void begin() throws IOException {
        pipeline = new PipelineFixture(folder);
        start();
    }

    @AfterEach
    void end() {
        pipeline.close();
    }

    @Test
    void aDatasetThatChangedIsDueOnceAndAllAreAtAStart() throws IOException {
        pipeline.image("cats/tom.jpg", "tom");
        pipeline.image("dogs/rex.jpg", "rex");
        assertThat(report()).containsExactly("cats", "dogs");
        assertThat(report()).isEmpty();

        pipeline.image("dogs/max.jpg", "max");
        assertThat(report()).containsExactly("dogs");

        start();
        assertThat(report()).containsExactly("cats", "dogs");
        assertThat(status("cats")).content().contains("first cats []");
    }

    @Test
    void manyAreDueAPageAtATime() throws IOException {
        for (int i = 0; i < Reporter.PAGE + 5; i++) {
            pipeline.ledger.datasets().named("set " + i, "set " + i);
            Files.createDirectory(pipeline.inbox.resolve("set " + i));
        }
        assertThat(report()).hasSize(Reporter.PAGE);
        assertThat(report()).hasSize(5);
        assertThat(report()).isEmpty();
    }

    @Test
    void aWordIsWrittenIntoEachFolderOfTheDataset() throws IOException {
        pipeline.image("Cats/tom.jpg", "tom");
        pipeline.image("cats/tim.jpg", "tim");
        assertThat(report()).containsExactlyInAnyOrder("Cats", "cats");
        assertThat(status("Cats")).content().contains("first Cats []");
        assertThat(status("cats")).content().contains("first Cats []");
    }

    @Test
    void theInboxItselfTellsOfTheDefaultDatasetOrOfWhatIsNobodys() throws IOException {
        pipeline.image("cats/tom.jpg", "tom");
        report();
        assertThat(pipeline.inbox.resolve("_status.txt")).doesNotExist();
        pipeline.image("lost.jpg", "lost");
        assertThat(report()).containsExactly("");
        assertThat(pipeline.inbox.resolve("_status.txt")).content().contains("first  []");

        pipeline.byDefault = Optional.of("Cats");
        pipeline.restart();
        start();
        pipeline.image("loose.jpg", "loose");
        assertThat(report()).contains("", "cats");
        assertThat(pipeline.inbox.resolve("_status.txt")).content().contains("first cats []");
    }

    @Test
    void tellsWhatCannotBeTakenWhereNothingElseEverWas() throws IOException {
        Files.createDirectory(pipeline.inbox.resolve("cats"));
        leftovers.tell("cats/link.jpg", "it is a link");
        assertThat(report()).containsExactly("cats");
        assertThat(status("cats")).content().contains("first cats [it is a link]");

        pipeline.clock.pass(Duration.ofMinutes(5));
        assertThat(report()).containsExactly("cats");
        assertThat(status("cats")).content().contains("first cats []");
    }

    @Test
    void aFolderThatIsAwayGetsItsWordWhenItIsBack() throws IOException {
        pipeline.image("cats/tom.jpg", "tom");
        Path away = Files.move(pipeline.inbox.resolve("cats"), folder.resolve("away"));
        assertThat(report()).isEmpty();
        assertThat(pipeline.inbox).isEmptyDirectory();

        Files.move(away, pipeline.inbox.resolve("cats"));
        assertThat(later()).containsExactly("cats");
        assertThat(later()).isEmpty();
    }

    @Test
    void anInboxThatIsAwayMissesNoWord() throws IOException {
        pipeline.image("cats/tom.jpg", "tom");
        Path away = Files.move(pipeline.inbox, folder.resolve("away"));
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> reporter.due());
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> reporter.due());

        Files.move(away, pipeline.inbox);
        assertThat(report()).containsExactly("cats");
    }

    @Test
    void whatCannotBeWrittenIsSaidOnceAndTriedAgain() throws IOException {
        pipeline.image("cats/tom.jpg", "tom");
        Path inTheWay = Files.createDirectory(pipeline.inbox.resolve("cats/._status.txt.part"));
        try (LogLines log = new LogLines(Reporter.class)) {
            assertThat(report()).containsExactly("cats");
            assertThat(report()).isEmpty();
            assertThat(later()).containsExactly("cats");
            assertThat(log.containing("Could not write _status.txt in cats")).singleElement().asString()
                .contains("dropfolder.inbox.report=off");
            assertThat(status("cats")).doesNotExist();

            Files.delete(inTheWay);
            assertThat(later()).containsExactly("cats");
            assertThat(status("cats")).content().contains("first cats");
            assertThat(later()).isEmpty();
        }
    }

    @Test
    void whatCannotBeWrittenIsTriedAgainThoughItsTwinFolderHasItsWord() throws IOException {
        pipeline.image("Garden/rose.jpg", "rose");
        pipeline.image("garden/tulip.jpg", "tulip");
        List<Reporter.Word> due = reporter.due();
        String first = due.get(0).folder();
        Path inTheWay = Files.createDirectory(pipeline.inbox.resolve(first).resolve("._status.txt.part"));
        due.forEach(reporter::write);
        assertThat(status(first)).doesNotExist();
        assertThat(status(due.get(1).folder())).exists();

        assertThat(later()).contains(first);
        Files.delete(inTheWay);
        assertThat(later()).contains(first);
        assertThat(status(first)).content().contains("first Garden");
        assertThat(later()).isEmpty();
    }

    @Test
    void aFolderThatIsGoneIsNotWaitedForOnceTheOthersHaveTheirWord() throws IOException {
        pipeline.image("Garden/rose.jpg", "rose");
        pipeline.image("garden/tulip.jpg", "tulip");
        List<Reporter.Word> due = reporter.due();
        Path first = pipeline.inbox.resolve(due.get(0).folder());
        Files.createDirectory(first.resolve("._status.txt.part"));
        due.forEach(reporter::write);
        Files.move(first, folder.resolve("away"));

        assertThat(later()).containsExactly(due.get(1).folder());
        assertThat(later()).isEmpty();
    }

    @Test
    void aPersonsOwnFileIsLeftAloneAndThatIsSaidOnce() throws IOException {
        pipeline.image("cats/tom.jpg", "tom");
        Files.writeString(status("cats"), "my list");
        try (LogLines log = new LogLines(Reporter.class)) {
            report();
            word = "second";
            pipeline.image("cats/tim.jpg", "tim");
            report();
            assertThat(later()).isEmpty();
            assertThat(log.containing("not the server's own")).hasSize(1);
        }
        assertThat(status("cats")).hasContent("my list");
    }

    private void start() {
        leftovers = new Leftovers(pipeline.store, pipeline.stillness, Duration.ofMillis(250), pipeline.clock);
        reporter = new Reporter(pipeline.ledger.changes(), pipeline.folders, pipeline.store, leftovers,
            (dataset, left) -> word + " " + dataset + " " + left + "\n");
    }

    /** One look; answers the folders whose words were due. */
    private List<String> report() throws IOException {
        List<Reporter.Word> due = reporter.due();
        due.forEach(reporter::write);
        return due.stream().map(Reporter.Word::folder).toList();
    }

    /** So many looks that all is tried again that could not be written. */
    private List<String> later() throws IOException {
        List<String> folders = new ArrayList<>();
        for (int i = 0; i < Reporter.PATIENCE; i++) {
            folders.addAll(report());
        }
        return folders;
    }

    private Path status(String dataset) {
        return pipeline.inbox.resolve(dataset).resolve("_status.txt");
    }
}
