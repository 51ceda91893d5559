package org.dropfolder.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dropfolder.folder.Start;
import org.dropfolder.TestClock;
import org.dropfolder.image.Reason;
import org.dropfolder.ledger.Batch;
import org.dropfolder.ledger.Dataset;
import org.dropfolder.ledger.FolderFile;
import org.dropfolder.ledger.Ledger;
import org.dropfolder.ledger.LedgerStory;
import org.dropfolder.ledger.Training;
import org.dropfolder.ledger.TrainingState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page is told. */
class PageReportTest {
    @TempDir
    private Path folder;

    private final TestClock clock = TestClock.of2000();
    private final List<Status.OfTrouble> troubles = new ArrayList<>();
    private final List<Upload> uploads = new ArrayList<>();
    private LedgerStory story;
    private Ledger ledger;
    private boolean approval;

    @BeforeEach
    void begin() {
        story = new LedgerStory(folder, clock, false);
        ledger = story.ledger();
    }

    @AfterEach
    void end() {
        story.close();
    }

    @Test
    void isEmptyAtTheBeginningAndTellsWhereToDrop() {
        assertThat(report().overview("", Optional.empty()))
            .isEqualTo(new Overview(false, "the inbox", List.of(), 0, 0, 0, List.of(), null));
    }

    @Test
    void saysOfADatasetWhatExplainSays() {
        story.uploaded("cats", 12);
        story.image("cats", "tom.jpg");
        story.setAside("cats", "notes.jpg", Reason.notAnImage("notes.jpg").text());

        Card card = report().card("cats").orElseThrow();

        Prospect words = explainer().prospect("cats").orElseThrow();
        assertThat(card.outlook()).isEqualTo(new Card.Outlook(words.why(), words.next(), "2000-01-23T04:56:12Z", false, false));
        assertThat(List.of(card.there(), card.needed(), card.pending(), card.rejected())).containsExactly(12, 15, 1, 1);
        assertThat(card.stage()).isEqualTo(Stage.COLLECTING);
        assertThat(card.images()).hasSize(PageReport.GLANCE);
        assertThat(card.images().get(0).name()).as("the newest").isEqualTo("tom.jpg");
        assertThat(card.images()).extracting(Card.Image::uploaded).containsExactly(false, true, true, true, true);
    }

    @Test
    void tellsWhatWasSetAsideInTheWordsOfItsNote() {
        String reason = Reason.notAnImage("notes.jpg").text();
        story.setAside("cats", "notes.jpg", reason);
        story.takenApart("cats", "shoot.zip", Reason.partsLeftOut("shoot.zip", List.of("plan.pdf")).text());
        story.copy("cats", "again.jpg", "of shoot.zip.jpg");

        DatasetPage page = report().of("cats").orElseThrow();

        assertThat(page.setAsideInAll()).isEqualTo(2);
        assertThat(page.setAside().get(0).file()).isEqualTo("notes.jpg");
        assertThat(page.setAside().get(0).reason()).isEqualTo(reason);
        assertThat(page.setAside().get(0).image()).isNotNull();
        assertThat(page.setAside().get(1).reason()).contains("plan.pdf");
        assertThat(page.setAside().get(1).image()).as("an archive has no picture").isNull();
        assertThat(page.copies()).containsExactly(new DatasetPage.Copy("again.jpg", "of shoot.zip.jpg"));
        assertThat(page.orders().retry()).isTrue();
    }

    @Test
    void asksForApprovalAndTellsThePrice() {
        approval = true;
        story.uploaded("cats", 15);
        clock.pass(Duration.ofMinutes(2));

        DatasetPage page = report().of("cats").orElseThrow();

        assertThat(page.dataset().stage()).isEqualTo(Stage.APPROVAL);
        assertThat(page.orders()).isEqualTo(new DatasetPage.Orders("approve", "about 40 US dollars", false));
        assertThat(page.dataset().outlook().why()).contains("waits for your approval: it costs about 40 US dollars");
        assertThat(page.trainings()).isEmpty();
    }

    @Test
    void letsNobodyPayTwice() {
        story.uploaded("few", 14);
        assertThat(order("few")).isNull();
        story.uploaded("many", 15);
        assertThat(order("many")).as("before its time").isEqualTo("start");
        story.running("running");
        assertThat(order("running")).isNull();
        story.ended("done", TrainingState.COMPLETED, Optional.of("model/done/version/1"));
        assertThat(order("done")).isEqualTo("again");
    }

    @Test
    void tellsTheTrainingsWithTheirCostAndTime() {
        story.ended("cats", TrainingState.COMPLETED, Optional.of("model/cats/version/1"));

        DatasetPage page = report().of("cats").orElseThrow();

        assertThat(page.dataset().stage()).isEqualTo(Stage.READY);
        assertThat(page.dataset().model()).isEqualTo("model/cats/version/1");
        assertThat(page.trainings()).singleElement().satisfies(training -> {
            assertThat(training.state()).isEqualTo("COMPLETED");
            assertThat(training.price()).isEqualByComparingTo(BigDecimal.valueOf(40));
            assertThat(training.paid()).isTrue();
            assertThat(training.started()).startsWith("2000-01-23T04:56:07");
            assertThat(training.ended()).isNotNull();
            assertThat(training.uri()).isEqualTo("model/cats/version/1");
        });
    }

