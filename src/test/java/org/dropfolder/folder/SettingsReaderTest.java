package org.dropfolder.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {
    private static final SettingsReader READER = new SettingsReader();

    @Test
    void readsEverySetting() throws FaultyFileException {
        FolderSettings settings = read("""
            # yaml-language-server: $schema=http://127.0.0.1:8080/page/dropfolder.schema.json
            name: Garden Roses   # as it is to be called
            images: 30
            start: approve
            retrain: 10
            hold: true
            steps: 2000
            lora-rank: 64
            ema: 0.99
            learning-rate: 1e-4
            """);

        assertThat(settings).isEqualTo(new FolderSettings(Optional.of("Garden Roses"), Optional.of(30), Optional.of(Start.APPROVE),
            Optional.of(10), true, new Hyperparameters(Optional.of(2000), Optional.of(64), Optional.of(0.99), Optional.of(0.0001))));
        assertThat(FolderSettings.of(settings.json())).isEqualTo(settings);
        assertThat(settings.hyperparameters().words()).isEqualTo("2000 steps, LoRA rank 64, EMA 0.99, learning rate 0.0001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# nothing yet\n", "---\n", "--- \n...\n", "{}", "\uFEFF# from Windows\r\n"})
    void setsNothingWhereNothingStands(String text) throws FaultyFileException {
        assertThat(read(text)).isEqualTo(FolderSettings.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"images: 30", "\uFEFFimages: 30\r\n", "{\"images\": 30}", "{images: 30}", "images:    30  # so many", "'images': 30",
        "\"images\": 30\n", "? images\n: 30", "---\nimages: 30\n...", "%YAML 1.2\n---\nimages: 30", "images: 30.0", "images: 3e1", "images: +30",
        "images: &many 30"})
    void readsAnyYamlOfThatMeaning(String text) throws FaultyFileException {
        assertThat(read(text).images()).contains(30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"retrain: off", "retrain: \"off\""})
    void takesOffForNever(String text) throws FaultyFileException {
        FolderSettings settings = read(text);

        assertThat(settings.retrain(Optional.of(5))).isEmpty();
        assertThat(FolderSettings.of(settings.json())).isEqualTo(settings);
    }

    /** What people get wrong, and what nobody writes by mistake, with what is said of it. */
    static Stream<Arguments> mistakes() {
        return Stream.of(
            Arguments.of("images: 10", "line 1 says images: 10, and it is to be a whole number from 15 to 100."),
            Arguments.of("images: 101", "line 1 says images: 101"),
            Arguments.of("hold: false\n\nimages: 20.5", "line 3 says images: 20.5"),
            Arguments.of("images: twenty", "line 1 says images: \"twenty\""),
            Arguments.of("images:", "line 1 says images: nothing"),
            Arguments.of("images: [20, 30]", "line 1 says more than one thing at once. Write one value behind each setting's name."),
            Arguments.of("hold: true\nimages:\n  least: 20", "line 3 says more than one thing at once."),
            Arguments.of("images: 99999999999999999999", "line 1 says images: "),
            Arguments.of("images: " + "9".repeat(60_000), "line 1 says images: "),
            Arguments.of("images: 0x1E", "line 1 says images: \"0x1E\""),
            Arguments.of("hold: yes", "line 1 says hold: \"yes\", and it is to be true or false."),
            Arguments.of("hold: 1", "line 1 says hold: 1"),
            Arguments.of("hold: \"true\"", "line 1 says hold: \"true\""),
            Arguments.of("start: never", "line 1 says start: \"never\", and it is to be auto, careful or approve."),
            Arguments.of("start: AUTO", "line 1 says start: \"AUTO\""),
            Arguments.of("start: ~", "line 1 says start: nothing"),
            Arguments.of("retrain: 0", "line 1 says retrain: 0, and it is to be off, or a whole number from 1 to 85."),
            Arguments.of("retrain: 86", "line 1 says retrain: 86"),
            Arguments.of("retrain: false", "line 1 says retrain: false"),
            Arguments.of("name: cat", "line 1 says name: \"cat\", and it is to be 5 to 30 letters, digits, spaces and hyphens."),
            Arguments.of("name: " + "a".repeat(31), "line 1 says name: "),
            Arguments.of("name: Käthe Rosen", "line 1 says name: \"Käthe Rosen\""),
            Arguments.of("name: \"Garden\\n\"", "line 1 says name: \"Garden?\""),
            Arguments.of("name: \"Garden\\u202E\"", "line 1 says name: \"Garden?\""),
            Arguments.of("name: \"       \"", "line 1 says name: "),
            Arguments.of("name: 20260314", "line 1 says name: 20260314, and it is to be 5 to 30 letters, digits, spaces and hyphens, in quotes."),
            Arguments.of("steps: 150", "line 1 says steps: 150, and it is to be a whole number from 100 to 10000, in hundreds."),
            Arguments.of("steps: 10100", "line 1 says steps: 10100"),
            Arguments.of("steps: 0", "line 1 says steps: 0"),
            Arguments.of("lora-rank: 32", "line 1 says lora-rank: 32, and it is to be 64 or 128."),
            Arguments.of("ema: 1.01", "line 1 says ema: 1.01, and it is to be a number from 0 to 1."),
            Arguments.of("ema: -0.1", "line 1 says ema: -0.1"),
            Arguments.of("ema: .nan", "line 1 says ema: \".nan\""),
            Arguments.of("learning-rate: 0", "line 1 says learning-rate: 0, and it is to be a number above 0."),
            Arguments.of("learning-rate: -1e-4", "line 1 says learning-rate: "),
            Arguments.of("learning-rate: 1e-999", "line 1 says learning-rate: 0.0"),
            Arguments.of("learning-rate: 1e999", "line 1 says learning-rate: \"1e999\""),
            Arguments.of("learning-rate: .inf", "line 1 says learning-rate: \".inf\""),
            Arguments.of("Images: 30", "line 1 has Images, which is none of name, images, start, retrain, hold, steps, lora-rank, ema, learning-rate (correct it, or take it out)."),
            Arguments.of("hold: true\ndaily: 100", "line 2 has daily, which is none of "),
            Arguments.of("price: 0", "line 1 has price, which is none of "),
            Arguments.of("lora_rank: 64", "line 1 has lora_rank, which is none of "),
            Arguments.of("\"a\\rb\": 1", "line 1 has a?b, which is none of "),
            Arguments.of("images: 10\nfoo: 1\nsteps: 1", "line 1 says images: 10, and it is to be a whole number from 15 to 100; line 2 has foo"),
            Arguments.of("images: 20\nimages: 30", "line 2 sets images again, after line 1. Keep one of the two."),
            Arguments.of("hold: true\n\n\"hold\": false", "line 3 sets hold again, after line 1."),
            Arguments.of("images: &a 20\nsteps: *a", "line 2 refers to another place by *."),
            Arguments.of("<<: *all", "line 1 refers to another place by *."),
            Arguments.of("images: !!int 30", "line 1 names a type by !."),
            Arguments.of("name: !!javax.script.ScriptEngineManager [a]", "line 1 says more than one thing at once."),
            Arguments.of("hold: !!java.lang.Boolean true", "line 1 names a type by !."),
            Arguments.of("[a, b]: 1", "line 1 does not begin with a setting's name."),
            Arguments.of("- images: 30", "line 1 is no setting."),
            Arguments.of("images 30", "line 1 is no setting."),
            Arguments.of("30", "line 1 is no setting."),
            Arguments.of("images: 20\n---\nimages: 30", "line 3 is no setting."),
            Arguments.of("images: 20\n\thold: true", "line 2 is no YAML"),
            Arguments.of("images: 20\n  hold: true", "line 2 is no YAML"),
            Arguments.of("name: \"Garden", "is no YAML"),
            Arguments.of("images: @30", "line 1 is no YAML"),
            Arguments.of("{images: 30", "is no YAML"),
            Arguments.of("images: 30\u0000", "it holds characters that no YAML may hold."),
            Arguments.of("# " + "a".repeat(SettingsReader.LARGEST), "it is larger than 64 KB."));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void tellsAMistakeByItsLineAndWhatToDo(String text, String said) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(FaultyFileException.class).message()
            .startsWith("Could not use dropfolder.yaml: ").contains(said).endsWith("Until it is mended, or gone, nothing is trained; images go on.")
            .doesNotContainPattern("\\p{Cntrl}").hasSizeLessThan(1_000);
    }

    @Test
    void tellsFiveMistakesAndHowManyMoreThereAre() {
        assertThatThrownBy(() -> read("a: 1\nb: 1\nc: 1\nd: 1\ne: 1\nf: 1\ng: 1\n")).message().contains("line 5 has e").contains("There are 2 more.")
            .doesNotContain("line 6");
    }

    @Test
    void refusesWhatIsNotUtf8() {
        for (byte[] bytes : new byte[][] {"images: 30".getBytes(StandardCharsets.UTF_16LE), "name: Käthe Rosen".getBytes(StandardCharsets.ISO_8859_1),
            {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0}}) {
            assertThat(catchThrowableOfType(FaultyFileException.class, () -> READER.read(bytes))).isNotNull();
        }
    }

    /** A file may nest, refer and repeat as it likes: that costs its bytes, and neither the stack nor the heap. */
    @ParameterizedTest
    @ValueSource(strings = {"[", "{", "- ", "? ", "{a: ", "&a [*a, ", "!!x ", "%A\n", "'", "\"\\", "a: b: "})
    void bearsHostileText(String piece) {
        String hostile = piece.repeat(SettingsReader.LARGEST / piece.length());

        assertThatThrownBy(() -> read(hostile)).isInstanceOf(FaultyFileException.class);
        assertThatThrownBy(() -> read("images: " + hostile.substring(8))).isInstanceOf(FaultyFileException.class);
    }

    @Test
    void bearsALaughOfABillion() {
        StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 30; i++) {
            text.append("a%d: &a%d [".formatted(i, i)).append("*a%d, ".formatted(i - 1).repeat(9)).append("x]\n");
        }
        assertThatThrownBy(() -> read(text.toString())).isInstanceOf(FaultyFileException.class);
    }

    private static FolderSettings read(String text) throws FaultyFileException {
        return READER.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
