package org.dropfolder;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * A clock that stands still until a test moves it. It begins now, since files bear the real time, and counts
 * milliseconds, as the server's clock does. Thread safe.
 */
public final class TestClock extends Clock {
    private volatile Instant now;

    public TestClock() {
        this(Instant.now().truncatedTo(ChronoUnit.MILLIS));
    }

    private TestClock(Instant now) {
        this.now = now;
    }

    /** One that stands at a moment of its own, where no file's time is compared with it. */
    public static TestClock of2000() {
        return new TestClock(Instant.parse("2000-01-23T04:56:07Z"));
    }

    public synchronized void pass(Duration time) {
        now = now.plus(time);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
