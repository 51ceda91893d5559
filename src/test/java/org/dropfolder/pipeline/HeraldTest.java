package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.dropfolder.ideogram.ApiKey;
import org.dropfolder.ledger.Notice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a notice that is claimed, and not yet told, when the server stops. */
class HeraldTest {
    /** Longer than a claim lasts. */
    private static final Duration A_CLAIM = Duration.ofMinutes(3);

    @TempDir
    private Path folder;
    private PipelineFixture fixture;
    private Herald herald;

    @BeforeEach
    void begin() throws Exception {
        fixture = new PipelineFixture(folder);
        herald = herald();
        fixture.ledger.notices().keyRefused("Ideogram refused the key (401).");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void whatStillWaitsToBeToldWhenTheServerStopsIsGivenBackAndCountsAsNoTry() {
        Notice waiting = claimed(herald);

        herald.stop();

        assertThat(herald.isOurs(waiting)).isFalse();
        assertThat(claimed(herald())).isEqualTo(waiting);
    }

    @Test
    void whatIsClaimedWhileTheServerStopsIsGivenBackAndCountsAsNoTry() {
        fixture.beforeCommit = commit -> herald.stop();

        assertThat(herald.claim()).isEmpty();
        assertThat(claimed(herald()).tries()).isOne();
    }

    @Test
    void whatAnotherTookOverBeforeTheServerStopsStaysWithTheOther() {
        Notice late = claimed(herald);
        fixture.clock.pass(A_CLAIM);
        Notice theirs = claimed(herald());

        herald.stop();

        assertThat(herald.isOurs(late)).isFalse();
        assertThat(herald().isOurs(theirs)).isTrue();
        assertThat(theirs.tries()).isEqualTo(2);
    }

    /** As one that starts. */
    private Herald herald() {
        return new Herald(fixture.ledger, new ApiKey(() -> "a-key", fixture.clock), Optional.empty(), false, fixture.clock);
    }

    private static Notice claimed(Herald by) {
        List<Notice> claimed = by.claim();
        assertThat(claimed).hasSize(1);
        return claimed.get(0);
    }
}
