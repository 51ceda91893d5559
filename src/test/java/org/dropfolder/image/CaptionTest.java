package org.dropfolder.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class CaptionTest {
    @Test
    void readsWhateverEditorsSave() throws UnreadableCaptionException {
        String text = "Ein müdes 😀 Kätzchen";
        assertThat(read(text.getBytes(UTF_8))).contains(text);
        assertThat(read(("\uFEFF" + text).getBytes(UTF_8))).contains(text);
        assertThat(read(("\uFEFF" + text).getBytes(UTF_16LE))).contains(text);
        assertThat(read(("\uFEFF" + text).getBytes(UTF_16BE))).contains(text);
    }

    @Test
    void endsLinesInOneWayAndTrims() throws UnreadableCaptionException {
        assertThat(read(" \r\n one\r\ntwo\rthree\n\r\n")).contains("one\ntwo\nthree");
    }

    @Test
    void dropsControlCharactersButLinesAndTabs() throws UnreadableCaptionException {
        assertThat(read("a\u0000b\u001b[1m\tc\u0085\nd\u007f")).contains("ab[1m\tc\nd");
    }

    @Test
    void takesAnEmptyFileForNoCaption() throws UnreadableCaptionException {
        assertThat(read("")).isEmpty();
        assertThat(read(" \r\n\t\u0000 ")).isEmpty();
        assertThat(read("\uFEFF")).isEmpty();
        assertThat(read("\uFEFF".getBytes(UTF_16LE))).isEmpty();
    }

    @Test
    void refusesWhatIsNoText() {
        refuses("müde".getBytes(ISO_8859_1), Reason.unreadableCaption("a.txt"));
        refuses(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF}, Reason.unreadableCaption("a.txt"));
        refuses(new byte[] {(byte) 0xFE, (byte) 0xFF, (byte) 0xD8, 0}, Reason.unreadableCaption("a.txt"));
        refuses(new byte[] {(byte) 0xEF, (byte) 0xBB}, Reason.unreadableCaption("a.txt"));
    }

    @Test
    void refusesWhatIsTooLong() throws UnreadableCaptionException {
        assertThat(read("😀".repeat(2_000) + "\n")).hasValueSatisfying(text -> assertThat(text).hasSize(4_000));
        refuses("x".repeat(2_001).getBytes(UTF_8), Reason.captionTooLong("a.txt"));
        refuses(new byte[Caption.LARGEST + 1], Reason.captionTooLong("a.txt"));
    }

    private static Optional<String> read(String text) throws UnreadableCaptionException {
        return read(text.getBytes(UTF_8));
    }

    private static Optional<String> read(byte[] bytes) throws UnreadableCaptionException {
        return Caption.read("a.txt", bytes);
    }

    private static void refuses(byte[] bytes, Reason reason) {
        assertThatExceptionOfType(UnreadableCaptionException.class)
                .isThrownBy(() -> read(bytes))
                .withMessage(reason.text())
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
    }
}
