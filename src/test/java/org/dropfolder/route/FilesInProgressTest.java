package org.dropfolder.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.dropfolder.TestClock;
import org.dropfolder.pipeline.Stillness;
import org.dropfolder.store.FolderStore;
import org.junit.jupiter.api.Test;

class FilesInProgressTest {
    private static final int MORE_THAN_CAMELS_OWN_HOLDS = 100_001;

    private final Stillness stillness = new Stillness(new FolderStore(Path.of("none"), Path.of("none")), Duration.ofSeconds(1),
        Duration.ofMinutes(2), TestClock.of2000());
    private final FilesInProgress files = new FilesInProgress(stillness, UnaryOperator.identity());

    @Test
    void givesAFileToOneAtATime() {
        assertThat(files.add("cats/a.jpg")).isTrue();
        assertThat(files.add("cats/a.jpg")).isFalse();
        assertThat(files.contains("cats/a.jpg")).isTrue();
        assertThat(files.contains("dogs/a.jpg")).isFalse();
    }

    @Test
    void givesAFileAgainOnceItsExchangeHasEnded() {
        files.add("cats/a.jpg");
        assertThat(files.remove("cats/a.jpg")).isTrue();
        assertThat(files.remove("cats/a.jpg")).isFalse();

        assertThat(files.add("cats/a.jpg")).isTrue();
        assertThat(files.confirm("cats/a.jpg")).isTrue();
        assertThat(files.add("cats/a.jpg")).isTrue();
    }

    @Test
    void takesAsManyAsThereAre() {
        for (int i = 0; i < MORE_THAN_CAMELS_OWN_HOLDS; i++) {
            files.add("cats/" + i);
        }

        assertThat(files.add("cats/one more")).isTrue();
        assertThat(files.contains("cats/0")).isTrue();
    }

    @Test
    void namesFilesAsTheInboxDoes() {
        for (String inbox : List.of("inbox", "./inbox", "some/../inbox", "inbox/")) {
            assertThat(InboxLocation.of(new File(inbox), new File("inbox/cats/a b.jpg").getAbsolutePath())).as(inbox).isEqualTo("cats/a b.jpg");
            assertThat(InboxLocation.of(new File(inbox), new File("inbox/a.jpg").getAbsolutePath())).as(inbox).isEqualTo("a.jpg");
        }
    }

    @Test
    void forgetsAllWhenItIsCleared() {
        files.add("cats/a.jpg");

        files.clear();

        assertThat(files.contains("cats/a.jpg")).isFalse();
    }
}
