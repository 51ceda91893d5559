package org.dropfolder.ideogram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExcerptTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{\"message\": \"too big\", \"error\": \"E1\"}                               | too big",
            "{\"error\": \"too big\"}                                                    | too big",
            "{\"error\": {\"code\": 7, \"message\": \"too big\"}}                        | too big",
            "{\"error\": true, \"detail\": \"too big\"}                                  | too big",
            "{\"detail\": [{\"loc\": [1], \"msg\": \"too big\"}, {\"msg\": \"odd\"}]} | too big; odd",
            "{\"message\": \"\", \"title\": \"Bad Request\", \"status\": 400}            | Bad Request",
            "[\"too big\", \"odd\"]                                                      | too big; odd",
            "\"too big\"                                                                 | too big",
            "{\"code\": 7}                                                               | {\"code\": 7}",
            "{\"message\": \"cut o                                                       | {\"message\": \"cut o",
            "too   big, a < b                                                            | too big, a < b",
            "<html><head><title>502</title></head><body><h1>Bad</h1> <b>gateway</b></body> | Bad gateway",
            "<!-- x --><style>p {}</style><p>Sorry</p><a href=                           | Sorry",
            "``                                                                          | ``"})
    void findsTheTellingWordsOfAnErrorBody(String body, String words) {
        assertThat(Excerpt.ofErrorBody(body, "")).isEqualTo(words);
    }

    @Test
    void takesControlCharactersOut() {
        String body = "{\"message\": \"a\\u001b[31m\\r\\nb\\u0000\\u202ec\"}";

        assertThat(Excerpt.ofErrorBody(body, "")).isEqualTo("a [31m b c");
    }

    @Test
    void cutsToTwoHundredCharactersAndNotThroughOne() {
        String cut = Excerpt.of("😀".repeat(300));

        assertThat(cut).isEqualTo("😀".repeat(199) + "…");
        assertThat(Excerpt.of("x".repeat(200))).isEqualTo("x".repeat(200));
    }

    @Test
    void hidesTheSecretHoweverTheBodySpellsIt() {
        for (String spelled : List.of("se/cret", "se\\/cret", "se\\u002fcret", "\\u0073e/cret")) {
            assertThat(Excerpt.ofErrorBody("{\"message\": \"the key " + spelled + " is wrong\"}", "se/cret"))
                    .isEqualTo("the key *** is wrong");
        }
    }
}
