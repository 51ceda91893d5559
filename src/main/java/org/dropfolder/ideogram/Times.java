package org.dropfolder.ideogram;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Optional;

/** Reads the API's times: {@code 2000-01-23 04:56:07+00:00}, or with a {@code T}. [ref] */
final class Times {

    /** Fractions of a second, other spellings of the offset, and UTC where there is none, are borne too. */
    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
            .toFormatter();

    private Times() {
    }

    /** The time that a text says; empty where it can't be read, since no decision hangs on a time of theirs. */
    static Optional<Instant> parse(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text.strip().replaceFirst(" ", "T"), FORMAT).toInstant());
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
