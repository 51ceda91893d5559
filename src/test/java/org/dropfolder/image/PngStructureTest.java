package org.dropfolder.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PngStructureTest {
    private static final byte[] PHOTO = Encoded.image("rgb.png");
    private static final byte[] SIGNATURE = Arrays.copyOf(PHOTO, 8);
    private static final byte[] END = chunk("IEND", new byte[0]);

    @ParameterizedTest
    @ValueSource(strings = {"rgb.png", "alpha.png", "palette.png", "16-bit.png", "16-bit-rgb.png", "1-bit.png", "interlaced.png"})
    void knowsWholeOnesOfEveryKind(String name) throws IOException {
        byte[] whole = Encoded.image(name);
        assertThat(condition(whole)).isEqualTo(Condition.WHOLE);
        for (int length = 8; length < whole.length; length += 97) {
            assertThat(condition(Arrays.copyOf(whole, length))).as("%d bytes", length).isEqualTo(Condition.UNFINISHED);
        }
        assertThat(condition(Arrays.copyOf(whole, whole.length - 1))).isEqualTo(Condition.UNFINISHED);
    }

    @Test
    void doesNotMindWhatFollowsItsEnd() throws IOException {
        assertThat(condition(join(PHOTO, new byte[5000]))).isEqualTo(Condition.WHOLE);
    }

    @Test
    void seesRoomThatWasMadeBeforeItsBytesCame() throws IOException {
        for (int copied : new int[] {20, 33, 50, PHOTO.length / 2, PHOTO.length - 100}) {
            assertThat(condition(Arrays.copyOf(Arrays.copyOf(PHOTO, copied), PHOTO.length))).as("%d bytes copied", copied)
                .isEqualTo(Condition.UNFINISHED);
        }
        byte[] hole = PHOTO.clone();
        Arrays.fill(hole, 4096, 8192, (byte) 0);
        assertThat(condition(hole)).as("a block that is still to come").isEqualTo(Condition.UNFINISHED);
    }

    @Test
    void seesEveryFlippedBitBehindItsBeginning() throws IOException {
        for (int at = 16; at < PHOTO.length; at += 31) {
            byte[] flipped = PHOTO.clone();
            flipped[at] ^= 4;
            assertThat(condition(flipped)).as("byte %d", at).isNotEqualTo(Condition.WHOLE);
        }
    }

    @Test
    void wantsAsManyPixelsAsItClaims() throws IOException {
        byte[] rows = {0, 1, 2, 3, 0, 4, 5, 6};
        byte[] header = header(1, 2, 8, 2, 0);
        assertThat(condition(png(header, data(rows)))).isEqualTo(Condition.WHOLE);
        assertThat(condition(png(header, data(Arrays.copyOf(rows, 7))))).isEqualTo(Condition.BROKEN);
        assertThat(condition(png(header, data(Arrays.copyOf(rows, 90_000))))).as("nobody minds more").isEqualTo(Condition.WHOLE);
        rows[4] = 5;
        assertThat(condition(png(header, data(rows)))).as("there is no such filter").isEqualTo(Condition.BROKEN);
        assertThat(condition(png(header, chunk("IDAT", new byte[40])))).as("not packed").isEqualTo(Condition.BROKEN);
    }

    @Test
    void wantsItsChunksInOrder() throws IOException {
        byte[] data = data(new byte[] {0, 0});
        byte[] grey = header(1, 1, 8, 0, 0);
        byte[] palette = header(1, 1, 8, 3, 0);
        byte[] colours = chunk("PLTE", new byte[6]);
        byte[] text = chunk("tEXt", "Comment\0IEND".getBytes(ISO_8859_1));
        assertThat(condition(png(grey, text, data))).isEqualTo(Condition.WHOLE);
        assertThat(condition(png(palette, colours, data))).isEqualTo(Condition.WHOLE);
        assertThat(condition(png(palette, data))).as("colours are missing").isEqualTo(Condition.BROKEN);
        assertThat(condition(png(palette, chunk("PLTE", new byte[5]), data))).isEqualTo(Condition.BROKEN);
        assertThat(condition(png(palette, data, colours))).isEqualTo(Condition.BROKEN);
        assertThat(condition(png(grey, data, text, data))).as("data apart").isEqualTo(Condition.BROKEN);
        assertThat(condition(png(grey))).isEqualTo(Condition.BROKEN);
        assertThat(condition(png(text, grey, data))).isEqualTo(Condition.BROKEN);
        assertThat(condition(png(grey, grey, data))).isEqualTo(Condition.BROKEN);
        assertThat(condition(png(grey, chunk("WHAT", new byte[3]), data))).as("important, and unknown").isEqualTo(Condition.BROKEN);
    }

    @Test
    void refusesHeadersThatMakeNoSense() throws IOException {
        byte[] data = data(new byte[] {0, 0});
        for (byte[] header : List.of(header(0, 1, 8, 0, 0), header(1, 0, 8, 0, 0), header(1, 1, 3, 0, 0), header(1, 1, 16, 3, 0),
                header(1, 1, 8, 5, 0), header(1, 1, 8, 0, 2), header(-1, 1, 8, 0, 0))) {
            assertThat(condition(png(header, data))).isEqualTo(Condition.BROKEN);
        }
    }

    @Test
    void refusesMorePixelsThanCanBeOpenedAndUnpacksNone() throws IOException {
        assertThat(condition(png(header(50_000, 50_000, 8, 6, 0), data(new byte[9])))).isEqualTo(Condition.TOO_MANY_PIXELS);
    }

    @Test
    void knowsThoseThatOnlyPhonesOpen() throws IOException {
        assertThat(condition(png(chunk("CgBI", new byte[4]), header(1, 1, 8, 0, 0), chunk("IDAT", new byte[] {3, 0}))))
            .isEqualTo(Condition.UNUSUAL);
    }

    private static byte[] header(int width, int height, int depth, int colours, int interlaced) {
        return chunk("IHDR", ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) depth).put((byte) colours)
            .putShort((short) 0).put((byte) interlaced).array());
    }

    private static byte[] data(byte[] rows) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            out.write(rows);
        }
        return chunk("IDAT", packed.toByteArray());
    }

    private static byte[] chunk(String name, byte[] content) {
        byte[] named = join(name.getBytes(ISO_8859_1), content);
        CRC32 crc = new CRC32();
        crc.update(named);
        return ByteBuffer.allocate(named.length + 8).putInt(content.length).put(named).putInt((int) crc.getValue()).array();
    }

    private static byte[] png(byte[]... chunks) {
        byte[] png = SIGNATURE;
        for (byte[] chunk : chunks) {
            png = join(png, chunk);
        }
        return join(png, END);
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private static Condition condition(byte[] bytes) throws IOException {
        return Probe.read(new ByteArrayInputStream(bytes)).condition();
    }
}
