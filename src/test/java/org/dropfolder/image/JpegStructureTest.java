package org.dropfolder.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.dropfolder.TinyJpeg;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JpegStructureTest {
    private static final byte[] PHOTO = Encoded.image("baseline.jpg");

    @ParameterizedTest
    @ValueSource(strings = {"baseline.jpg", "progressive.jpg", "grey.jpg", "cmyk.jpg"})
    void knowsWholeOnesOfEveryKind(String name) throws IOException {
        byte[] whole = Encoded.image(name);
        assertThat(condition(whole)).isEqualTo(Condition.WHOLE);
        for (int length = 3; length < whole.length; length += 7) {
            assertThat(condition(Arrays.copyOf(whole, length))).as("%d bytes", length).isEqualTo(Condition.UNFINISHED);
        }
    }

    @Test
    void wantsItsLastByte() throws IOException {
        assertThat(condition(Arrays.copyOf(PHOTO, PHOTO.length - 1))).isEqualTo(Condition.UNFINISHED);
        assertThat(condition(Arrays.copyOf(PHOTO, PHOTO.length - 2))).isEqualTo(Condition.UNFINISHED);
    }

    @Test
    void doesNotMindWhatCamerasWriteBehindTheEnd() throws IOException {
        assertThat(condition(join(PHOTO, new byte[5000]))).isEqualTo(Condition.WHOLE);
        assertThat(condition(join(PHOTO, PHOTO))).isEqualTo(Condition.WHOLE);
        assertThat(condition(join(PHOTO, hex("00000018667479706d703432")))).isEqualTo(Condition.WHOLE);
    }

    @Test
    void doesNotTakeTheEndOfAThumbnailForItsOwn() throws IOException {
        byte[] thumbnail = TinyJpeg.of("small");
        byte[] photo = with(join(hex("ffe1%04x".formatted(thumbnail.length + 2)), thumbnail));
        assertThat(condition(photo)).isEqualTo(Condition.WHOLE);
        assertThat(condition(Arrays.copyOf(photo, photo.length - 2))).isEqualTo(Condition.UNFINISHED);
    }

    @Test
    void seesRoomThatWasMadeBeforeItsBytesCame() throws IOException {
        for (int copied : new int[] {2, 20, 300, PHOTO.length / 2, PHOTO.length - 1}) {
            assertThat(condition(Arrays.copyOf(Arrays.copyOf(PHOTO, copied), PHOTO.length))).as("%d bytes copied", copied)
                .isEqualTo(Condition.UNFINISHED);
        }
        byte[] headless = PHOTO.clone();
        Arrays.fill(headless, 0, 512, (byte) 0);
        assertThat(condition(headless)).isEqualTo(Condition.UNFINISHED);
        assertThat(condition(new byte[300_000])).isEqualTo(Condition.UNFINISHED);
    }

    @Test
    void passesFillingBytesAndStuffedOnesAndRestarts() throws IOException {
        assertThat(condition(with(hex("ffffffff")))).isEqualTo(Condition.WHOLE);
        // three blocks, a restart behind each
        assertThat(condition(restarting("3f ffd0 3f ffd1 3f"))).isEqualTo(Condition.WHOLE);
        assertThat(condition(restarting("3f ffd0 3f ffd2 3f"))).as("one is missing").isEqualTo(Condition.DOUBTFUL);
        assertThat(condition(restarting("3f ffd0 3f"))).as("two are missing").isEqualTo(Condition.DOUBTFUL);
    }

    @Test
    void refusesWhatNoDecoderOpens() throws IOException {
        String tiny = HexFormat.of().formatHex(TinyJpeg.of(""));
        assertThat(condition(hex(tiny.replace("0800080008", "0800080000")))).as("no width").isEqualTo(Condition.BROKEN);
        assertThat(condition(hex(tiny.replace("01011100", "01015100")))).as("sampling").isEqualTo(Condition.BROKEN);
        assertThat(condition(hex(tiny.replace("01011100", "01011103")))).as("quantization").isEqualTo(Condition.BROKEN);
        assertThat(condition(hex(tiny.replace("ffda000801010000", "ffda000801020000")))).as("component").isEqualTo(Condition.BROKEN);
        assertThat(condition(hex(tiny.replace("ffda000801010000", "ffda000801011000")))).as("table").isEqualTo(Condition.BROKEN);
        assertThat(condition(hex(tiny.replace("ffc40014000100", "ffc40014000200")))).as("codes").isEqualTo(Condition.BROKEN);
        assertThat(condition(hex(tiny.replace("ffdb0043", "ffdb0042")))).as("length").isEqualTo(Condition.BROKEN);
        assertThat(condition(hex("ffd8ffd9"))).as("nothing in it").isEqualTo(Condition.BROKEN);
        assertThat(condition(hex(tiny.replace("ffda", "ff01")))).as("marker").isEqualTo(Condition.BROKEN);
    }

    @Test
    void refusesDataThatIsTooShortForItsBlocks() throws IOException {
        String tiny = HexFormat.of().formatHex(TinyJpeg.of(""));
        assertThat(condition(hex(tiny.replace("0800080008", "0801000100")))).isEqualTo(Condition.BROKEN);
    }

    @Test
    void knowsKindsThatFewProgramsOpen() throws IOException {
        String tiny = HexFormat.of().formatHex(TinyJpeg.of(""));
        for (String frame : List.of("ffc3", "ffc9", "ffca", "fff7")) {
            assertThat(condition(hex(tiny.replace("ffc0", frame)))).as(frame).isEqualTo(Condition.UNUSUAL);
        }
        assertThat(condition(hex(tiny.replace("ffc0000b08", "ffc0000b0c")))).as("12 bits").isEqualTo(Condition.UNUSUAL);
        assertThat(condition(Arrays.copyOf(hex(tiny.replace("ffc0", "ffc9")), 100))).isEqualTo(Condition.UNFINISHED);
    }

    @Test
    void refusesMorePixelsThanCanBeOpened() throws IOException {
        String huge = HexFormat.of().formatHex(TinyJpeg.of("")).replace("0800080008", "08ffffffff");
        byte[] data = new byte[17_000_000];
        Arrays.fill(data, (byte) 0x55);
        assertThat(condition(join(hex(huge.substring(0, huge.length() - 4)), join(data, hex("ffd9")))))
            .isEqualTo(Condition.TOO_MANY_PIXELS);
    }

    @Test
    void doubtsDataThatLooksLikeAHole() throws IOException {
        byte[] hole = join(Arrays.copyOf(PHOTO, PHOTO.length - 2), join(new byte[70_000], hex("ffd9")));
        assertThat(condition(hole)).isEqualTo(Condition.DOUBTFUL);
        assertThat(Decoder.read("photo", () -> new ByteArrayInputStream(hole)).condition()).isEqualTo(Condition.BROKEN);
    }

    /** A picture of three blocks in a row, with restarts. */
    private static byte[] restarting(String data) {
        String tiny = HexFormat.of().formatHex(TinyJpeg.of("")).replace("0800080008", "0800080018");
        return hex(tiny.replace("ffda", "ffdd00040001ffda").replace("3fffd9", data + "ffd9"));
    }

    /** With something right behind its begin. */
    private static byte[] with(byte[] more) {
        return join(join(Arrays.copyOf(PHOTO, 2), more), Arrays.copyOfRange(PHOTO, 2, PHOTO.length));
    }

    private static Condition condition(byte[] bytes) throws IOException {
        Content content = Probe.read(new ByteArrayInputStream(bytes));
        assertThat(content.size()).isEqualTo(bytes.length);
        return content.condition();
    }

    private static byte[] join(byte[] first, byte[] second) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.writeBytes(first);
        joined.writeBytes(second);
        return joined.toByteArray();
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }
}
