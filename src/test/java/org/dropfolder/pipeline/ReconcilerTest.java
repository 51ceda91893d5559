package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.dropfolder.ideogram.DatasetDetail;
import org.dropfolder.ideogram.DatasetFile;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconcilerTest {
    @TempDir
    Path folder;

    private PipelineFixture on;
    private Reconciler reconciler;

    @BeforeEach
    void begin() throws IOException {
        on = new PipelineFixture(folder);
        reconciler = new Reconciler(on.ledger, on.places);
    }

    @AfterEach
    void end() {
        on.close();
    }

    @Test
    void whatIsListedByNameAndSizeIsNotSent() throws IOException {
        Asset tom = on.image("cats/tom.jpg", "tom");
        on.image("cats/tim.jpg", "tim");
        reconcile(file("tom.jpg", tom.size()), file("other.jpg", 7));
        assertThat(on.tally("cats").of(AssetState.UPLOADED)).isEqualTo(1);
        assertThat(on.files()).containsExactlyInAnyOrder("done/cats/1-tom.jpg", "pending/cats/2-tim.jpg");
        assertThat(waiting()).containsExactly("tim.jpg");
    }

    @Test
    void whatIsListedUnderTheNameThatItGetsWhereItsOwnIsTakenIsNotSentEither() throws IOException {
        Asset tom = on.image("cats/tom.jpg", "tom");
        reconcile(file("tom-" + tom.sha256().substring(0, 8) + ".jpg", tom.size()));
        assertThat(waiting()).isEmpty();
    }

    @Test
    void aNameThatOthersTookIsMadeFreeByItsStem() throws IOException {
        Asset tom = on.image("cats/tom.jpg", "tom");
        String free = "tom-" + tom.sha256().substring(0, 8) + ".jpg";
        reconcile(file("TOM.png", tom.size()));
        assertThat(waiting()).containsExactly(free);
        reconcile(file("TOM.png", tom.size()));
        assertThat(waiting()).as("again").containsExactly(free);
        reconcile(file("tom.jpg", tom.size() + 1), file(free, tom.size() + 1));
        assertThat(waiting()).singleElement().asString().startsWith("tom-").isNotEqualTo(free);
    }

    @Test
    void aNameWithoutASizeProvesNothing() throws IOException {
        on.image("cats/tom.jpg", "tom");
        reconcile(new DatasetFile(Optional.of("tom.jpg"), OptionalLong.empty()), new DatasetFile(Optional.empty(), OptionalLong.of(7)));
        assertThat(waiting()).singleElement().asString().startsWith("tom-");
    }

    @Test
    void anEmptyListingChangesNothing() throws IOException {
        on.image("cats/tom.jpg", "tom");
        reconcile();
        assertThat(waiting()).containsExactly("tom.jpg");
    }

    private void reconcile(DatasetFile... files) throws IOException {
        DatasetDetail listing = new DatasetDetail(PipelineFixture.remote("id", "cats"), OptionalInt.of(files.length), Arrays.asList(files),
            List.of());
        for (Asset moving : reconciler.reconcile(on.dataset("cats"), listing)) {
            on.mover.place(moving);
        }
    }

    private List<String> waiting() {
        return on.ledger.assets().waiting(on.dataset("cats").id()).stream().map(image -> image.sentName().orElseThrow()).toList();
    }

    private static DatasetFile file(String name, long size) {
        return new DatasetFile(Optional.of(name), OptionalLong.of(size));
    }
}
