package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.core5.http.HttpEntity;
import org.dropfolder.ideogram.Descriptions;
import org.dropfolder.ledger.Description;
import org.dropfolder.ledger.DescriptionState;
import org.dropfolder.ledger.Undescribed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked about, what is given up, and what is kept where both are meant at a time. */
class DescriberTest {
    private static final Describing DESCRIBING = new Describing(true, 100, Duration.ofMinutes(10));

    private PipelineFixture on;
    private Describer describer;

    @BeforeEach
    void begin(@TempDir Path folder) throws IOException {
        on = new PipelineFixture(folder);
        describer = new Describer(on.ledger, on.store, DESCRIBING, on.watchman, on.clock);
        on.image("cats/tom.jpg", "tom");
        on.image("cats/tim.jpg", "tim");
    }

    @AfterEach
    void end() {
        on.close();
    }

    @Test
    void whatWaitedForTooLongIsGivenUp() {
        List<Undescribed> waiting = describer.toAsk("cats");
        on.clock.pass(DESCRIBING.longest().plusMillis(1));
        assertThat(describer.toAsk("cats")).isEmpty();
        assertThat(waiting).hasSize(2).allSatisfy(one -> {
            assertThat(now(one).state()).isEqualTo(DescriptionState.NONE);
            assertThat(now(one).trouble().orElse("")).contains("could not be asked for in 10 min");
        });
    }

    @Test
    void whatIsBeingAskedIsNotGivenUpAndItsAnswerHoldsAndCounts() {
        List<Undescribed> waiting = describer.toAsk("cats");
        Undescribed last = waiting.get(1);
        on.clock.pass(DESCRIBING.longest().plusMillis(1));
        AtomicInteger commits = new AtomicInteger();
        on.beforeCommit = what -> {
            // after the one that looks for claims that ran out comes the one that gives up the first image
            if (commits.incrementAndGet() == 2) {
                assertThat(describer.intend(last)).isTrue();
            }
        };

        try (LogLines log = new LogLines(Describer.class)) {
            describer.toAsk("cats");
            assertThat(now(waiting.get(0)).state()).isEqualTo(DescriptionState.NONE);
            assertThat(now(last).state()).isEqualTo(DescriptionState.INTENDED);
            assertThat(log.containing("goes without a caption")).singleElement().asString().contains(waiting.get(0).image().name());
        }
        describer.answered(last, new Descriptions(List.of(new Descriptions.Description(Optional.of("a cat")))));
        assertThat(now(last).text()).contains("a cat");
        assertThat(on.ledger.descriptions().askedToday()).isOne();
    }

    @Test
    void nothingIsSentOnceItsClaimIsLostWhileItWaitsForItsTurn() throws IOException {
        Undescribed one = describer.toAsk("cats").get(0);
        describer.intend(one);
        HttpEntity body = describer.request(one);
        on.clock.pass(PipelineFixture.LEASE.plusMillis(1));
        on.ledger.descriptions().doubtExpired();
        assertThatExceptionOfType(LostClaimException.class).isThrownBy(() -> body.writeTo(OutputStream.nullOutputStream()));

        describer.failed(one, Failures.claimLost());
        assertThat(now(one).state()).as("surely not asked, so not in doubt").isEqualTo(DescriptionState.WAITING);
        assertThat(on.ledger.descriptions().askedToday()).isZero();
    }

    private Description now(Undescribed one) {
        return on.ledger.descriptions().of(one.image()).orElseThrow();
    }
}
