package org.dropfolder.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InventoryTest {
    @TempDir
    Path folder;

    private FolderStore store;

    @BeforeEach
    void begin() {
        store = new FolderStore(folder.resolve("inbox"), folder.resolve("data"));
    }

    @Test
    void tellsWhatRestsOnAShelfTheEarliestFirst() throws IOException {
        put("done/cats/10-photo.jpg");
        put("done/cats/9-2-photo.jpg");
        put("done/cats/9.2-17-photo.jpg");
        put("done/cats/by hand.jpg");
        put("pending/cats/1-photo.jpg");
        assertThat(all(Shelf.DONE)).extracting(Shelved::name).containsExactly("2-photo.jpg", "17-photo.jpg", "photo.jpg", "by hand.jpg");
        assertThat(all(Shelf.DONE)).extracting(Shelved::dataset).containsOnly("cats");
        assertThat(all(Shelf.PENDING)).singleElement().satisfies(shelved ->
            assertThat(store.lookTarget(shelved.file().source())).contains(shelved.file()));
    }

    @Test
    void tellsRejectedFilesByTheNamesTheyLieUnder() throws IOException {
        put("rejected/cats/3-photo.jpg");
        put("rejected/_inbox/loose.jpg");
        store.explain("rejected/_inbox/loose.jpg", "why\nand more");
        assertThat(all(Shelf.REJECTED)).extracting(each -> each.dataset() + ":" + each.name())
            .containsExactlyInAnyOrder("cats:3-photo.jpg", ":loose.jpg");
        assertThat(store.explanation("rejected/_inbox/loose.jpg")).contains("why");
        assertThat(store.explanation("rejected/cats/3-photo.jpg")).isEqualTo(Optional.empty());
    }

    @Test
    void passesOverWhatIsNoDroppedFile() throws IOException {
        put("done/cats/.1-photo.jpg.part");
        put("done/cats/Thumbs.db");
        put("done/cats/sub/1-photo.jpg");
        put("done/loose.jpg");
        put("done/.trash/1-photo.jpg");
        Files.createSymbolicLink(folder.resolve("data/done/cats/2-link.jpg"), folder.resolve("data/done/loose.jpg"));
        assertThat(all(Shelf.DONE)).isEmpty();
        assertThat(all(Shelf.PENDING)).as("no such folder").isEmpty();
    }

    @Test
    void tellsAPageAtATime() throws IOException {
        for (int i = 0; i < 1_201; i++) {
            put("done/cats/" + i + "-photo.jpg");
        }
        List<Integer> pages = new ArrayList<>();
        store.list(Shelf.DONE, page -> pages.add(page.size()));
        assertThat(pages).containsExactly(500, 500, 201);
    }

    private List<Shelved> all(Shelf shelf) throws IOException {
        List<Shelved> all = new ArrayList<>();
        store.list(shelf, all::addAll);
        return all;
    }

    private void put(String target) throws IOException {
        Path file = folder.resolve("data").resolve(target);
        Files.createDirectories(file.getParent());
        Files.writeString(file, target);
    }
}
