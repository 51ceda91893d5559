package org.dropfolder.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar's demo, as somebody plays it who has just found Dropfolder; its output goes into a file. */
class DemoIT {
    private static final long PATIENCE_SECONDS = 120;

    @TempDir
    private Path folder;
    private Path scratch;

    @BeforeEach
    void layOut() throws Exception {
        ServerProcess.layOut(folder);
        scratch = Files.createDirectory(folder.resolve("scratch"));
    }

    @Test
    void showsTheWayFromPicturesToTheModelInPlainLinesAndLeavesWhatItToldOf() throws Exception {
        String told = ending(0);
        showsTheWay(told);
        addsUp(told);
        leavesWhatItToldOf(told);
    }

    private static void showsTheWay(String told) {
        assertThat(told).containsSubsequence("painted", "dropped", "accepted", "batch 1", "uploaded   batch 1", "batch 2",
            "uploaded   batch 2", "training   starts with 18 images, for about 40 US dollars (simulated: nothing is paid)",
            "status     TRAINING", "status     COMPLETED", "model      model/landscapes/version/1", "received   21 = ",
            "trained    once, with 18 images, 6 of them with a caption", "its file");
        assertThat(told).contains("dawn-sailboat-copy.jpg is the same picture as dawn-sailboat.jpg")
            .doesNotContain("\u001b", "\r", "Exception", "INFO", "WARN");
    }

    private void leavesWhatItToldOf(String told) throws IOException {
        Path data = only(scratch).resolve("data");
        assertThat(told).contains(data.resolve("models/landscapes.json").toRealPath().toString());
        assertThat(data.resolve("models/landscapes.json")).content().contains("model/landscapes/version/1");
        for (String aside : List.of("packing-list.jpg", "unsafe-cliff.jpg")) {
            assertThat(told).contains(Files.readString(data.resolve("rejected/landscapes/" + aside + ".reason.txt")).strip());
        }
        assertThat(only(scratch).resolve("dropfolder.log")).content().contains("Ready", "the model is ready");
        assertThat(names(folder)).containsExactlyInAnyOrder("routes", "config", "scratch", "output.txt");
    }

    @Test
    void aTrainingThatFailsEndsWithOneAndASentence() throws Exception {
        assertThat(ending(1, "-Ddropfolder.training.name={dataset} fails"))
            .contains("dropfolder: The training ended without a model: it is FAILED.", "dropfolder.log").doesNotContain("received");
    }

    @Test
    void refusesToWorkInAFolderThatIsNotItsOwnAndMakesNothing() throws Exception {
        assertThat(ending(2, "-Ddropfolder.inbox=photos")).contains("scratch folder of its own", "dropfolder.inbox", "run --simulate");
        assertThat(names(scratch)).isEmpty();
        assertThat(folder.resolve("photos")).doesNotExist();
    }

    @Test
    void withoutRoutesOrSettingsItSaysWhereToStartAndMakesNothing() throws Exception {
        Files.move(folder.resolve("config"), folder.resolve("elsewhere"));
        assertThat(ending(2)).contains("start in the folder that holds routes/ and config/");
        assertThat(names(scratch)).isEmpty();
    }

    @Test
    void aSignalEndsItCleanly() throws Exception {
        try (ServerProcess demo = start()) {
            await().atMost(Duration.ofSeconds(PATIENCE_SECONDS)).until(() -> demo.output().contains("accepted"));
            demo.terminate();
            assertThat(demo.exitCode(15)).as("as the signal says").isEqualTo(143);
            assertThat(demo.output()).contains("stopped    before the model came.").doesNotContain("Exception", "received");
        }
        assertThat(only(scratch).resolve("dropfolder.log")).content().doesNotContain("Exception");
    }

    private static void addsUp(String told) {
        Matcher sum = Pattern.compile("received +(\\d+) = (\\d+) uploaded \\+ (\\d+) duplicate \\+ (\\d+) set aside").matcher(told);
        assertThat(sum.find()).isTrue();
        assertThat(Stream.of(2, 3, 4).mapToInt(part -> Integer.parseInt(sum.group(part))).sum())
            .isEqualTo(Integer.parseInt(sum.group(1)));
        Matcher dropped = Pattern.compile("(?m)^dropped +(.*)$").matcher(told);
        assertThat(dropped.results().mapToInt(names -> names.group(1).split(", ").length).sum())
            .isEqualTo(Integer.parseInt(sum.group(1)));
    }

    private ServerProcess start(String... arguments) {
        return ServerProcess.start(folder, Map.of("LC_ALL", "C.UTF-8"), List.of("-Djava.io.tmpdir=" + scratch),
            Stream.concat(Stream.of("demo"), Stream.of(arguments)).toArray(String[]::new));
    }

    private String ending(int exitCode, String... arguments) throws InterruptedException {
        try (ServerProcess demo = start(arguments)) {
            assertThat(demo.exitCode(PATIENCE_SECONDS)).as(demo.output()).isEqualTo(exitCode);
            return demo.output();
        }
    }

    private static Path only(Path parent) throws IOException {
        try (Stream<Path> all = Files.list(parent)) {
            return all.filter(path -> path.getFileName().toString().startsWith("dropfolder-")).reduce((one, other) -> {
                throw new AssertionError("both " + one + " and " + other);
            }).orElseThrow();
        }
    }

    private static List<String> names(Path parent) throws IOException {
        try (Stream<Path> all = Files.list(parent)) {
            return all.map(path -> path.getFileName().toString()).filter(name -> !name.startsWith("hsperf")).toList();
        }
    }
}
