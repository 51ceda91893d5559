package org.dropfolder.ideogram;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelNameTest {

    private static final String THIRTY = "abcdefghijklmnopqrstuvwxyz1234";

    @ParameterizedTest
    @ValueSource(strings = {"horse", "My cats - 2", "-----", "     ", "12345", THIRTY})
    void takesAGoodNameAsItIs(String wanted) {
        assertThat(ModelName.of(wanted)).isEqualTo(wanted);
    }

    // the four digits are those of: printf %s NAME | sha256sum
    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {
            "\"\", -e3b0",
            "a, a-ca97",
            "cats, cats-d936",
            "my_cats, my-cats-0bb7",
            "häuser, h-user-34c9",
            "😀, --f044",
            "👩‍🚀 team, --- team-f96f",
            "猫の写真です, -------c6ed",
            "a\tb/c.d, a-b-c-d-efe0",
            "abcdefghijklmnopqrstuvwxyz12345, abcdefghijklmnopqrstuvwxy-7cd2"})
    void makesAGoodNameOfAnyOther(String wanted, String name) throws Exception {
        assertThat(ModelName.of(wanted)).isEqualTo(name).matches("[A-Za-z0-9 -]{5,30}");
    }

    @Test
    void keepsNamesApartThatDifferOnlyBeyondTheCut() {
        String one = ModelName.of(THIRTY + THIRTY + "1");
        String other = ModelName.of(THIRTY + THIRTY + "2");

        assertThat(one).hasSize(30).isNotEqualTo(other);
        assertThat(other).hasSize(30).startsWith(one.substring(0, 26));
    }

    @Test
    void keepsNamesApartThatDifferOnlyInWhatIsReplaced() {
        assertThat(ModelName.of("cats/red")).isNotEqualTo(ModelName.of("cats_red"));
    }

    @Test
    void comesToTheSameNameEachTime() {
        assertThat(ModelName.of("été 2026")).isEqualTo(ModelName.of("été 2026"));
    }
}
