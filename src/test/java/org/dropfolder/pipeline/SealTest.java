package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SealTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /** The example that the libraries of Standard Webhooks are tested with. */
    @Test
    void signsTheExampleOfStandardWebhooksAsTheirLibrariesDo() {
        byte[] content = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

        assertThat(Seal.of(SECRET).sign("msg_p5jXN8AQM9LWM0D4loKWxJek", Instant.ofEpochSecond(1614265330), content))
            .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void countsSecondsAndNothingSmaller() {
        byte[] content = new byte[0];
        Instant second = Instant.ofEpochSecond(1614265330);

        assertThat(Seal.of(SECRET).sign("msg_1", second.plusMillis(999), content)).isEqualTo(Seal.of(SECRET).sign("msg_1", second, content));
    }

    @Test
    void showsNoSecret() {
        assertThat(Seal.of(SECRET).toString()).doesNotContain("MfKQ");
    }
}
