package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    @ParameterizedTest
    @CsvSource({"0,0 s", "300,0.3 s", "5000,5 s", "9999,10.0 s", "59600,60 s", "119000,119 s", "120000,2 min",
        "7199000,119 min", "7200000,2 h", "86400000,24 h"})
    void writesDurationsAsPeopleDo(long millis, String words) {
        assertThat(Words.duration(Duration.ofMillis(millis))).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"1024,1000,1 KB/s", "1048576,500,2 MB/s", "512,0,500 KB/s"})
    void writesRatesAsPeopleDo(long bytes, long millis, String words) {
        assertThat(Words.rate(bytes, Duration.ofMillis(millis))).isEqualTo(words);
    }
}
