package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.dropfolder.ideogram.Failure;
import org.junit.jupiter.api.Test;

class RedeliveryTest {
    private static final Integer NEVER = null;

    private final Redelivery redelivery = new Redelivery();

    @Test
    void repeatsWhatSurelyDidNotHappenAndMayPass() {
        for (Exception passing : List.of(Failures.answer(429), Failures.notSent())) {
            assertThat(redelivery.ofRead(passing, NEVER)).isTrue();
            assertThat(redelivery.ofEffect(passing, NEVER)).isTrue();
        }
    }

    @Test
    void repeatsOnlyAReadWhereItMayHaveHappened() {
        Exception lost = Failures.answer(502);
        assertThat(redelivery.ofRead(lost, NEVER)).isTrue();
        assertThat(redelivery.ofEffect(lost, NEVER)).isFalse();
    }

    @Test
    void repeatsNothingThatWillNotPass() {
        for (Exception lasting : List.of(Failures.answer(400), Failures.answer(401), Failures.answer(404),
                Failures.unreadable(), new IllegalStateException("unforeseen"), new IOException("disk full"),
                new UnreadableAnswerException("no name"), new LostClaimException("send"))) {
            assertThat(redelivery.ofRead(lasting, NEVER)).as("%s", lasting).isFalse();
            assertThat(redelivery.ofEffect(lasting, NEVER)).as("%s", lasting).isFalse();
        }
    }

    @Test
    void repeatsNothingWhoseClaimRanOutBeforeItsTurn() throws IOException {
        Exception lost = Failures.claimLost();
        assertThat(Failure.of(lost).kind()).as("surely not sent").isEqualTo(Failure.Kind.DID_NOT_HAPPEN);
        assertThat(redelivery.ofEffect(lost, NEVER)).isFalse();
    }

    @Test
    void givesUpAfterFourTimes() {
        for (Integer tries : List.of(0, 3)) {
            assertThat(redelivery.ofRead(Failures.answer(429), tries)).isTrue();
            assertThat(redelivery.ofEffect(Failures.answer(429), tries)).isTrue();
        }
        assertThat(redelivery.ofRead(Failures.answer(429), 4)).isFalse();
        assertThat(redelivery.ofEffect(Failures.answer(429), 4)).isFalse();
    }

    @Test
    void leavesLongPausesToTheLedger() {
        Exception brief = Failures.busyFor(Duration.ofSeconds(5));
        Exception longer = Failures.busyFor(Duration.ofSeconds(6));
        assertThat(redelivery.pause(brief)).contains(Duration.ofSeconds(5));
        assertThat(redelivery.pause(Failures.answer(429))).isEmpty();
        assertThat(List.of(redelivery.ofRead(brief, 1), redelivery.ofEffect(brief, 1))).containsOnly(true);
        assertThat(List.of(redelivery.ofRead(longer, 1), redelivery.ofEffect(longer, 1))).containsOnly(false);
    }
}
