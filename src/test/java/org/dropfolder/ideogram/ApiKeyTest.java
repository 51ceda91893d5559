package org.dropfolder.ideogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.dropfolder.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A key that Ideogram refuses, over real HTTP. */
class ApiKeyTest {
    private static final String BODY = "{\"name\": \"cats\"}";
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TestClock clock = new TestClock();
    private final AtomicReference<Supplier<String>> source = new AtomicReference<>(() -> "old");
    private final ApiKey key = new ApiKey(() -> source.get().get(), clock);
    private TestServer server;
    private Caller caller;

    @BeforeEach
    void start() throws IOException {
        server = new TestServer();
        caller = new Caller(key, 8, Duration.ofSeconds(5));
    }

    @AfterEach
    void stop() throws IOException {
        caller.close();
        server.close();
    }

    @Test
    void oneRefusedRequestHoldsAllOthersBack() throws Exception {
        refuse();

        isRefused(() -> caller.post(datasets(), BODY));
        isRefused(() -> caller.get(datasets()));
        isRefused(() -> caller.get(server.uri("/models")));
        assertThat(server.requests()).isOne();
        assertThat(key.trouble()).hasValueSatisfying(words -> assertThat(words).contains("401").doesNotContain("old"));
        assertThat(caller.gate.inFlight()).isZero();
    }

    @Test
    void isTriedAtTheStartAndThenOnlyWhileItIsRefused() throws Exception {
        assertThat(key.mayTry()).isTrue();
        server.answer(200, "yes");
        caller.get(datasets());
        clock.pass(MINUTE);
        assertThat(key.mayTry()).isFalse();

        refuse();
        assertThat(key.mayTry()).as("a minute after the last try").isTrue();
        assertThat(key.mayTry()).isFalse();
        clock.pass(MINUTE.minusMillis(1));
        assertThat(key.mayTry()).isFalse();
        clock.pass(Duration.ofMillis(1));
        assertThat(key.mayTry()).isTrue();
    }

    @Test
    void aTryIsOneReadOfTheDatasetsAndNothingElse() throws Exception {
        refuse();
        int before = server.requests();
        assertThat(key.mayTry()).isTrue();

        isRefused(() -> caller.post(datasets(), BODY));
        isRefused(() -> caller.get(server.uri("/datasets/one")));
        assertThat(server.requests()).isEqualTo(before);
        isRefused(() -> caller.get(datasets()));
        isRefused(() -> caller.get(datasets()));
        assertThat(server.requests()).isEqualTo(before + 1);
    }

    @Test
    void allGoesOnWithTheSameKeyOnceItIsTakenAgain() throws Exception {
        refuse();
        server.answer(200, "yes");
        assertThat(key.mayTry()).isTrue();
        caller.get(datasets());

        assertThat(key.trouble()).isEmpty();
        caller.post(datasets(), BODY);
        assertThat(server.received().get("Api-Key")).containsExactly("old");
    }

    @Test
    void aNewKeyIsTriedAtOnceAndIsTheOneThatCounts() throws Exception {
        refuse();
        assertThat(key.mayTry()).isTrue();
        assertThat(key.mayTry()).isFalse();
        source.set(() -> "new");
        assertThat(key.mayTry()).isTrue();
        assertThat(key.trouble()).isPresent();

        server.answer(200, "yes");
        caller.get(datasets());
        assertThat(key.trouble()).isEmpty();
        assertThat(server.received().get("Api-Key")).containsExactly("new");
    }

    @Test
    void aNewKeyThatCantBeReadIsToldAndTheOldOneIsTriedOn() throws Exception {
        refuse();
        source.set(() -> {
            throw new IllegalStateException("/a/secret/place is not there");
        });
        assertThat(key.mayTry()).isTrue();

        assertThat(key.trouble().orElseThrow()).contains("can't be read").doesNotContain("place");
        server.answer(200, "yes");
        caller.get(datasets());
        assertThat(key.trouble()).isEmpty();
    }

    @Test
    void aRequestThatWasSentWithTheOldKeyDoesNotRefuseTheNewOne() throws Exception {
        refuse();
        source.set(() -> "new");
        assertThat(key.mayTry()).isTrue();
        server.answer(200, "yes");
        caller.get(datasets());

        key.refused("old");
        assertThat(key.trouble()).isEmpty();
        key.refused("new");
        assertThat(key.trouble()).isPresent();
    }

    @Test
    void aClockThatIsSetBackDoesNotPutTheNextTryOff() throws Exception {
        refuse();
        assertThat(key.mayTry()).isTrue();
        clock.pass(Duration.ofHours(-1));
        assertThat(key.mayTry()).isTrue();
    }

    private void refuse() {
        server.answer(401, "{}");
        isRefused(() -> caller.post(datasets(), BODY));
    }

    private static void isRefused(ThrowingCallable call) {
        assertThatExceptionOfType(ApiException.class).isThrownBy(call)
                .satisfies(refused -> assertThat(refused.status()).isEqualTo(401));
    }

    private URI datasets() {
        return server.uri("/datasets");
    }
}