    @Test
    void tellsHowFarEachHasCome() {
        story.image("new", "1.jpg");
        assertThat(stage("new")).isEqualTo(Stage.COLLECTING);
        story.uploaded("full", 15);
        assertThat(stage("full")).isEqualTo(Stage.COMPLETE);
        story.running("running");
        assertThat(stage("running")).isEqualTo(Stage.TRAINING);
        story.ended("failed", TrainingState.FAILED, Optional.empty());
        assertThat(stage("failed")).isEqualTo(Stage.ENDED);
        Dataset paused = story.uploaded("paused", 2);
        ledger.datasets().troubled(paused.id(), "No connection.", clock.instant().plusSeconds(30));
        assertThat(stage("paused")).isEqualTo(Stage.PAUSED);
        Batch batch = story.sent("doubt", 2);
        ledger.batches().inDoubt(batch, "The connection broke.");
        assertThat(stage("doubt")).isEqualTo(Stage.DOUBT);
    }

    @Test
    void showsSomeAtATimeAndEachOnce() {
        int all = PageReport.SHOWN * 2 + 3;
        for (int i = 0; i < all; i++) {
            story.image("dataset " + i, "1.jpg");
        }
        List<String> seen = new ArrayList<>();
        Optional<Long> before = Optional.empty();
        do {
            Overview page = report().overview("", before);
            assertThat(page.found()).isEqualTo(all);
            assertThat(page.datasets()).hasSizeLessThanOrEqualTo(PageReport.SHOWN);
            page.datasets().forEach(card -> seen.add(card.name()));
            before = Optional.ofNullable(page.more());
        } while (before.isPresent());

        assertThat(seen).hasSize(all).doesNotHaveDuplicates();
        assertThat(seen.get(0)).isEqualTo("dataset " + (all - 1));
        assertThat(report().overview("SET 5", Optional.empty()).datasets()).extracting(Card::name).containsExactly("dataset 50", "dataset 5");
    }

    @Test
    void whatLiesInNoFolderIsNoDataset() {
        story.setAside("", "lost.jpg", Reason.withoutFolder("lost.jpg").text());

        Overview overview = report().overview("", Optional.empty());

        assertThat(overview.withoutFolder()).isEqualTo(1);
        assertThat(overview.datasets()).isEmpty();
        assertThat(report().of("")).isEmpty();
        assertThat(report().card("nobody")).isEmpty();
    }

    @Test
    void thePulseNamesWhatChangedOnce() {
        Pulse pulse = new Pulse(ledger, () -> List.copyOf(troubles), List::of);
        assertThat(pulse.next()).isEmpty();

        story.uploaded("cats", 3);
        story.image("dogs", "1.jpg");
        assertThat(pulse.next().orElseThrow().datasets()).containsExactly("cats", "dogs");
        assertThat(pulse.next()).isEmpty();

        troubles.add(new Status.OfTrouble("KEY", "The key is refused.", "2000-01-23T04:56:07Z"));
        assertThat(pulse.next().orElseThrow().datasets()).isEmpty();
        assertThat(pulse.next()).isEmpty();
        assertThat(report().overview("", Optional.empty()).troubles()).hasSize(1);
    }

    @Test
    void ofTooManyChangesThePulseTellsThatThereWere() {
        Pulse pulse = new Pulse(ledger, List::of, List::of);
        for (int i = 0; i < Pulse.NAMED + 5; i++) {
            story.image("dataset " + i, "1.jpg");
        }

        Pulse.Beat beat = pulse.next().orElseThrow();

        assertThat(beat.all()).isTrue();
        assertThat(beat.datasets()).isEmpty();
        assertThat(pulse.next().orElseThrow().datasets()).as("the rest").hasSize(4);
    }

    @Test
    void thePulseTellsHowFarUploadsAreAndThatTheLastHasEnded() {
        Pulse pulse = new Pulse(ledger, List::of, () -> List.copyOf(uploads));
        assertThat(pulse.uploads()).isEmpty();

        uploads.add(new Upload("cats", 10, 100, 5, 18L));
        assertThat(pulse.uploads()).contains(List.of(uploads.get(0)));
        assertThat(pulse.uploads()).as("it stands still").isEmpty();

        uploads.clear();
        assertThat(pulse.uploads()).contains(List.of());
        assertThat(pulse.uploads()).isEmpty();
    }

