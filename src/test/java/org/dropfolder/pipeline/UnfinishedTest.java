package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dropfolder.pipeline.PipelineFixture.UNFINISHED;
import static org.dropfolder.pipeline.PipelineFixture.jpeg;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import org.dropfolder.image.Reason;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.store.Dropped;
import org.dropfolder.store.ImageStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are found half. */
class UnfinishedTest {
    private static final String SOURCE = "cats/tom.jpg";
    private static final byte[] NOTHING = {};

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
    void whatEndsTooEarlyStaysUntilItIsWhole() throws IOException {
        on.drop(SOURCE, NOTHING);
        standStill();
        assertThat(isUnfinished(on.intake)).isTrue();
        assertThat(on.files()).isEmpty();

        on.drop(SOURCE, jpeg("tom"));
        standStill();
        assertThat(isUnfinished(on.intake)).isFalse();
        assertThat(on.accept(SOURCE).state()).isEqualTo(AssetState.ACCEPTED);
    }

    @Test
    void whatStoodStillForLongIsSetAside() throws IOException {
        on.drop(SOURCE, NOTHING);
        standStill();
        assertThat(isUnfinished(on.intake)).isTrue();
        on.clock.pass(UNFINISHED);
        assertThat(on.stillness.still(SOURCE)).isTrue();
        assertThat(isUnfinished(on.intake)).isFalse();
        Asset asset = on.accept(SOURCE);
        assertThat(asset.state()).isEqualTo(AssetState.REJECTED);
        assertThat(asset.reason()).contains(Reason.empty("tom.jpg").text());
    }

    @Test
    void whatASweepTakesAfterItWasSeenDidNotVanishHalf() throws IOException {
        on.drop(SOURCE, jpeg("tom"));
        Asset cutOff = on.intake.arrive(on.intake.examine(SOURCE));
        on.restart();
        on.stillness.still(SOURCE);
        assertThat(on.folders.hold(on.dataset("cats"), on.clock.instant())).isTrue();
        on.mover.place(cutOff);
        assertThat(on.folders.hold(on.dataset("cats"), on.clock.instant())).isFalse();
    }

    @Test
    void whatAnOldListStillHasAfterItWasTakenDidNotVanishHalf() throws IOException {
        on.drop(SOURCE, jpeg("tom"));
        Asset cutOff = on.intake.arrive(on.intake.examine(SOURCE));
        on.restart();
        Dropped listed = on.store.look(SOURCE).orElseThrow();
        on.mover.place(cutOff);
        on.stillness.still(listed);
        assertThat(on.folders.hold(on.dataset("cats"), on.clock.instant())).isFalse();
    }

    @Test
    void whatChangedWhileItWasReadIsReadAgainOnceItStandsStill() throws IOException {
        on.drop(SOURCE, jpeg("tom"));
        standStill();
        assertThat(isUnfinished(intakeThatReadsWhile(file -> {
            FileTime time = Files.getLastModifiedTime(file);
            Files.write(file, jpeg("tim"));
            Files.setLastModifiedTime(file, time);
        }))).as("of the same size and time").isTrue();
        standStill();
        assertThat(isUnfinished(on.intake)).isFalse();
        assertThat(on.accept(SOURCE).size()).isEqualTo(jpeg("tim").length);
    }

    @Test
    void whatIsDeletedOrReplacedWhileItIsReadIsNotTaken() throws IOException {
        on.drop(SOURCE, jpeg("tom"));
        standStill();
        assertThat(isUnfinished(intakeThatReadsWhile(Files::delete))).isTrue();
        on.drop(SOURCE, jpeg("tom"));
        standStill();
        Path another = Files.write(folder.resolve("another"), jpeg("tim"));
        Files.setLastModifiedTime(another, Files.getLastModifiedTime(on.inbox.resolve(SOURCE)));
        assertThat(isUnfinished(intakeThatReadsWhile(file -> Files.move(another, file, StandardCopyOption.REPLACE_EXISTING)))).isTrue();
        assertThat(on.files()).isEmpty();
    }

    /** Its second look is the one that offers it. */
    private void standStill() {
        assertThat(on.stillness.still(SOURCE)).isFalse();
        on.clock.pass(PipelineFixture.SETTLE);
        assertThat(on.stillness.still(SOURCE)).isTrue();
    }

    private boolean isUnfinished(Intake intake) throws IOException {
        Examined examined = intake.examine(SOURCE);
        if (intake.unfinished(examined)) {
            on.stillness.unfinished(examined);
        }
        return intake.unfinished(examined);
    }

    /** Does something to a file. */
    @FunctionalInterface
    private interface Act {
        void to(Path file) throws IOException;
    }

    /** Somebody does something to the file as soon as it was opened. */
    private Intake intakeThatReadsWhile(Act act) {
        ImageStore disturbed = (ImageStore) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {ImageStore.class},
            (proxy, method, arguments) -> {
                try {
                    Object answer = method.invoke(on.store, arguments);
                    if (method.getName().equals("openSource")) {
                        act.to(on.inbox.resolve(SOURCE));
                    }
                    return answer;
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            });
        Examiner examiner = new Examiner(disturbed, on.ledger.captions(), on.folders,
            new Examiner.Terms(PipelineFixture.IMAGE_SIZE, false, false), on.stillness);
        return new Intake(on.ledger, disturbed, examiner, on.places);
    }
}
