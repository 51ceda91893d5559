package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.dropfolder.pipeline.PipelineFixture.jpeg;
import static org.dropfolder.pipeline.PipelineFixture.text;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.dropfolder.image.Caption;
import org.dropfolder.image.FileType;
import org.dropfolder.image.Reason;
import org.dropfolder.ledger.Arrival;
import org.dropfolder.ledger.AssetKind;
import org.dropfolder.store.Dropped;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExaminerTest {
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
    void findsOutAllOfASoundImage() throws IOException {
        Arrival arrival = examine("cats/sub/Tom & I.JPG", jpeg("tom"));
        assertThat(arrival.kind()).isEqualTo(AssetKind.IMAGE);
        assertThat(arrival.reason()).isEmpty();
        assertThat(arrival.source()).isEqualTo("cats/sub/Tom & I.JPG");
        assertThat(arrival.stem()).isEqualTo("cats/sub/tom & i");
        assertThat(arrival.size()).isEqualTo(jpeg("tom").length);
        assertThat(arrival.modified()).isEqualTo(on.store.look("cats/sub/Tom & I.JPG").orElseThrow().modified());
        assertThat(arrival.sha256()).hasSize(64);
        assertThat(arrival.sentNames()).containsExactly("Tom _ I.JPG",
            "Tom _ I-" + arrival.sha256().substring(0, 8) + ".JPG", "Tom _ I-" + arrival.sha256() + ".JPG");
        assertThat(arrival.caption()).isEmpty();
    }

    @Test
    void givesANameTheEndingOfItsContent() throws IOException {
        assertThat(examine("cats/tom.png", jpeg("tom")).sentNames().get(0)).isEqualTo("tom.jpg");
        assertThat(examine("cats/tom", jpeg("tim")).sentNames().get(0)).isEqualTo("tom.jpg");
    }

    @Test
    void refusesWhatIsEmpty() throws IOException {
        refuses("cats/tom.jpg", new byte[0], Reason.empty("tom.jpg"));
    }

    @Test
    void refusesWhatIsNoImage() throws IOException {
        refuses("cats/tom.jpg", text("a letter"), Reason.of("tom.jpg", FileType.TEXT));
        assertThat(examine("cats/tom.jpg", text("a letter")).sentNames()).isEmpty();
    }

    @Test
    void refusesWhatIsTooLarge() throws IOException {
        int most = (int) PipelineFixture.IMAGE_SIZE - jpeg("x").length + 1;
        byte[] largest = jpeg("x".repeat(most));
        assertThat(examine("cats/tom.jpg", largest).reason()).isEmpty();
        byte[] tooLarge = jpeg("x".repeat(most + 1));
        refuses("cats/tom.jpg", tooLarge, Reason.tooLarge("tom.jpg", PipelineFixture.IMAGE_SIZE + 1,
            PipelineFixture.IMAGE_SIZE));
    }

    @Test
    void refusesWhatLiesDirectlyInTheInbox() throws IOException {
        refuses("tom.jpg", jpeg("tom"), Reason.withoutFolder("tom.jpg"));
        refuses("tom.txt", text("a cat"), Reason.withoutFolder("tom.txt"));
    }

    @Test
    void readsACaption() throws IOException {
        Arrival arrival = examine("cats/Tom.TXT", text(" a grey cat \r\n"));
        assertThat(arrival.kind()).isEqualTo(AssetKind.CAPTION);
        assertThat(arrival.stem()).isEqualTo("cats/tom");
        assertThat(arrival.caption()).contains("a grey cat");
        assertThat(arrival.reason()).isEmpty();
        assertThat(arrival.sentNames()).isEmpty();
        assertThat(examine("cats/tom.txt", new byte[0]).caption()).isEmpty();
    }

    @Test
    void refusesACaptionThatCannotBeUsed() throws IOException {
        refuses("cats/tom.txt", jpeg("tom"), Reason.unreadableCaption("tom.txt"));
        refuses("cats/tom.txt", text("x".repeat(Caption.LONGEST + 1)), Reason.captionTooLong("tom.txt"));
        byte[] huge = new byte[2 * Caption.LARGEST];
        refuses("cats/tom.txt", huge, Reason.captionTooLong("tom.txt"));
        assertThat(examine("cats/tom.txt", huge).size()).as("known whole all the same").isEqualTo(huge.length);
    }

    @Test
    void refusesACaptionWhoseImageHasGone() throws IOException {
        on.image("cats/tom.jpg", "tom");
        assertThat(examine("cats/tom.txt", text("a cat")).reason()).isEmpty();
        on.send("cats");
        refuses("cats/tom.txt", text("a cat"), Reason.captionTooLate("tom.txt"));
        assertThat(examine("cats/other/tom.txt", text("a cat")).reason()).as("of another folder").isEmpty();
        on.image("cats/tom.png", "another of its stem");
        assertThat(examine("cats/tom.txt", text("a cat")).reason()).isEmpty();
    }

    @Test
    void saysThatAFileIsGone() {
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> on.examiner.examine(
            new Dropped("cats/gone.jpg", 1, Instant.now())));
    }

    private void refuses(String source, byte[] content, Reason reason) throws IOException {
        assertThat(examine(source, content).reason()).isEqualTo(Optional.of(reason.text()));
    }

    private Arrival examine(String source, byte[] content) throws IOException {
        on.drop(source, content);
        return on.examiner.examine(on.store.look(source).orElseThrow()).arrival().orElseThrow();
    }
}