    @Test
    void anUploadIsShownWithItsDatasetAlone() {
        story.uploaded("cats", 3);
        story.uploaded("dogs", 3);
        uploads.add(new Upload("cats", 10, 100, 5, 18L));

        assertThat(report().card("cats").orElseThrow().upload()).isEqualTo(uploads.get(0));
        assertThat(report().card("dogs").orElseThrow().upload()).isNull();
        Status status = new StatusReport(ledger, 15, false).now();
        assertThat(status.with(uploads).datasets()).extracting(Status.OfDataset::upload).containsExactly(uploads.get(0), null);
        assertThat(status.datasets()).extracting(Status.OfDataset::upload).as("without a server").containsOnlyNulls();
    }

    @Test
    void showsWhatPeopleSetInTheFolder() {
        Dataset cats = story.uploaded("cats", 16);
        assertThat(report().of("cats").orElseThrow().folder()).isNull();
        set(cats, "{\"images\":20,\"start\":\"approve\",\"steps\":2000}");

        assertThat(report().card("cats").orElseThrow().needed()).isEqualTo(20);
        assertThat(stage("cats")).isEqualTo(Stage.COLLECTING);
        assertThat(report().of("cats").orElseThrow().folder()).isEqualTo(new Status.OfFolder(Map.of("images", 20, "start", "approve", "steps", 2000),
            List.of("a training takes 20 images", "start: approve", "trained with 2000 steps"), null));
        Status.OfDataset status = new StatusReport(ledger, 15, false).now().datasets().get(0);
        assertThat(status.needed()).isEqualTo(20);
        assertThat(status.folder().words()).hasSize(3);
        assertThat(new StatusReport(ledger, 15, false).of("cats")).contains(status);

        set(cats, "{\"images\":16,\"start\":\"approve\"}");
        assertThat(stage("cats")).isEqualTo(Stage.APPROVAL);
        assertThat(order("cats")).isEqualTo("approve");
    }

    @Test
    void asksForApprovalOfANextVersionThatNothingWantsAnyMoreAndStillShowsTheModel() {
        Training first = story.ended("cats", TrainingState.COMPLETED, Optional.of("model/cats/version/1"));
        Dataset cats = ledger.datasets().named("cats").orElseThrow();
        ledger.trainings().waiting(cats, first.run() + 1, "cats 2", 15, BigDecimal.valueOf(40));
        clock.pass(Duration.ofMinutes(2));

        assertThat(stage("cats")).isEqualTo(Stage.APPROVAL);
        assertThat(order("cats")).isEqualTo("approve");
        DatasetPage page = report().of("cats").orElseThrow();
        assertThat(page.dataset().outlook().why()).contains("waits for your approval", "this next version is not trained by itself");
        assertThat(page.trainings()).extracting(Object::toString).anyMatch(training -> training.contains("model/cats/version/1"));

        ledger.orders().approve(cats.id(), BigDecimal.valueOf(40));
        assertThat(order("cats")).isNull();
        assertThat(report().of("cats").orElseThrow().dataset().outlook().why()).doesNotContain("approval");
    }

    @Test
    void showsWhyNothingIsTrainedByWhatPeopleSet() {
        Dataset cats = story.uploaded("cats", 3);
        set(cats, "{\"hold\":true}");
        assertThat(stage("cats")).isEqualTo(Stage.PAUSED);
        Prospect prospect = explainer().prospect("cats").orElseThrow();
        assertThat(prospect.why()).startsWith("Held: dropfolder.yaml in its folder says hold: true.");
        assertThat(prospect.next()).isEqualTo("Change that file, or delete it.");

        ledger.folderFiles().read(FolderFile.faulty("cats/dropfolder.yaml", cats.id(), "Could not use dropfolder.yaml: line 1 is no YAML."), "");
        assertThat(explainer().prospect("cats").orElseThrow().why()).isEqualTo("Could not use dropfolder.yaml: line 1 is no YAML.");
        assertThat(new StatusReport(ledger, 15, false).now().datasets().get(0).waitsFor()).contains("line 1 is no YAML");
        assertThat(report().of("cats").orElseThrow().folder().trouble()).contains("line 1 is no YAML");
    }

    private void set(Dataset dataset, String settings) {
        ledger.folderFiles().read(FolderFile.of(dataset.name() + "/dropfolder.yaml", dataset.id(), settings), "");
    }

    private Stage stage(String dataset) {
        return report().card(dataset).orElseThrow().stage();
    }

    private String order(String dataset) {
        return report().of(dataset).orElseThrow().orders().train();
    }

    private Rules rules() {
        return new Rules(false, 15, Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofMinutes(10),
            new Rules.Spending(approval ? Start.APPROVE : Start.AUTO, 1000, BigDecimal.valueOf(40), Optional.empty()));
    }

    private Explainer explainer() {
        return new Explainer(ledger, new StatusReport(ledger, 15, false), rules(), clock);
    }

    private PageReport report() {
        return new PageReport(ledger, explainer(), rules(), new PageReport.House("the inbox", () -> troubles, () -> uploads));
    }
}
