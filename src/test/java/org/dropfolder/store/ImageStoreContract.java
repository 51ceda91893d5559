package org.dropfolder.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.dropfolder.image.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store promises; each kind's own test inherits it. */
abstract class ImageStoreContract extends StagingContract {
    static final Reason REASON = Reason.empty("photo.jpg");

    @Test
    void takesANoteAwayAndNothingElse() throws IOException {
        String target = store().rejectedFor("cats", 1, "tom.jpg");
        drop("cats/tom.jpg", "tom");
        store().take("cats/tom.jpg", target);
        store().explain(target, "it is no image");
        store().unexplain(target);
        store().unexplain(target);
        assertThat(store().exists(target)).isTrue();
        assertThat(store().exists(target + ".reason.txt")).isFalse();
    }

    @Test
    void movesSeveralAndSaysWhichItCouldNotMove() throws IOException {
        for (int id = 1; id <= 3; id++) {
            drop("cats/" + id + ".jpg", "cat " + id);
            store().take("cats/" + id + ".jpg", "pending/cats/" + id + "-" + id + ".jpg");
        }
        drop("cats/stranger.jpg", "a stranger");
        store().take("cats/stranger.jpg", "done/cats/2-2.jpg");
        ImageStore.Move first = new ImageStore.Move("pending/cats/1-1.jpg", "done/cats/1-1.jpg");
        ImageStore.Move occupied = new ImageStore.Move("pending/cats/2-2.jpg", "done/cats/2-2.jpg");
        ImageStore.Move last = new ImageStore.Move("pending/cats/3-3.jpg", "done/cats/3-3.jpg");
        ImageStore.Move gone = new ImageStore.Move("pending/cats/4-4.jpg", "done/cats/4-4.jpg");

        Map<ImageStore.Move, IOException> failed = store().moveAll(List.of(first, occupied, gone, last));

        assertThat(failed.keySet()).containsExactlyInAnyOrder(occupied, gone);
        assertThat(failed.get(occupied)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(failed.get(gone)).isInstanceOf(NoSuchFileException.class);
        assertThat(read("done/cats/1-1.jpg")).isEqualTo("cat 1");
        assertThat(read("done/cats/3-3.jpg")).isEqualTo("cat 3");
        assertThat(read("done/cats/2-2.jpg")).isEqualTo("a stranger");
        assertThat(read("pending/cats/2-2.jpg")).isEqualTo("cat 2");
        assertThat(store().moveAll(List.of(first, last))).as("again").isEmpty();
    }

    @Test
    void looksAtADroppedFile() throws IOException {
        Instant before = Instant.now().minusSeconds(10);
        drop("cats/sub/photo.jpg", "meow");
        Dropped dropped = store().look("cats/sub/photo.jpg").orElseThrow();
        assertThat(dropped.source()).isEqualTo("cats/sub/photo.jpg");
        assertThat(dropped.size()).isEqualTo(4);
        assertThat(dropped.modified()).isBetween(before, Instant.now().plusSeconds(10));
        assertThat(readSource("cats/sub/photo.jpg")).isEqualTo("meow");
    }

    @Test
    void seesNothingWhereNothingIs() throws IOException {
        drop("cats/photo.jpg", "meow");
        for (String source : List.of("photo.jpg", "cats/other.jpg", "dogs/photo.jpg", "cats", "cats/photo.jpg/x")) {
            assertThat(store().look(source)).isEmpty();
            assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> store().openSource(source));
        }
        assertThat(store().exists("done/cats/photo.jpg")).isFalse();
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> read("done/cats/photo.jpg"));
    }

    @Test
    void takesAFileAndMovesItOn() throws IOException {
        drop("cats/photo.jpg", "meow");
        String pending = store().pendingFor("cats", 17, "photo.jpg");
        String done = store().doneFor("cats", 17, "photo.jpg");
        assertThat(List.of(pending, done)).containsExactly("pending/cats/17-photo.jpg", "done/cats/17-photo.jpg");

        store().take("cats/photo.jpg", pending);
        assertThat(store().look("cats/photo.jpg")).isEmpty();
        assertThat(read(pending)).isEqualTo("meow");

        store().move(pending, done);
        assertThat(store().exists(pending)).isFalse();
        assertThat(read(done)).isEqualTo("meow");
    }

    @Test
    void takesAndMovesAgainWithoutHarm() throws IOException {
        drop("cats/photo.jpg", "meow");
        for (int i = 0; i < 2; i++) {
            store().take("cats/photo.jpg", "pending/cats/1-photo.jpg");
        }
        for (int i = 0; i < 2; i++) {
            store().move("pending/cats/1-photo.jpg", "done/cats/1-photo.jpg");
        }
        assertThat(read("done/cats/1-photo.jpg")).isEqualTo("meow");
    }

    @Test
    void saysWhenAFileIsInNeitherPlace() {
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> store().take("cats/photo.jpg", "pending/cats/1-photo.jpg"))
                .withMessageContaining("neither");
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> store().move("pending/cats/1-photo.jpg", "done/cats/1-photo.jpg"));
    }

    @Test
    void neverOverwritesAnythingNotEvenByItsTwin() throws IOException {
        for (String second : List.of("other", "meow", "purr")) {
            String target = "rejected/cats/" + second;
            drop("cats/first.jpg", "meow");
            store().take("cats/first.jpg", target);
            drop("cats/first.jpg", second);
            assertThatExceptionOfType(FileAlreadyExistsException.class)
                    .isThrownBy(() -> store().take("cats/first.jpg", target));
            assertThat(read(target)).isEqualTo("meow");
            assertThat(readSource("cats/first.jpg")).isEqualTo(second);
        }
        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> store().move("rejected/cats/meow", "rejected/cats/purr"));
        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> store().move("rejected/cats/meow", "rejected/cats/meow"));
        assertThat(read("rejected/cats/meow")).isEqualTo("meow");
    }

    @Test
    void letsOneOfManyThreadsHaveATarget() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 20; round++) {
                String target = "rejected/cats/" + round + ".jpg";
                for (int i = 0; i < 8; i++) {
                    drop("cats/" + i + ".jpg", "same");
                }
                ImageStore store = store();
                List<Callable<Boolean>> takes = IntStream.range(0, 8)
                        .<Callable<Boolean>>mapToObj(i -> () -> taken(store, "cats/" + i + ".jpg", target)).toList();
                int won = 0;
                for (Future<Boolean> take : threads.invokeAll(takes)) {
                    won += take.get() ? 1 : 0;
                }
                int left = 0;
                for (int i = 0; i < 8; i++) {
                    left += store.look("cats/" + i + ".jpg").isPresent() ? 1 : 0;
                }
                assertThat(List.of(won, left)).containsExactly(1, 7);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void keepsTheOwnNameOfWhatIsRejectedWhileItCan() throws IOException {
        assertThat(store().rejectedFor("cats", 17, "photo.jpg")).isEqualTo("rejected/cats/photo.jpg");
        assertThat(store().rejectedFor("", 17, "photo.jpg")).isEqualTo("rejected/_inbox/photo.jpg");
        put("rejected/cats/photo.jpg");
        assertThat(store().rejectedFor("cats", 17, "photo.jpg")).isEqualTo("rejected/cats/17-photo.jpg");
        store().explain("rejected/cats/other.jpg", REASON.text());
        assertThat(store().rejectedFor("cats", 17, "other.jpg")).isEqualTo("rejected/cats/17-other.jpg");
    }

    @Test
    void findsAFreeTargetEvenWhenIdsBeganAnew() throws IOException {
        for (String target : List.of("rejected/cats/photo.jpg", "rejected/cats/17-photo.jpg",
                "rejected/cats/17.2-photo.jpg", "pending/cats/17-photo.jpg", "done/cats/17-photo.jpg")) {
            put(target);
        }
        assertThat(store().rejectedFor("cats", 17, "photo.jpg")).isEqualTo("rejected/cats/17.3-photo.jpg");
        assertThat(store().pendingFor("cats", 17, "photo.jpg")).isEqualTo("pending/cats/17.2-photo.jpg");
        assertThat(store().doneFor("cats", 17, "photo.jpg")).isEqualTo("done/cats/17.2-photo.jpg");
    }

    @Test
    void putsNoFileWhereANoteOrADatasetsFolderBelongs() throws IOException {
        assertThat(store().rejectedFor("cats", 17, "photo.jpg.Reason.txt"))
                .isEqualTo("rejected/cats/photo.jpg.Reason-17.txt");
        assertThat(store().rejectedFor("", 17, "dogs")).as("a folder that no dataset has").isEqualTo("rejected/_inbox/dogs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "a\\b", "a\nb", "half\uD83D", "../../up.jpg"})
    void makesEveryNameFitForAPath(String name) throws IOException {
        for (String target : List.of(store().pendingFor("cats", 1, name), store().rejectedFor("cats", 1, name))) {
            put(target);
            assertThat(target.split("/")).hasSize(3);
            assertThat(target).doesNotContain("\n", "\\");
            assertThat(store().exists(target)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"it's \"quoted\" & $HOME; *.jpg", "cat 😀❤️.jpg", " photo .jpg", "-rf.jpg", "a:b|c?.jpg"})
    void keepsNamesThatAreOnlyUnusual(String name) throws IOException {
        drop("our cats 😀/" + name, "meow");
        String target = store().rejectedFor("our cats 😀", 1, name);
        assertThat(target).isEqualTo("rejected/our cats 😀/" + name);
        store().take("our cats 😀/" + name, target);
        assertThat(read(target)).isEqualTo("meow");
    }

    @Test
    void cutsLongNamesAndKeepsTheirEnding() throws IOException {
        for (String stem : List.of("x".repeat(251), "ü".repeat(125), "猫".repeat(83), "😀".repeat(62))) {
            drop("cats/" + stem + ".jpg", stem);
            String target = store().rejectedFor("cats", 123_456_789, stem + ".jpg");
            String name = target.substring("rejected/cats/".length());
            assertThat(name.getBytes(UTF_8)).hasSizeBetween(196, 200);
            assertThat(name).endsWith(".jpg").doesNotContain("?");
            store().take("cats/" + stem + ".jpg", target);
            store().explain(target, REASON.text());
            assertThat(read(target)).isEqualTo(stem);
            assertThat(store().pendingFor("cats", 123_456_789, stem + ".jpg").getBytes(UTF_8))
                    .hasSizeLessThanOrEqualTo("pending/cats/".length() + 200);
        }
    }

    @Test
    void explainsWhatItSetAside() throws IOException {
        put("rejected/cats/photo.jpg");
        store().explain("rejected/cats/photo.jpg", Reason.notAnImage("photo.jpg").text());
        store().explain("rejected/cats/photo.jpg", REASON.text());
        assertThat(read("rejected/cats/photo.jpg.reason.txt")).isEqualTo(REASON.text() + "\n");
    }

    @Test
    void writesAModelAnew() throws IOException {
        store().writeModel("our cats", "{\"status\": \"TRAINING\"}".getBytes(UTF_8));
        store().writeModel("our cats", "{}".getBytes(UTF_8));
        assertThat(read("models/our cats.json")).isEqualTo("{}");
    }

    @Test
    void writesAModelForEachDatasetHoweverLongItsName() throws IOException {
        String begin = "x".repeat(254);
        store().writeModel(begin + "1", "1".getBytes(UTF_8));
        store().writeModel(begin + "2", "2".getBytes(UTF_8));
        assertThat(read(TargetNames.model(begin + "1"))).isEqualTo("1");
        assertThat(read(TargetNames.model(begin + "2"))).isEqualTo("2");
    }

    @Test
    void writesAWordIntoAFolderOfTheInboxForEveryEditor() throws IOException {
        drop("our cats/photo.jpg", "meow");
        assertThat(store().writeReport("our cats", "our cats has ä\n\nand more\n")).isTrue();
        assertThat(readSource("our cats/_status.txt")).isEqualTo("\uFEFFDropfolder: our cats has ä\r\n\r\nand more\r\n");
        assertThat(store().writeReport("our cats", "our cats has none\n")).isTrue();
        assertThat(readSource("our cats/_status.txt")).isEqualTo("\uFEFFDropfolder: our cats has none\r\n");
        assertThat(store().writeReport("", "what lay here\n")).isTrue();
        assertThat(readSource("_status.txt")).endsWith("what lay here\r\n");
    }

    @Test
    void aWordInTheInboxIsNothingThatArrived() throws IOException {
        drop("cats/photo.jpg", "meow");
        store().take("cats/photo.jpg", "pending/cats/1-photo.jpg");
        store().writeReport("cats", "one\n");
        assertThat(store().inboxHolds("cats", Instant.EPOCH)).isFalse();
    }

    @Test
    void writesAWordWhereAFolderIsOrWhereNoneCanBe() throws IOException {
        drop("cats/photo.jpg", "meow");
        assertThat(store().writeReport("dogs", "none\n")).isTrue();
        assertThat(store().look("dogs/_status.txt").isEmpty()).isEqualTo(store().hasFolders());
        assertThatIllegalArgumentException().isThrownBy(() -> store().writeReport("..", "out\n"));
    }

    @Test
    void leavesAPersonsOwnFileOfThatNameAlone() throws IOException {
        drop("cats/_status.txt", "my own list");
        assertThat(store().writeReport("cats", "one\n")).isFalse();
        assertThat(readSource("cats/_status.txt")).isEqualTo("my own list");
        drop("cats/_status.txt", "");
        assertThat(store().writeReport("cats", "one\n")).as("nothing is in it").isTrue();
        assertThat(readSource("cats/_status.txt")).contains("one");
    }

    @Test
    void seesNoObstacleWhereAFileOrNothingIs() throws IOException {
        drop("cats/photo.jpg", "meow");
        for (String source : List.of("cats/photo.jpg", "cats", "cats/other.jpg", "dogs")) {
            assertThat(store().obstacle(source)).isEmpty();
        }
    }

    @Test
    void seesWhatArrivedInADatasetsFolder() throws IOException {
        Instant anHourAgo = Instant.now().minus(Duration.ofHours(1));
        drop("cats/sub/deep/photo.jpg", "meow");
        assertThat(store().inboxHolds("cats", anHourAgo)).isTrue();
        assertThat(store().inboxHolds("cats", anHourAgo.plus(Duration.ofHours(2)))).isFalse();
        assertThat(store().inboxHolds("dogs", anHourAgo)).isFalse();
    }

    @Test
    void seesNoJunkInADatasetsFolder() throws IOException {
        Instant anHourAgo = Instant.now().minus(Duration.ofHours(1));
        for (String junk : List.of(".DS_Store", "photo.jpg.part", "__MACOSX/photo.jpg", "sub/.git/photo.jpg")) {
            drop("cats/" + junk, "meow");
        }
        assertThat(store().inboxHolds("cats", anHourAgo)).isFalse();
        drop("cats/sub/photo.jpg", "meow");
        assertThat(store().inboxHolds("cats", anHourAgo)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../up.jpg", "cats/../../up.jpg", "cats/..", "..", ".", "", "/etc/passwd",
        "cats//photo.jpg", "cats/", "./cats/photo.jpg"})
    void refusesALocationThatLeadsOut(String location) {
        assertThatIllegalArgumentException().isThrownBy(() -> store().look(location)).withMessageContaining("leads");
        assertThatIllegalArgumentException().isThrownBy(() -> store().openSource(location));
        assertThatIllegalArgumentException().isThrownBy(() -> store().openTarget(location));
        assertThatIllegalArgumentException().isThrownBy(() -> store().exists(location));
        assertThatIllegalArgumentException().isThrownBy(() -> store().take(location, "done/cats/photo.jpg"));
        assertThatIllegalArgumentException().isThrownBy(() -> store().take("cats/photo.jpg", location));
        assertThatIllegalArgumentException().isThrownBy(() -> store().move(location, "done/cats/photo.jpg"));
        assertThatIllegalArgumentException().isThrownBy(() -> store().move("done/cats/photo.jpg", location));
        assertThatIllegalArgumentException().isThrownBy(() -> store().inboxHolds(location, Instant.EPOCH));
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "../up", "cats/sub", "/etc"})
    void refusesADatasetThatIsNoFolder(String dataset) {
        assertThatIllegalArgumentException().isThrownBy(() -> store().pendingFor(dataset, 1, "photo.jpg"));
        assertThatIllegalArgumentException().isThrownBy(() -> store().doneFor(dataset, 1, "photo.jpg"));
        assertThatIllegalArgumentException().isThrownBy(() -> store().rejectedFor(dataset, 1, "photo.jpg"));
        assertThatIllegalArgumentException().isThrownBy(() -> store().writeModel(dataset, new byte[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> store().writeModel("", new byte[0]));
    }

    String read(String target) throws IOException {
        try (InputStream bytes = store().openTarget(target)) {
            return new String(bytes.readAllBytes(), UTF_8);
        }
    }

    String readSource(String source) throws IOException {
        try (InputStream bytes = store().openSource(source)) {
            return new String(bytes.readAllBytes(), UTF_8);
        }
    }

    private void put(String target) throws IOException {
        drop("any/thing.jpg", target);
        store().take("any/thing.jpg", target);
    }

    private static boolean taken(ImageStore store, String source, String target) throws IOException {
        try {
            store.take(source, target);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }
}
