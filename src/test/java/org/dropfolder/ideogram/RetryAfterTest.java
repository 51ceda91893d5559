package org.dropfolder.ideogram;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-20T08:49:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "0                              | 0",
            "12                             | 12",
            "' 7 '                          | 7",
            "-3                             | 0",
            "3600                           | 3600",
            "3601                           | 3600",
            "999999999999999                | 3600",
            "Fri, 20 Nov 2026 08:49:37 GMT  | 37",
            "Friday, 20-Nov-26 08:49:37 GMT | 37",
            "Fri, 20 Nov 2026 08:00:00 GMT  | 0",
            "Fri, 20 Nov 2099 08:49:37 GMT  | 3600"})
    void readsSecondsAndDates(String value, long seconds) {
        assertThat(RetryAfter.parse(value, NOW)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "1.5", "12s", "-", "99999999999999999999", "2026-11-20T08:49:37Z"})
    void readsNothingFromNonsense(String value) {
        assertThat(RetryAfter.parse(value, NOW)).isEmpty();
    }
}
