package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.dropfolder.image.Reason;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.Claimed;
import org.dropfolder.store.Dropped;
import org.dropfolder.store.ImageStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptionsTest {
    private static final Duration WAIT = Duration.ofMinutes(10);

    private PipelineFixture on;
    private Captions captions;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        on = new PipelineFixture(folder);
        captions = new Captions(on.ledger, on.store, WAIT, on.clock);
    }

    @AfterEach
    void close() {
        on.close();
    }

    @Test
    void holdsAnImageBackWhoseCaptionStillLiesInTheInbox() throws IOException {
        on.image("cats/day 1/tom.v2.jpg", "tom");
        assertThat(captions.haveCome(on.dataset("cats"))).isTrue();
        drop("cats/tom.v2.txt");
        drop("cats/day 1/tim.txt");
        assertThat(captions.haveCome(on.dataset("cats"))).as("of other images").isTrue();
        drop("cats/day 1/tom.v2.txt");
        assertThat(captions.haveCome(on.dataset("cats"))).isFalse();
    }

    @Test
    void takesNoInboxThatIsAwayForOneWithoutCaptions() throws IOException {
        on.image("cats/tom.jpg", "tom");
        drop("cats/tom.txt");
        Files.move(on.inbox, on.inbox.resolveSibling("away"));
        assertThatIOException().isThrownBy(() -> captions.haveCome(on.dataset("cats")));
        assertThatIOException().isThrownBy(() -> captions.travelWith(claimed()));
    }

    @Test
    void holdsItBackForAWhileOnly() throws IOException {
        on.image("cats/tom.jpg", "tom");
        drop("cats/tom.TXT");
        on.clock.pass(WAIT.minusMillis(1));
        assertThat(captions.haveCome(on.dataset("cats"))).isFalse();
        on.clock.pass(Duration.ofMillis(1));
        assertThat(captions.haveCome(on.dataset("cats"))).isTrue();
    }

    @Test
    void givesUpAClaimOnAnImageThatCameMeanwhileAndWhoseCaptionIsOnItsWay() throws IOException {
        on.image("cats/tom.jpg", "tom");
        assertThat(captions.haveCome(on.dataset("cats"))).isTrue();
        on.image("cats/tim.jpg", "tim");
        drop("cats/tim.txt");
        assertThat(captions.travelWith(claimed())).as("in the inbox").isFalse();
        Asset arriving = on.intake.arrive(on.intake.examine("cats/tim.txt"));
        Files.delete(on.inbox.resolve("cats/tim.txt"));
        assertThat(captions.travelWith(claimed())).as("moved, and not written down as moved").isFalse();
        on.ledger.assets().rested(arriving, on.places.of(on.dataset("cats")));
        Claimed claimed = claimed();
        assertThat(captions.travelWith(claimed)).isTrue();
        assertThat(claimed.images()).extracting(Asset::caption).containsExactly(Optional.empty(), Optional.of("a caption"));
    }

    @Test
    void givesUpAClaimWhoseCaptionLeavesTheInboxWhileThatIsLookedAt() throws IOException {
        on.image("cats/tom.jpg", "tom");
        drop("cats/tom.txt");
        Examined caption = on.intake.examine("cats/tom.txt");
        Claimed claimed = claimed();
        Captions meanwhile = new Captions(on.ledger, inboxOutOfWhichGoes(caption), WAIT, on.clock);
        assertThat(meanwhile.travelWith(claimed)).isFalse();
        assertThat(claimed().images()).extracting(Asset::caption).containsExactly(Optional.of("a caption"));
    }

    @Test
    void aCaptionIsNotTooLateForANewImageThatLeavesTheInboxWhileThatIsLookedAt() throws IOException {
        on.image("cats/tom.jpg", "tom");
        on.ready("cats");
        on.upload("cats");
        on.drop("cats/TOM.JPG", PipelineFixture.jpeg("tom again"));
        drop("cats/tom.txt");
        Examiner meanwhile = new Examiner(inboxOutOfWhichGoes(on.intake.examine("cats/TOM.JPG")), on.ledger.captions(), on.folders,
            new Examiner.Terms(PipelineFixture.IMAGE_SIZE, false, false), on.stillness);
        Dropped dropped = on.store.look("cats/tom.txt").orElseThrow();
        assertThat(meanwhile.examine(dropped).arrival().orElseThrow().reason()).isEmpty();
    }

    @Test
    void seesACaptionHoweverItsNameIsSpelled() throws IOException {
        on.image("cats/\u00C9t\u00E9.JPG", "summer");
        drop("cats/e\u0301te\u0301.tXt");
        assertThat(captions.haveCome(on.dataset("cats"))).isFalse();
        assertThat(on.accept("cats/e\u0301te\u0301.tXt").state()).isEqualTo(AssetState.ACCEPTED);
        assertThat(captions.haveCome(on.dataset("cats"))).isTrue();
        assertThat(claimed().images()).extracting(Asset::caption).containsExactly(Optional.of("a caption"));
    }

    @Test
    void aCaptionThatIsTakenBeforeItsNewImageGoesWithThat() throws IOException {
        on.image("cats/tom.jpg", "tom");
        on.ready("cats");
        on.upload("cats");
        on.drop("cats/TOM.JPG", PipelineFixture.jpeg("tom again"));
        Asset caption = on.caption("cats/tom.txt", "tom, again");
        assertThat(caption.state()).as("its image lies in the inbox").isEqualTo(AssetState.ACCEPTED);
        on.accept("cats/TOM.JPG");
        assertThat(claimed().images()).extracting(Asset::caption).containsExactly(Optional.of("tom, again"));
        assertThat(on.caption("cats/tom.txt", "too late").reason()).contains(Reason.captionTooLate("tom.txt").text());
    }

    @Test
    void theLastTextOfACaptionCountsAndNoneIsLost() throws IOException {
        on.image("cats/tom.jpg", "tom");
        on.caption("cats/tom.txt", "first");
        Asset second = on.caption("cats/TOM.txt", "second");
        assertThat(on.sifter.steady(on.dataset("cats"))).isTrue();
        // a program that still had it open
        Files.writeString(on.data.resolve(second.target()), "the very last");
        becomesSteady();
        on.ready("cats");
        assertThat(claimed().images()).extracting(Asset::caption).containsExactly(Optional.of("the very last"));
        assertThat(on.files()).hasSize(3);
    }

    @Test
    void aCaptionThatBecameNoTextIsSetAsideAndItsImageGoesWithout() throws IOException {
        on.image("cats/tom.jpg", "tom");
        Asset caption = on.caption("cats/tom.txt", "first");
        Files.write(on.data.resolve(caption.target()), new byte[] {(byte) 0xC3, 0x28, 0x00});
        becomesSteady();
        assertThat(on.files()).contains("rejected/cats/tom.txt", "rejected/cats/tom.txt.reason.txt");
        assertThat(claimed().images()).extracting(Asset::caption).containsExactly(Optional.empty());
    }

    @Test
    void anEmptyCaptionThatCameLastMeansNone() throws IOException {
        on.image("cats/tom.jpg", "tom");
        on.caption("cats/tom.txt", "first");
        on.caption("cats/tom.txt", " \r\n");
        assertThat(claimed().images()).extracting(Asset::caption).containsExactly(Optional.empty());
    }

    private void becomesSteady() throws IOException {
        assertThat(on.sifter.steady(on.dataset("cats"))).isFalse();
        for (int look = 0; look < 3 && !on.sifter.steady(on.dataset("cats")); look++) {
            on.clock.pass(PipelineFixture.SETTLE);
        }
        assertThat(on.sifter.steady(on.dataset("cats"))).isTrue();
    }

    /** Another thread takes the file right before it is looked whether it lies there. */
    private ImageStore inboxOutOfWhichGoes(Examined file) {
        return (ImageStore) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {ImageStore.class}, (proxy, method, arguments) -> {
            if (method.getName().equals("liesBeside")) {
                on.mover.place(on.intake.arrive(file));
            }
            try {
                return method.invoke(on.store, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    private Claimed claimed() {
        assertThat(on.uploader.claim(on.dataset("cats"), PipelineFixture.listing(0))).isTrue();
        return on.uploader.claimed(on.dataset("cats"));
    }

    private void drop(String source) throws IOException {
        on.drop(source, "a caption".getBytes(StandardCharsets.UTF_8));
    }
}
