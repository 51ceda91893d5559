package org.dropfolder.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DecoderTest {
    private final AtomicInteger readings = new AtomicInteger();

    @Test
    void opensNothingThatIsSureAlready() throws IOException {
        for (String name : new String[] {"baseline.jpg", "progressive.jpg", "cmyk.jpg", "interlaced.png", "16-bit-rgb.png"}) {
            readings.set(0);
            assertThat(condition(Encoded.image(name))).isEqualTo(Condition.WHOLE);
            assertThat(readings).as(name).hasValue(1);
        }
        readings.set(0);
        byte[] half = Encoded.image("lossy.webp");
        assertThat(condition(Arrays.copyOf(half, half.length / 2))).isEqualTo(Condition.UNFINISHED);
        assertThat(readings).hasValue(1);
    }

    @Test
    void opensWhatIsInDoubtAndKeepsAllElseThatIsKnown() throws IOException {
        byte[] webp = Encoded.image("lossless-alpha.webp");
        Content content = Decoder.read("photo", () -> stream(webp));
        assertThat(readings).hasValue(2);
        assertThat(content).isEqualTo(Probe.read(new ByteArrayInputStream(webp)).but(Condition.WHOLE));
    }

    /** A wrong count of restarts alone may come of a careless encoder: what tells is whether the data fits. */
    @Test
    void findsPackedDataThatDoesNotFit() throws IOException {
        String photo = HexFormat.of().formatHex(Encoded.image("baseline.jpg"));
        byte[] restarts = HexFormat.of().parseHex(photo.replaceFirst("ffda", "ffdd00040001ffda"));
        assertThat(Probe.read(new ByteArrayInputStream(restarts)).condition()).isEqualTo(Condition.DOUBTFUL);
        assertThat(condition(restarts)).isEqualTo(Condition.BROKEN);
    }

    @Test
    void leavesAloneWhatNeedsMoreOfTheHeapThanItMayHave() throws IOException {
        byte[] huge = Encoded.image("lossless.webp");
        huge[22] = (byte) 0xFF;
        huge[24] = 0x0B;
        assertThat(condition(huge)).as("a plain one may pack so well").isEqualTo(Condition.WHOLE);
        byte[] photo = Encoded.image("lossy.webp");
        photo[27] = 0x20;
        photo[29] = 0x20;
        assertThat(condition(photo)).as("8,000 pixels a side, of which few are there").isEqualTo(Condition.BROKEN);
    }

    @Test
    void passesOnThatTheBytesAreGone() {
        byte[] webp = Encoded.image("lossy.webp");
        assertThatIOException().isThrownBy(() -> Decoder.read("photo", () -> {
            if (readings.incrementAndGet() == 2) {
                throw new FileNotFoundException("taken away");
            }
            return new ByteArrayInputStream(webp);
        })).withMessage("taken away");
    }

    private Condition condition(byte[] bytes) throws IOException {
        return Decoder.read("photo", () -> stream(bytes)).condition();
    }

    private ByteArrayInputStream stream(byte[] bytes) {
        readings.incrementAndGet();
        return new ByteArrayInputStream(bytes);
    }
}
