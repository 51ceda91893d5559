package org.dropfolder.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FilesInProgressTest {
    private static final int MORE_THAN_CAMELS_OWN_HOLDS = 100_001;

    private final FilesInProgress files = new FilesInProgress();

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
    void forgetsAllWhenItIsCleared() {
        files.add("cats/a.jpg");

        files.clear();

        assertThat(files.contains("cats/a.jpg")).isFalse();
    }
}
