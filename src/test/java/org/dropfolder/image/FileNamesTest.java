package org.dropfolder.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNamesTest {
    @ParameterizedTest
    @ValueSource(strings = {".DS_Store", "._photo.jpg", "~$notes.docx", "photo.jpg.part", "photo.TMP", "a.crdownload",
        "a.jpg.FilePart", "Thumbs.db", "THUMBS.DB", "desktop.ini", "__MACOSX", "_status.txt", "Dropfolder.YAML",
        "cats/.git/photo.jpg", "__macosx/photo.jpg", "sub/~tmp/photo.jpg", "sub/photo.part"})
    void takesJunkForJunk(String name) {
        assertThat(FileNames.junk(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"photo.jpg", "a~b.jpg", "part", "my.part.jpg", "tmp", "partly.partial", "status.txt",
        "_photo.jpg", "cats/sub/photo.jpg", "Thumbs.db.jpg", "a.part\n", ""})
    void takesNothingElseForJunk(String name) {
        assertThat(FileNames.junk(name)).isFalse();
    }

    @Test
    void knowsCaptionsByTheirEnding() {
        assertThat(FileNames.caption("photo.txt")).isTrue();
        assertThat(FileNames.caption("sub/photo.TXT")).isTrue();
        assertThat(FileNames.caption("photo.txt.jpg")).isFalse();
        assertThat(FileNames.caption("txt")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"photo.jpg, photo, jpg", "a.b.JPEG, a.b, JPEG", "sub.d/photo, photo, ''", "Mr. Smith, Mr. Smith, ''",
        "photo., photo., ''", ".jpg, '', jpg", "'', '', ''", "a.jpeg2000xyz, a.jpeg2000xyz, ''"})
    void partsANameIntoStemAndEnding(String name, String stem, String ending) {
        assertThat(FileNames.stem(name)).isEqualTo(stem);
        assertThat(FileNames.ending(name)).isEqualTo(ending);
    }

    @ParameterizedTest
    @CsvSource({"photo.jpg, photo.jpg", "photo.JPEG, photo.JPEG", "photo.png, photo.jpg", "photo, photo.jpg",
        "cats/sub/photo.jpg, photo.jpg", "Mr. Smith, Mr. Smith.jpg", "my photo (1)_b-c.jpg, my photo (1)_b-c.jpg",
        "a\"b'c&d.jpg, a_b_c_d.jpg", "..\\up.jpg, _up.jpg", ".-. x.jpg, x.jpg", "x . .jpg, x.jpg", "'', image.jpg",
        ".jpg, image.jpg", "---.png, image.jpg", "..., image.jpg", "Größe 東京.jpg, Größe 東京.jpg"})
    void makesNamesSafe(String name, String safe) {
        assertThat(FileNames.safe(name, ImageFormat.JPEG)).isEqualTo(safe);
    }

    @Test
    void makesInvisibleAndOddCharactersSafe() {
        assertThat(FileNames.safe("inv\u202Egpj.oice\u200F\n.jpg", ImageFormat.JPEG)).isEqualTo("invgpj.oice.jpg");
        assertThat(FileNames.safe("photo.jpg\u200E\n", ImageFormat.JPEG)).isEqualTo("photo.jpg");
        assertThat(FileNames.safe("cat😀❤️.png", ImageFormat.PNG)).isEqualTo("cat__.png");
        assertThat(FileNames.safe("half\uD83D.webp", ImageFormat.WEBP)).isEqualTo("half_.webp");
        assertThat(FileNames.safe("Cafe\u0301.jpg", ImageFormat.JPEG)).isEqualTo("Caf\u00e9.jpg");
        assertThat(FileNames.safe("की.jpg", ImageFormat.JPEG)).isEqualTo("की.jpg");
    }

    @Test
    void sendsNoStemOfMoreThanAHundredChars() {
        assertThat(FileNames.safe("x".repeat(300) + ".jpg", ImageFormat.JPEG)).isEqualTo("x".repeat(100) + ".jpg");
        // a letter of two chars is never halved
        String gothic = "\uD800\uDF30";
        assertThat(FileNames.safe("x" + gothic.repeat(60) + ".jpg", ImageFormat.JPEG))
                .isEqualTo("x" + gothic.repeat(49) + ".jpg");
    }

    @Test
    void makesASafeNameNoSafer() {
        for (String name : List.of("-x . y..png", "a".repeat(99) + ". b.jpg", "\u0301.jpg", "😀/😀", "x.tar.gz")) {
            String safe = FileNames.safe(name, ImageFormat.JPEG);
            assertThat(FileNames.safe(safe, ImageFormat.JPEG)).isEqualTo(safe);
        }
    }

    @Test
    void pairsACaptionWithItsImage() {
        assertThat(FileNames.stemKey("Cafe\u0301 1.JPG")).isEqualTo(FileNames.stemKey("caf\u00e9 1.txt"));
        assertThat(FileNames.stemKey("INDIA.jpg")).isEqualTo("india");
        assertThat(FileNames.stemKey("Mr. Smith.txt")).isEqualTo(FileNames.stemKey("Mr. Smith"));
        assertThat(FileNames.stemKey("a/photo.jpg")).isNotEqualTo(FileNames.stemKey("b/photo.txt"));
        assertThat(FileNames.stemKey("photo1.jpg")).isNotEqualTo(FileNames.stemKey("photo2.txt"));
    }

    @Test
    void numbersANameThatIsTaken() {
        assertThat(FileNames.numbered("photo.jpg", "2")).isEqualTo("photo-2.jpg");
        assertThat(FileNames.numbered("photo", "2")).isEqualTo("photo-2");
        assertThat(FileNames.numbered("x".repeat(100) + ".jpg", "17")).isEqualTo("x".repeat(97) + "-17.jpg");
    }

    @Test
    void printsNothingThatDisturbsALine() {
        assertThat(FileNames.printable("a\nb\tc\u202Ed\u2028e\u0000f\uD83D.jpg")).isEqualTo("a?b?c?d?e?f?.jpg");
        assertThat(FileNames.printable("Größe \"1\" 😀.jpg")).isEqualTo("Größe \"1\" 😀.jpg");
        assertThat(FileNames.printable("x".repeat(120))).isEqualTo("x".repeat(120));
        assertThat(FileNames.printable("x".repeat(121))).isEqualTo("x".repeat(119) + "…");
        assertThat(FileNames.printable("x".repeat(118) + "😀😀")).isEqualTo("x".repeat(118) + "…");
    }
}
