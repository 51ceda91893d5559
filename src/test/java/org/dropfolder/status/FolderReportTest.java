package org.dropfolder.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.dropfolder.folder.Start;
import org.dropfolder.TestClock;
import org.dropfolder.image.FileNames;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What people read in the folder that they dropped into. */
class FolderReportTest {
    private static final BigDecimal PRICE = BigDecimal.valueOf(40);
    private static final List<String> WORDS_OF_OURS =
        List.of("null", "optional", "exception", "rejected/", "pending/", "ledger", "asset", "row", "sha", "uri");

    @TempDir
    private Path folder;

    private final TestClock clock = TestClock.of2000();
    private LedgerStory story;
    private Ledger ledger;
    private List<String> leftBehind = List.of();
    private boolean simulated;
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
    void tellsWhatStaysInAnArchive() {
        story.takenApart("cats", "shoot.zip", Reason.partsLeftOut("shoot.zip", List.of("plan.pdf")).text());

        assertThat(report("cats")).contains("Not all that these archives hold could be used:\n- shoot.zip was unpacked, but these "
            + "files in it could not be used:").contains("plan.pdf");
    }

    @Test
    void tellsTheWholeOfIt() {
        story.uploaded("cats", 12);
        story.image("cats", "tom.jpg");
        story.setAside("cats", "notes.jpg", Reason.notAnImage("notes.jpg").text());

        assertThat(report("cats")).isEqualTo("""
            cats

            12 of the 15 images that a training takes are at Ideogram. 1 image is on the way there.

            1 image waits until nothing new comes any more.
            It is sent. (23 Jan 04:56:12 UTC)

            1 file was set aside, and is kept outside this folder:
            - notes.jpg is not a JPEG, PNG or WebP image, nor one that could be made into one. Renaming does not
              help. Open it in an image program, export it as JPEG or PNG, and drop the new file.

            Dropfolder writes this file anew when something changes. To delete it does no harm.
            """);
    }

    @Test
    void countsTowardsTheFifteen() {
        story.image("cats", "tom.jpg");
        assertThat(report("cats")).contains("0 of the 15 images", "1 image is on the way there");

        story.sent("dogs", 3);
        assertThat(report("dogs")).contains("0 of the 15 images", "3 images are on the way there", "3 images are on the way to Ideogram");

        story.uploaded("birds", 4);
        assertThat(report("birds")).contains("4 of the 15 images", "Drop 11 more into its folder.");

        story.uploaded("ants", 17);
        assertThat(report("ants")).contains("17 images are at Ideogram; a training takes 15.", "waits until nothing more comes",
            "Then its training starts, for about 40 US dollars. (23 Jan 04:57:07 UTC)");
    }

    @Test
    void countsImagesThatWereThereBefore() {
        Dataset cats = ledger.datasets().ready(ledger.datasets().named("cats", "cats"), "an id", true);
        ledger.datasets().foundImages(cats, 9);
        story.uploaded("cats", 3);
        assertThat(report("cats")).contains("12 of the 15 images", "Drop 3 more");
    }

    @Test
    void staysTheSameWhileOnlyTimePasses() {
        Training training = story.running("cats");
        String before = report("cats");
        ledger.looks().showed(training, TrainingState.RUNNING, "TRAINING", Optional.empty(), Optional.of(clock.instant().plusSeconds(77)));
        assertThat(report("cats")).isEqualTo(before);

        Batch batch = story.sent("dogs", 3);
        ledger.batches().inDoubt(batch, "The connection broke.");
        before = report("dogs");
        clock.pass(Duration.ofHours(30));
        assertThat(report("dogs")).isEqualTo(before).contains("may have reached Ideogram. The connection broke.", "Nothing is sent twice");
    }

    @Test
    void tellsMomentsWithTheirZone() {
        Dataset cats = story.uploaded("cats", 4);
        ledger.datasets().troubled(cats.id(), "No connection.", clock.instant().plusSeconds(30));
        assertThat(report("cats", ZoneId.of("Asia/Tokyo"))).contains("No connection.", "tries again by itself. (23 Jan 13:56:37 JST)");
    }

