package org.dropfolder.cli;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.dropfolder.pipeline.Words;

/** Moments as people say them, by the clock on their wall. Immutable. */
final class Moments {
    private static final Duration SECONDS_MATTER = Duration.ofMinutes(10);
    private static final DateTimeFormatter TO_THE_SECOND = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter TO_THE_MINUTE = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

    private final Clock clock;

    /** @param clock with the zone in which moments are told */
    Moments(Clock clock) {
        this.clock = clock;
    }

    /** {@code in 42 s, at 14:03:07}, or {@code due since 14:03:07} for what should have happened already. */
    String due(Instant at) {
        Duration left = Duration.between(clock.instant(), at);
        return left.isNegative() ? "due since " + at(at) : "in " + Words.duration(Duration.ofSeconds(left.toSeconds())) + ", at " + at(at);
    }

    /** {@code 14:03}, {@code 14:03:07} if it is near, {@code 21 Nov 14:03} if it is not today. */
    String at(Instant at) {
        ZonedDateTime there = at.atZone(clock.getZone());
        boolean near = Duration.between(clock.instant(), at).abs().compareTo(SECONDS_MATTER) < 0;
        String time = (near ? TO_THE_SECOND : TO_THE_MINUTE).format(there);
        return there.toLocalDate().equals(LocalDate.now(clock)) ? time : DAY.format(there) + " " + time;
    }
}
