package org.dropfolder.ideogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureTest {

    @ParameterizedTest
    @CsvSource({
            "301, DID_NOT_HAPPEN, false", "302, DID_NOT_HAPPEN, false", "304, DID_NOT_HAPPEN, false",
            "307, DID_NOT_HAPPEN, false", "400, DID_NOT_HAPPEN, false", "401, DID_NOT_HAPPEN, false",
            "402, DID_NOT_HAPPEN, false", "403, DID_NOT_HAPPEN, false", "404, DID_NOT_HAPPEN, false",
            "405, DID_NOT_HAPPEN, false", "409, DID_NOT_HAPPEN, false", "413, DID_NOT_HAPPEN, false",
            "415, DID_NOT_HAPPEN, false", "422, DID_NOT_HAPPEN, false", "429, DID_NOT_HAPPEN, true",
            "408, MAY_HAVE_HAPPENED, true", "418, MAY_HAVE_HAPPENED, false", "499, MAY_HAVE_HAPPENED, false",
            "500, MAY_HAVE_HAPPENED, true", "502, MAY_HAVE_HAPPENED, true", "503, MAY_HAVE_HAPPENED, true",
            "504, MAY_HAVE_HAPPENED, true", "599, MAY_HAVE_HAPPENED, true", "600, MAY_HAVE_HAPPENED, false"})
    void decidesByTheStatus(int status, Failure.Kind kind, boolean passing) {
        Failure failure = Failure.of(new ApiException(status, Optional.empty(), ""));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.passing()).isEqualTo(passing);
        assertThat(failure.status()).hasValue(status);
        assertThat(failure.retryAfter()).isEmpty();
        assertThat(failure.repeatsRead()).isEqualTo(passing);
        assertThat(failure.repeatsEffect()).isEqualTo(status == 429);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "301 | ''      | Ideogram answered 301. Set ideogram.url to the API's own address.",
            "400 | no name | Ideogram answered 400: no name. Correct what it names, and try again.",
            "402 | ''      | Ideogram answered 402. Look at the balance and the plan of the account.",
            "413 | too big | Ideogram answered 413: too big. Lower dropfolder.batch.size.",
            "502 | Bad     | Ideogram answered 502: Bad. Dropfolder looks at what happened before it repeats anything.",
            "429 | ''      | Ideogram answered 429. Dropfolder goes on by itself after a while."})
    void saysWhatCameBackAndWhatToDo(int status, String detail, String sentence) {
        assertThat(Failure.of(new ApiException(status, Optional.empty(), detail)).sentence()).isEqualTo(sentence);
    }

    @Test
    void asksForAValidKey() {
        assertThat(Failure.of(new ApiException(401, Optional.empty(), "whatever it says")).sentence())
                .startsWith("Ideogram refused the key (401).").contains("ideogram.api-key-file", "IDEOGRAM_API_KEY");
    }

    @Test
    void handsOnHowLongToWait() {
        Failure failure = Failure.of(new ApiException(429, Optional.of(Duration.ofSeconds(9)), "slow down"));

        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(9));
        assertThat(failure.sentence())
                .isEqualTo("Ideogram answered 429: slow down. Dropfolder goes on by itself in 9 s.");
    }

    @Test
    void knowsThatARequestThatWasNotSentDidNotHappen() {
        Failure failure = Failure.of(new NotSentException("No connection to here:443 (refused)", new IOException()));

        assertThat(failure.repeatsEffect()).isTrue();
        assertThat(failure.status()).isEmpty();
        assertThat(failure.sentence()).startsWith("No connection to here:443 (refused). Dropfolder tries again");
    }

    @Test
    void doesNotRepeatByItselfWhereAFileChanged() {
        Failure failure = Failure.of(new NotSentException("The request was not sent whole",
                new ContentChangedException("a.jpg", "3 bytes are missing")));

        assertThat(failure.kind()).isEqualTo(Failure.Kind.DID_NOT_HAPPEN);
        assertThat(failure.passing()).isFalse();
        assertThat(failure.sentence()).startsWith("a.jpg changed while it was being sent: 3 bytes are missing. ");
    }

    @Test
    void doubtsAnAnswerThatWasLostButReadsAgain() {
        Failure failure = Failure.of(new AnswerLostException("Ideogram's answer did not come whole (reset)",
                new ConnectException("refused")));

        assertThat(failure.kind()).isEqualTo(Failure.Kind.MAY_HAVE_HAPPENED);
        assertThat(failure.repeatsRead()).isTrue();
        assertThat(failure.repeatsEffect()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"datasets\": [", "<html>", "{}"})
    void doubtsAnAnswerThatCannotBeRead(String body) {
        Throwable thrown = catchThrowable(() -> Json.mapper().readValue(body, DatasetList.class));

        Failure failure = Failure.of(thrown);

        assertThat(failure.kind()).isEqualTo(Failure.Kind.MAY_HAVE_HAPPENED);
        assertThat(failure.sentence()).startsWith("Ideogram's answer can't be read: ");
    }

    // that somebody's connection failed does not prove that ours did: the ledger has one too
    static Stream<Throwable> whateverProvesNothing() {
        return Stream.of(new ConnectException("Connection refused"), new UnknownHostException("db"),
                new SocketTimeoutException("Read timed out"), new SocketException("Connection reset"),
                new NoHttpResponseException("gone"), new IllegalStateException(new ConnectException()),
                new RuntimeException("\u001b[31mtext"), new NullPointerException(), new OutOfMemoryError(), circle());
    }

    @ParameterizedTest
    @MethodSource("whateverProvesNothing")
    void doubtsWhateverItDoesNotKnow(Throwable thrown) {
        Failure failure = Failure.of(thrown);

        assertThat(failure.kind()).isEqualTo(Failure.Kind.MAY_HAVE_HAPPENED);
        assertThat(failure.passing()).isFalse();
        assertThat(failure.sentence()).startsWith("Something unforeseen: ").doesNotContain("\u001b");
    }

    @Test
    void findsWhatItKnowsHoweverDeeplyItIsWrapped() {
        Throwable wrapped = new RuntimeException(new IOException(new ApiException(404, Optional.empty(), "no such")));

        assertThat(Failure.of(wrapped).status()).hasValue(404);
    }

    private static Throwable circle() {
        Throwable one = new RuntimeException("one");
        one.initCause(new RuntimeException("other", one));
        return one;
    }
}
