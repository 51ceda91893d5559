package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.dropfolder.ledger.Asset;
import org.dropfolder.ledger.Claimed;
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

    private Claimed claimed() {
        assertThat(on.uploader.claim(on.dataset("cats"), PipelineFixture.listing(0))).isTrue();
        return on.uploader.claimed(on.dataset("cats"));
    }

    private void drop(String source) throws IOException {
        on.drop(source, "a caption".getBytes(StandardCharsets.UTF_8));
    }
}
