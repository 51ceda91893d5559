package org.dropfolder.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebpStructureTest {
    private static final byte[] PHOTO = Encoded.image("lossy.webp");
    private static final int LENGTH = 4;
    private static final int LOSSY_SIZE = 26;

    @ParameterizedTest
    @ValueSource(strings = {"lossy.webp", "lossless.webp", "lossy-alpha.webp", "lossless-alpha.webp"})
    void opensWholeOnesOfEveryKindSinceTheyHaveNoChecksums(String name) throws IOException {
        byte[] whole = Encoded.image(name);
        assertThat(condition(whole)).isEqualTo(Condition.DOUBTFUL);
        assertThat(decoded(whole)).isEqualTo(Condition.WHOLE);
        for (int length = 12; length < whole.length; length += 13) {
            assertThat(condition(Arrays.copyOf(whole, length))).as("%d bytes", length).isEqualTo(Condition.UNFINISHED);
        }
        assertThat(condition(Arrays.copyOf(whole, whole.length + 3))).as("with more behind it").isEqualTo(Condition.DOUBTFUL);
    }

    @Test
    void knowsMovingOnes() throws IOException {
        byte[] moving = Encoded.animatedWebp();
        Content content = Probe.read(new ByteArrayInputStream(moving));
        assertThat(content.type()).isEqualTo(FileType.ANIMATED_WEBP);
        assertThat(content.condition()).isEqualTo(Condition.WHOLE);
        assertThat(content.format()).isEmpty();
        assertThat(condition(Arrays.copyOf(moving, moving.length - 1))).isEqualTo(Condition.UNFINISHED);
    }

    @Test
    void seesRoomThatWasMadeBeforeItsBytesCame() throws IOException {
        for (int copied : new int[] {3, 12, 20, 100, PHOTO.length - 600}) {
            assertThat(condition(Arrays.copyOf(Arrays.copyOf(PHOTO, copied), PHOTO.length))).as("%d bytes copied", copied)
                .isEqualTo(Condition.UNFINISHED);
        }
        assertThat(condition(with(LENGTH, 0))).as("its length comes last").isEqualTo(Condition.UNFINISHED);
        assertThat(condition(Arrays.copyOf(Arrays.copyOf(PHOTO, PHOTO.length - 20), PHOTO.length))).as("packed data may end so")
            .isEqualTo(Condition.DOUBTFUL);
    }

    @Test
    void refusesHeadersThatMakeNoSense() throws IOException {
        assertThat(condition(with(LENGTH, 20))).as("shorter than its picture").isEqualTo(Condition.BROKEN);
        assertThat(condition(with(LENGTH, PHOTO.length * 2))).isEqualTo(Condition.UNFINISHED);
        assertThat(condition(with(LOSSY_SIZE, 0))).as("no pixels").isEqualTo(Condition.BROKEN);
        byte[] mark = PHOTO.clone();
        mark[23] = 0;
        assertThat(condition(mark)).isEqualTo(Condition.BROKEN);
        byte[] alpha = Encoded.image("lossy-alpha.webp");
        alpha[24]++;
        assertThat(condition(alpha)).as("another size outside than inside").isEqualTo(Condition.BROKEN);
        byte[] lossless = Encoded.image("lossless.webp");
        lossless[24] |= (byte) 0x80;
        assertThat(condition(lossless)).as("of a version to come").isEqualTo(Condition.BROKEN);
    }

    @Test
    void refusesDataThatDoesNotDecode() throws IOException {
        byte[] lossless = Encoded.image("lossless.webp");
        Arrays.fill(lossless, 25, 80, (byte) 0xFF);
        assertThat(condition(lossless)).isEqualTo(Condition.DOUBTFUL);
        assertThat(decoded(lossless)).isEqualTo(Condition.BROKEN);
    }

    private static byte[] with(int at, int number) {
        byte[] changed = PHOTO.clone();
        ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(at, number);
        return changed;
    }

    private static Condition condition(byte[] bytes) throws IOException {
        return Probe.read(new ByteArrayInputStream(bytes)).condition();
    }

    private static Condition decoded(byte[] bytes) throws IOException {
        return Decoder.read("photo.webp", () -> new ByteArrayInputStream(bytes)).condition();
    }
}