    @Test
    void tellsOfTheTrainingWhatItCostsAndWhereTheModelIs() {
        story.running("cats");
        assertThat(report("cats")).contains("being trained with 15 images", "Training: 15 images, for about 40 US dollars, started 23 Jan 04:56:07 UTC")
            .doesNotContain("ended", "so far");

        story.ended("dogs", TrainingState.COMPLETED, Optional.of("model/dogs/version/1"));
        assertThat(report("dogs")).contains("Its model is ready: model/dogs/version/1\n", "40 US dollars, started 23 Jan 04:56:07 UTC,",
            "ended 23 Jan").containsOnlyOnce("model/dogs/version/1");
    }

    @Test
    void aModelIsStillToldWhileANextOneIsTrained() {
        story.ended("cats", TrainingState.COMPLETED, Optional.of("model/cats/version/1"));
        Dataset cats = ledger.datasets().named("cats").orElseThrow();
        Training next = ledger.trainings().waiting(cats, 2, "cats 2", 15, PRICE);
        assertThat(report("cats")).contains("The model so far: model/cats/version/1");
        ledger.trainings().intend(next, 15, PRICE, List.of(), 1000);
        assertThat(report("cats")).contains("being started", "The model so far: model/cats/version/1");
    }

    @Test
    void aModelThatWasFoundIsNotSaidToBePaid() {
        Dataset cats = story.uploaded("cats", 15);
        ledger.trainings().adopted(ledger.trainings().waiting(cats, 1, "cats", 15, PRICE), "model-1", clock.instant());
        assertThat(report("cats")).contains("Training: 15 images, not paid from here");
    }

    @ParameterizedTest
    @EnumSource(value = TrainingState.class, names = {"COMPLETED", "FAILED", "ARCHIVED", "STALLED", "GONE"})
    void saysSomethingPlainHoweverATrainingGoes(TrainingState state) {
        story.ended("cats", state, Optional.empty());
        assertThat(report("cats")).contains("40 US dollars");
    }

    @Test
    void saysSomethingPlainWhateverWaitsForAPerson() {
        approval = true;
        story.uploaded("cats", 15);
        clock.pass(Duration.ofMinutes(2));
        assertThat(report("cats")).contains("waits for your approval: it costs about 40 US dollars", "dropfolder train \"cats\"");
        simulated = true;
        assertThat(report("cats")).contains("(simulated: nothing is paid)", "--simulate");

        Training training = story.intended("dogs");
        ledger.trainings().inDoubt(training, "The connection broke.");
        assertThat(report("dogs")).contains("may have been started, and paid", "Training: 15 images, for about 40 US dollars (simulated");
        ledger.trainings().leaveToAPerson(training, "nobody knows");
        assertThat(report("dogs")).contains("You decide", "dropfolder retry \"dogs\"");

        Dataset birds = story.image("birds", "tit.jpg");
        ledger.datasets().intend(birds);
        ledger.datasets().creationInDoubt(birds, "no answer");
        assertThat(report("birds")).contains("'birds' may have been created");

        story.uploaded("ants", 1);
        story.caption("ants", "late.txt");
        assertThat(report("ants")).contains("'late.txt' waits for its image", "(23 Jan 05:08:07 UTC)");
    }

    @Test
    void namesTwentyOfWhatWasSetAsideAndCountsTheRest() {
        IntStream.range(0, 45).forEach(i -> {
            clock.pass(Duration.ofMillis(1));
            story.setAside("cats", i + ".jpg", Reason.notAnImage(i + ".jpg").text());
        });
        assertThat(report("cats")).contains("45 files were set aside", "- 44.jpg is not", "- 25.jpg is not", "- and 25 more\n")
            .doesNotContain("24.jpg", "rejected");
        assertThat(report("cats")).containsSubsequence("44.jpg", "25.jpg", "more").hasSizeLessThan(6_000);
    }

    @Test
    void namesTheFileWhereItsReasonDoesNot() {
        story.setAside("cats", "in here/photo.jpg", Reason.empty("photo.jpg").text());
        story.setAside("cats", "copy.jpg", Reason.refused("first.jpg", "INVALID_IMAGE").text());
        assertThat(report("cats")).contains("- in here/photo.jpg: photo.jpg is empty", "- copy.jpg: Ideogram did not take first.jpg");
    }

