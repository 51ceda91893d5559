package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.dropfolder.TestClock;
import org.dropfolder.ideogram.ZipUpload;
import org.junit.jupiter.api.Test;

/** How far uploads are, as people are told. */
class UploadsTest {
    private static final long MB = 1 << 20;

    private final TestClock clock = TestClock.of2000();
    private final Uploads uploads = new Uploads(clock);

    @Test
    void anUploadIsUnderWayFromItsFirstByteUntilItEnds() {
        ZipUpload.Progress cats = uploads.begin("cats", 100 * MB);
        assertThat(uploads.now()).as("it waits for its place").isEmpty();

        cats.sent(0);
        assertThat(now()).isEqualTo(new UploadProgress("cats", 0, 100 * MB, 0, Optional.empty(), false));
        cats.ended();

        assertThat(uploads.now()).isEmpty();
    }

    @Test
    void theRateIsThatOfTheLastSeconds() {
        ZipUpload.Progress cats = uploads.begin("cats", 1000 * MB);
        send(cats, 0, 20, 10 * MB);
        assertThat(now().rate()).isEqualTo(10 * MB);

        send(cats, 200 * MB, 6, 2 * MB);

        assertThat(now().bytes()).isEqualTo(212 * MB);
        assertThat(now().rate()).isEqualTo(2 * MB);
        assertThat(now().left()).contains(Duration.ofSeconds((1000 - 212) / 2));
    }

    @Test
    void whatStandsStillHasNoRateAndNobodyKnowsWhenItEnds() {
        ZipUpload.Progress cats = uploads.begin("cats", 100 * MB);
        send(cats, 0, 10, MB);

        clock.pass(Duration.ofSeconds(3));
        assertThat(now().rate()).as("it slows down").isPositive().isLessThan(MB);
        clock.pass(Duration.ofSeconds(10));

        assertThat(now().rate()).isZero();
        assertThat(now().left()).isEmpty();
    }

    @Test
    void whatTheSystemsBuffersTookAtOnceIsNoRateOnceNothingMoreGoes() {
        ZipUpload.Progress cats = uploads.begin("cats", 100 * MB);
        cats.sent(0);
        for (int i = 1; i <= 4; i++) {
            clock.pass(Duration.ofMillis(20));
            cats.sent(i * MB);
        }
        clock.pass(Duration.ofSeconds(6));

        assertThat(now().rate()).isZero();
        assertThat(now().left()).isEmpty();
        assertThat(now().lasting()).isTrue();
    }

    @Test
    void howLongItTakesIsNotSaidBeforeItIsKnown() {
        ZipUpload.Progress cats = uploads.begin("cats", 100 * MB);
        cats.sent(0);
        clock.pass(Duration.ofMillis(10));
        cats.sent(4 * MB);
        clock.pass(Duration.ofMillis(4_980));
        cats.sent(5 * MB);
        assertThat(now().left()).as("the system's buffers took it").isEmpty();

        send(cats, 5 * MB, 6, MB);
        assertThat(now().left()).contains(Duration.ofSeconds(89));

        ZipUpload.Progress slow = uploads.begin("cats", 100_000_000 * MB);
        send(slow, 0, 10, MB);
        assertThat(now().left()).as("years").isEmpty();
    }

    @Test
    void onlyWhatIsLargeAndLastsIsWorthALook() {
        ZipUpload.Progress small = uploads.begin("cats", MB - 1);
        send(small, 0, 10, 1000);
        assertThat(now().lasting()).isFalse();

        ZipUpload.Progress quick = uploads.begin("cats", 50 * MB);
        send(quick, 0, 1, 50 * MB);
        clock.pass(Duration.ofSeconds(30));
        assertThat(now().lasting()).as("only its answer is waited for").isFalse();

        ZipUpload.Progress large = uploads.begin("cats", 50 * MB);
        send(large, 0, 1, MB);
        assertThat(now().lasting()).as("not yet").isFalse();
        clock.pass(Duration.ofSeconds(1));
        assertThat(now().lasting()).isTrue();
        large.sent(50 * MB);
        clock.pass(Duration.ofSeconds(30));
        assertThat(now().lasting()).as("people saw it begin").isTrue();
    }

    @Test
    void anotherTryBeginsAnewAndTheFirstOnesEndDoesNotEndIt() {
        ZipUpload.Progress first = uploads.begin("cats", 100 * MB);
        send(first, 0, 10, MB);
        ZipUpload.Progress second = uploads.begin("cats", 100 * MB);
        second.sent(0);

        first.ended();

        assertThat(now()).isEqualTo(new UploadProgress("cats", 0, 100 * MB, 0, Optional.empty(), false));
    }

    @Test
    void severalGoAtOnce() {
        send(uploads.begin("cats", 100 * MB), 0, 1, MB);
        send(uploads.begin("dogs", 200 * MB), 0, 1, 2 * MB);

        assertThat(uploads.now()).extracting(UploadProgress::dataset).containsExactlyInAnyOrder("cats", "dogs");
    }

    @Test
    void aClockThatIsSetBackDisturbsNothing() {
        ZipUpload.Progress cats = uploads.begin("cats", 100 * MB);
        send(cats, 0, 10, MB);
        clock.pass(Duration.ofHours(-1));
        cats.sent(11 * MB);

        assertThat(now().bytes()).isEqualTo(11 * MB);
        assertThat(now().rate()).isZero();
        assertThat(now().left()).isEmpty();
    }

    @Test
    void isToldInWords() {
        assertThat(Words.progress(312 * MB, 1200 * MB, 8 * MB, Optional.of(Duration.ofSeconds(111))))
            .isEqualTo("312 MB of 1.2 GB sent, 8 MB/s, about 111 s left");
        assertThat(Words.progress(0, 5 * MB, 0, Optional.empty())).isEqualTo("0 bytes of 5 MB sent, standing still");
        assertThat(Words.progress(5 * MB, 5 * MB, 0, Optional.empty())).isEqualTo("5 MB sent, waiting for the answer");
    }

    /** A second, and so many bytes in it, so often. */
    private void send(ZipUpload.Progress upload, long from, int seconds, long each) {
        upload.sent(from);
        for (int i = 1; i <= seconds; i++) {
            clock.pass(Duration.ofSeconds(1));
            upload.sent(from + i * each);
        }
    }

    private UploadProgress now() {
        assertThat(uploads.now()).hasSize(1);
        return uploads.now().get(0);
    }
}
