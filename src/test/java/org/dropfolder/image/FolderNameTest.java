package org.dropfolder.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FolderNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"cats", "Katzen & Hunde", "été", "e\u0301te\u0301", "猫", "\uD83D\uDE00", "!!!", "-", "a\\b", "100%", "'\"",
        " cats ", "a\u200Bb", "\u05D2\u05DF\u200F", "inbox", "__inbox"})
    void canBeADatasets(String name) {
        assertThat(FolderName.fault(name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {"\"f\uFFFDr\",FOLDER_UNDECODABLE", "\"half\uD83D\",FOLDER_UNDECODABLE", "\" \",FOLDER_BLANK",
        "\"\u00A0\u200B\u3000\",FOLDER_BLANK", "\"\u202E\",FOLDER_BLANK", "\"a\nb\",FOLDER_WITH_CONTROL", "\"a\u0007\",FOLDER_WITH_CONTROL",
        "\"a\u2028b\",FOLDER_WITH_CONTROL", "\"\u202Egpj\",FOLDER_WITH_CONTROL", "\"a\u2066b\",FOLDER_WITH_CONTROL", "_Inbox,FOLDER_OF_OURS"})
    void canNotBeADatasetsAndSaysWhy(String name, String code) {
        assertThat(FolderName.fault(name)).get().extracting(Reason::code).isEqualTo(code);
    }
}