    @Test
    void namesCopiesWithWhatTheyAreCopiesOf() {
        story.image("cats", "tom.jpg");
        story.image("cats", "again/tom.jpg");
        // the story gives each file a content of its name
        story.copy("cats", "tom (1).jpg", "tom.jpg");
        assertThat(report("cats")).contains("1 file was there already", "- tom (1).jpg is the same picture as tom.jpg");
        IntStream.range(0, 25).forEach(i -> story.copy("cats", "copy " + i + ".jpg", "tom.jpg"));
        assertThat(report("cats")).contains("26 files were there already", "- copy 24.jpg is", "- and 6 more").doesNotContain("copy 4.jpg");
    }

    @Test
    void tellsWhatLiesThereAndCannotBeTaken() {
        leftBehind = List.of("a.jpg is a link.", "b.jpg can't be read.");
        story.uploaded("cats", 4);
        assertThat(report("cats")).contains("Still here, since it can't be taken:\n- a.jpg is a link.\n- b.jpg can't be read.\n");
        assertThat(report("dogs")).as("nothing else was ever dropped there").contains("Nothing was taken from this folder yet",
            "0 of the 15 images", "- a.jpg is a link.");
    }

    @Test
    void tellsOfTheInboxItselfWhatLayInNoFolder() {
        story.setAside("", "lost.jpg", Reason.withoutFolder("lost.jpg").text());
        assertThat(report("")).startsWith("what lay in no folder\n").contains("- lost.jpg lay directly in the inbox")
            .doesNotContain("fifteen", "15");
    }

    @Test
    void noNameDisturbsItsLines() {
        String hostile = "a\n\u202Eb\u0000\u2028'; DROP TABLE asset; --";
        story.setAside(hostile, hostile + ".jpg", "cannot\nbe " + "x".repeat(500));
        story.caption(hostile, hostile + ".txt");
        leftBehind = List.of(hostile);
        assertThat(report(hostile)).startsWith("a??b??'; DROP TABLE asset; --\n").contains("- a??b??'; DROP TABLE asset; --");
    }

    @Test
    void saysWhatWasSetInTheFolderAndWhatIsWrongWithIt() {
        Dataset cats = story.uploaded("cats", 3);
        ledger.folderFiles().read(FolderFile.of("cats/dropfolder.yaml", cats.id(), "{\"images\":20,\"hold\":true}"), "");
        assertThat(report("cats")).contains("3 of the 20 images that a training takes", "\nHeld: dropfolder.yaml in its folder says hold: true.",
            "\ndropfolder.yaml sets: hold: nothing is trained; a training takes 20 images.\n");

        ledger.folderFiles().read(FolderFile.faulty("cats/dropfolder.yaml", cats.id(), "Could not use dropfolder.yaml: line 1 is no YAML."), "");
        assertThat(report("cats")).contains("3 of the 15 images", "Could not use dropfolder.yaml: line 1 is no YAML.").doesNotContain("sets:");
    }

    @Test
    void writesLargeNumbersAsPeopleDo() {
        Paragraphs text = new Paragraphs(line -> line);
        text.list("Many:", List.of("one"), 19_881);
        assertThat(text).hasToString("\nMany:\n- one\n- and 19,880 more\n");
    }

    private String report(String dataset) {
        return report(dataset, ZoneId.of("UTC"));
    }

    /** Whatever it says, it is plain: in lines that fit, without what only programmers read. */
    private String report(String dataset, ZoneId zone) {
        Rules rules = new Rules(simulated, 15, Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofMinutes(10),
            new Rules.Spending(approval ? Start.APPROVE : Start.AUTO, 1000, PRICE, Optional.empty()));
        String text = new FolderReport(ledger, new Explainer(ledger, new StatusReport(ledger, 15, simulated), rules, clock), rules,
            new FolderReport.Spelling(zone, line -> FileNames.printable(line, 600))).of(dataset, leftBehind);
        assertThat(text).endsWith("To delete it does no harm.\n");
        assertThat(text.lines()).allSatisfy(line -> {
            assertThat(line).matches("[^\\p{Cc}\\p{Cf}\\u2028]*").matches("(\\S(.*\\S)?| {2}\\S.*)?");
            assertThat(line.length() <= Paragraphs.WIDTH || !line.strip().substring(2).contains(" ")).as(line).isTrue();
            assertThat(WORDS_OF_OURS).noneMatch(word -> line.toLowerCase(Locale.ROOT).matches(".*\\b" + word + "\\b.*") && !line.contains("DROP"));
        });
        return text;
    }
}
