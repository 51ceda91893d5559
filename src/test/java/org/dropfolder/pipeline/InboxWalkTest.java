package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dropfolder.folder.SettingsReader;
import org.dropfolder.store.Effects;
import org.dropfolder.store.S3Encryption;
import org.dropfolder.store.S3Place;
import org.dropfolder.store.S3Server;
import org.dropfolder.store.S3Store;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a bucket may be taken, and what finding that costs. */
class InboxWalkTest {
    private static final Duration SETTLE = Duration.ofSeconds(1);
    private static final int A_PAGE = 1000;

    @TempDir
    private Path folder;
    private S3Server s3;
    private PipelineFixture fixture;
    private Leftovers leftovers;
    private InboxWalk walk;
    private Stillness stillness;
    private S3Store store;

    @BeforeEach
    void start() throws IOException {
        s3 = new S3Server("photos");
        fixture = new PipelineFixture(folder);
        store = new S3Store(s3.client(), S3Place.of("s3://photos/inbox"), S3Place.of("s3://photos/dropfolder"),
            S3Encryption.BY_DEFAULT, Effects.UNDISTURBED);
        stillness = new Stillness(store, SETTLE, Duration.ofMinutes(2), fixture.clock);
        leftovers = new Leftovers(store, stillness, Duration.ofSeconds(10), fixture.clock);
        Folders folders = new Folders(fixture.ledger, store, stillness, Optional.empty());
        walk = new InboxWalk(store, new Threshold(folders, store, stillness, leftovers, Optional.empty()), leftovers, stillness);
    }

    @AfterEach
    void stop() {
        fixture.close();
        s3.close();
    }

    @Test
    void findsWhatStandsStillAndCanBeTaken() throws IOException {
        for (String key : List.of("cats/tom.jpg", "cats/deep/er/ä b.png", "loose.jpg", "cats/.hidden", "cats/__MACOSX/tom.jpg", "cats/_status.txt",
                "cats/", "_inbox/no.jpg")) {
            s3.put("photos", "inbox/" + key, "some bytes");
        }
        s3.put("photos", "elsewhere/tom.jpg", "some bytes");

        assertThat(all()).isEmpty();
        fixture.clock.pass(SETTLE);

        assertThat(all()).containsExactlyInAnyOrder("cats/tom.jpg", "cats/deep/er/ä b.png", "loose.jpg");
    }

    @Test
    void tellsOfWhatPeopleSetInFoldersOnceUntilItChangesOrIsGone() throws IOException {
        Folders folders = new Folders(fixture.ledger, store, stillness, Optional.empty());
        FolderReader reader = new FolderReader(fixture.ledger, store, folders, stillness, new SettingsReader());
        walk = new InboxWalk(store, new Threshold(folders, store, stillness, leftovers, Optional.of(reader)), leftovers, stillness);
        s3.put("photos", "inbox/cats/dropfolder.yaml", "hold: true");
        s3.put("photos", "inbox/cats/deep/dropfolder.yaml", "hold: true");
        s3.put("photos", "inbox/dropfolder.yaml", "hold: true");
        all();
        fixture.clock.pass(SETTLE);

        assertThat(all()).as("none is an image").isEmpty();
        assertThat(leftovers.in("")).containsExactly("dropfolder.yaml sets nothing, since it lies in no dataset's folder. Put it into one.");
        assertThat(reader.due()).containsExactly("cats/dropfolder.yaml");
        assertThat(reader.read("cats/dropfolder.yaml")).containsExactly("cats");
        assertThat(reader.isRead(fixture.dataset("cats"))).isTrue();
        fixture.clock.pass(SETTLE);
        all();
        assertThat(reader.due()).isEmpty();

        s3.put("photos", "inbox/cats/dropfolder.yaml", "images: 30");
        assertThat(reader.isRead(fixture.dataset("cats"))).isFalse();
        reader.due().forEach(reader::read);
        assertThat(fixture.ledger.folderFiles().all().get(0).settings()).contains("{\"images\":30}");
        s3.client().deleteObject(request -> request.bucket("photos").key("inbox/cats/dropfolder.yaml"));
        all();
        reader.due().forEach(reader::read);
        assertThat(fixture.ledger.folderFiles().all()).isEmpty();
    }

