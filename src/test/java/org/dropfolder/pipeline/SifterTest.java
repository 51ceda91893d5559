package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.dropfolder.pipeline.PipelineFixture.jpeg;
import static org.dropfolder.pipeline.PipelineFixture.listing;
import static org.dropfolder.pipeline.PipelineFixture.text;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dropfolder.image.FileType;
import org.dropfolder.image.Reason;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Tally;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SifterTest {
    @TempDir
    Path folder;

    private PipelineFixture on;

    @BeforeEach
    void begin() throws IOException {
        on = new PipelineFixture(folder);
    }

    @AfterEach
    void end() {
        on.close();
    }

    @Test
    void whatIsStillTheSameMayGo() throws IOException {
        on.image("cats/tom.jpg", "tom");
        assertThat(steady()).isTrue();
        assertThat(on.tally("cats")).isEqualTo(new Tally(Map.of(AssetState.ACCEPTED, 1)));
    }

    @Test
    void aChangedImageIsAcceptedAnewAndHoldsUpTheBatch() throws IOException {
        Asset image = on.image("cats/tom.jpg", "tom");
        on.clock.pass(Duration.ofMinutes(1));
        write(image, jpeg("tom grew"));
        assertThat(steady()).isFalse();
        assertThat(on.dataset("cats").lastArrival()).isEqualTo(on.clock.instant());
        assertThat(steady()).isTrue();
        assertThat(on.send("cats").images()).singleElement().satisfies(now -> {
            assertThat(now.size()).isEqualTo(jpeg("tom grew").length);
            assertThat(now.sha256()).isNotEqualTo(image.sha256());
        });
    }

    @Test
    void nothingIsSetAsideWhileTheWholeDataFolderIsAway() throws IOException {
        on.image("cats/tom.jpg", "tom");
        Path away = Files.move(on.data, folder.resolve("away"));
        assertThatIOException().isThrownBy(this::steady).withMessageContaining("pending/cats/1-tom.jpg");
        Files.move(away, on.data);
        assertThat(steady()).isTrue();
        assertThat(on.tally("cats")).isEqualTo(new Tally(Map.of(AssetState.ACCEPTED, 1)));
    }

    @Test
    void anImageThatBecameAnArchiveIsTakenUpByTheNextLook() throws IOException {
        Asset image = on.image("cats/tom.jpg", "tom");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("tim.jpg"));
            zip.write(jpeg("tim"));
        }
        write(image, bytes.toByteArray());
        assertThat(steady()).isFalse();
        assertThat(on.read("rejected/cats/tom.jpg.reason.txt")).isEqualTo(Reason.rewritten("tom.jpg").text() + "\n");
        Reviewer reviewer = new Reviewer(on.ledger, on.store, on.examiner, on.mover, on.places);
        new Inspector(on.ledger, on.examiner, reviewer, on.clock).lookAgain();
        assertThat(on.ledger.containers().waitingIn(on.dataset("cats").id())).extracting(Asset::id).containsExactly(image.id());
        assertThat(on.files()).containsExactly("pending/cats/1-tom.jpg");
    }

    @Test
    void anImageThatIsBeingWrittenIsNotReadAndHoldsUpTheBatch() throws IOException {
        Asset image = on.image("cats/tom.jpg", "tom");
        Files.write(on.data.resolve(image.target()), jpeg("tom grows"));
        assertThat(steady()).isFalse();
        assertThat(on.ledger.assets().waiting(on.dataset("cats").id())).containsExactly(image);
        on.clock.pass(PipelineFixture.A_WHILE);
        assertThat(steady()).isFalse();
        assertThat(steady()).isTrue();
        assertThat(on.send("cats").images()).extracting(Asset::size).containsExactly((long) jpeg("tom grows").length);
    }

    @Test
    void anImageThatWasCutToNothingIsWaitedForAndThenGivenUp() throws IOException {
        Asset image = on.image("cats/tom.jpg", "tom");
        write(image, new byte[0]);
        assertThat(steady()).isFalse();
        assertThat(on.ledger.assets().waiting(on.dataset("cats").id())).containsExactly(image);
        on.clock.pass(PipelineFixture.UNFINISHED);
        assertThat(steady()).isFalse();
        assertThat(on.files()).contains("rejected/cats/tom.jpg.reason.txt");
        assertThat(steady()).isTrue();
    }

    @Test
    void aCaptionThatGrowsIsReadAnewAndHoldsUpTheBatch() throws IOException {
        Asset caption = on.caption("cats/tom.txt", "half a");
        on.image("cats/tom.jpg", "tom");
        write(caption, text("half a caption"));
        assertThat(steady()).isFalse();
        assertThat(steady()).isTrue();
        assertThat(on.send("cats").images()).extracting(Asset::caption).containsExactly(Optional.of("half a caption"));
    }

    @Test
    void aCaptionThatBecameUnreadableIsSetAsideAndItsImageGoesWithout() throws IOException {
        Asset caption = on.caption("cats/tom.txt", "a cat");
        on.image("cats/tom.jpg", "tom");
        write(caption, new byte[] {(byte) 0xff, (byte) 0xc0, 0});
        assertThat(steady()).isFalse();
        assertThat(on.files()).contains("rejected/cats/tom.txt.reason.txt");
        assertThat(steady()).isTrue();
        assertThat(on.send("cats").images()).extracting(Asset::caption).containsExactly(Optional.empty());
    }

    @Test
    void anImageThatWasOnlyTouchedIsTheSameOne() throws IOException {
        Asset image = on.image("cats/tom.jpg", "tom");
        Files.setLastModifiedTime(on.data.resolve(image.target()), FileTime.fromMillis(0));
        on.clock.pass(PipelineFixture.A_WHILE);
        assertThat(steady()).isFalse();
        assertThat(steady()).isTrue();
    }

    @Test
    void anImageThatBecameACopyIsADuplicate() throws IOException {
        Asset first = on.image("cats/tom.jpg", "tom");
        Asset second = on.image("cats/tim.jpg", "another");
        write(second, jpeg("tom"));
        assertThat(steady()).isFalse();
        assertThat(on.tally("cats")).isEqualTo(new Tally(Map.of(AssetState.ACCEPTED, 1, AssetState.DUPLICATE, 1)));
        assertThat(on.send("cats").images()).extracting(Asset::id).containsExactly(first.id());
    }

    @Test
    void aCopyOfAnUploadedOneGoesToItAtOnce() throws IOException {
        on.image("cats/tom.jpg", "tom");
        on.upload("cats");
        Asset second = on.image("cats/tim.jpg", "another");
        write(second, jpeg("tom"));
        steady();
        assertThat(on.files()).containsExactly("done/cats/1-tom.jpg", "done/cats/2-tim.jpg");
    }

    @Test
    void anImageThatBrokeIsSetAsideAndItsDuplicateGoesInItsPlace() throws IOException {
        Asset image = on.image("cats/tom.jpg", "tom");
        Asset duplicate = on.image("cats/copy.jpg", "tom");
        write(image, text("no image any more"));
        assertThat(steady()).isFalse();
        assertThat(on.read("rejected/cats/tom.jpg.reason.txt")).isEqualTo(Reason.of("tom.jpg", FileType.TEXT).text() + "\n");
        assertThat(on.send("cats").images()).extracting(Asset::id).containsExactly(duplicate.id());
    }

    @Test
    void anImageThatWasTakenAwayIsGivenUpAndItsDuplicateGoesInItsPlace() throws IOException {
        Asset image = on.image("cats/tom.jpg", "tom");
        Asset duplicate = on.image("cats/copy.jpg", "tom");
        Files.delete(on.data.resolve(image.target()));
        assertThat(steady()).isTrue();
        assertThat(on.read("rejected/cats/tom.jpg.reason.txt")).isEqualTo(Reason.takenAway("tom.jpg").text() + "\n");
        assertThat(on.tally("cats")).isEqualTo(new Tally(Map.of(AssetState.REJECTED, 1, AssetState.ACCEPTED, 1)));
        assertThat(on.send("cats").images()).extracting(Asset::id).containsExactly(duplicate.id());
    }

    @Test
    void theEarliestHaveTheFirstRightToTheRoom() throws IOException {
        Asset first = on.image("cats/1.jpg", "one");
        on.image("cats/2.jpg", "two");
        on.image("cats/copy of 2.jpg", "two");
        assertThat(on.sifter.roomFor(on.dataset("cats"), listing(98))).isTrue();
        assertThat(on.tally("cats").of(AssetState.ACCEPTED)).isEqualTo(2);
        assertThat(on.sifter.roomFor(on.dataset("cats"), listing(99))).isTrue();
        assertThat(on.send("cats").images()).extracting(Asset::id).containsExactly(first.id());
        assertThat(on.files()).contains("rejected/cats/2.jpg", "rejected/cats/copy of 2.jpg");
        assertThat(on.read("rejected/cats/2.jpg.reason.txt")).isEqualTo(Reason.datasetFull("2.jpg", "cats").text() + "\n");
    }

    @Test
    void aFullDatasetHasNoRoom() throws IOException {
        on.image("cats/1.jpg", "one");
        assertThat(on.sifter.roomFor(on.dataset("cats"), listing(105))).isFalse();
        assertThat(on.tally("cats")).isEqualTo(new Tally(Map.of(AssetState.REJECTED, 1)));
    }

    private boolean steady() throws IOException {
        return on.sifter.steady(on.dataset("cats"));
    }

    private void write(Asset image, byte[] content) throws IOException {
        Files.write(on.data.resolve(image.target()), content);
        Files.setLastModifiedTime(on.data.resolve(image.target()), FileTime.from(image.modified().plusSeconds(1)));
        on.clock.pass(PipelineFixture.A_WHILE);
    }
}