    @Test
    void waitsForAnObjectThatIsWrittenAnew() throws IOException {
        s3.put("photos", "inbox/cats/tom.jpg", "first");
        all();
        fixture.clock.pass(SETTLE);
        s3.put("photos", "inbox/cats/tom.jpg", "other");

        assertThat(all()).isEmpty();
        fixture.clock.pass(SETTLE);
        assertThat(all()).containsExactly("cats/tom.jpg");
    }

    @Test
    void tellsOfAKeyThatNamesNoFile() throws IOException {
        String longerThanAnyFoldersName = "x".repeat(300);
        s3.put("photos", "inbox/" + longerThanAnyFoldersName + "/tom.jpg", "some bytes");

        all();

        assertThat(leftovers.in(longerThanAnyFoldersName)).singleElement().asString().contains("stays where it is", "Give it another key.");
    }

    @Test
    void costsOneListingForAThousandObjectsAndNothingElse() throws IOException {
        s3.fill("photos", "inbox/cats/", 10 * A_PAGE);
        s3.requests().clear();

        assertThat(all()).isEmpty();

        assertThat(s3.requests()).hasSize(10).allMatch(request -> request.rawQueryParameters().containsKey("list-type"));
    }

    @Test
    void handsOnAPageAtATimeHoweverManyObjectsThereAre() throws IOException {
        s3.fill("photos", "inbox/cats/", 10 * A_PAGE);
        all();
        fixture.clock.pass(SETTLE);

        Optional<String> after = Optional.empty();
        List<String> found = new ArrayList<>();
        do {
            InboxWalk.Found page = walk.next(after);
            assertThat(page.locations()).hasSizeLessThanOrEqualTo(A_PAGE);
            found.addAll(page.locations());
            after = page.last();
        } while (after.isPresent());
        assertThat(found).hasSize(10 * A_PAGE).doesNotHaveDuplicates();
    }

    /** Between two of its pages it is not looked at: others' files may lie there unseen. */
    @Test
    void takesLongUntilAllOfTheInboxWasGoneThrough() throws IOException {
        s3.fill("photos", "inbox/cats/", 2 * A_PAGE + 1);
        all();
        fixture.clock.pass(SETTLE);
        InboxWalk.Found page = walk.next(Optional.empty());
        fixture.clock.pass(Stillness.LONG_LOOK.plusMillis(1));
        assertThat(stillness.isBusy()).isTrue();
        while (page.last().isPresent()) {
            assertThat(stillness.isBusy()).isTrue();
            page = walk.next(page.last());
        }
        assertThat(stillness.isBusy()).isFalse();
    }

    @Test
    void findsWhatLiesInAFolderBesideAnObjectOfItsNameThatCantBeRead() throws IOException {
        s3.put("photos", "inbox/cats", "closed");
        s3.put("photos", "inbox/cats/tom.jpg", "some bytes");
        s3.refuse(asked -> asked.operation() == S3Server.Operation.READ && asked.key().equals("inbox/cats"), 403, "AccessDenied", "closed");
        assertThatIOException().isThrownBy(() -> store.openSource("cats"));

        all();
        fixture.clock.pass(SETTLE);

        assertThat(all()).containsExactly("cats/tom.jpg");
    }

    @Test
    void failsWhereTheBucketCantBeListed() {
        s3.refuse(S3Server.Operation.LIST, 503, "SlowDown");

        assertThatIOException().isThrownBy(this::all).withMessageContaining("slow down");
    }

    /** A whole walk. */
    private List<String> all() throws IOException {
        List<String> found = new ArrayList<>();
        InboxWalk.Found page = walk.next(Optional.empty());
        found.addAll(page.locations());
        while (page.last().isPresent()) {
            page = walk.next(page.last());
            found.addAll(page.locations());
        }
        return found;
    }
}
