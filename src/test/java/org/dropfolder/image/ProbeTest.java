package org.dropfolder.image;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ProbeTest {
    @Test
    void findsSizeChecksumHashAndFormat() throws IOException {
        // the check values of the CRC-32 and SHA-256 standards
        Content digits = Probe.read(stream("123456789".getBytes(US_ASCII)));
        assertThat(digits.size()).isEqualTo(9);
        assertThat(digits.crc32()).isEqualTo(0xCBF43926L);
        assertThat(digits.format()).isEmpty();
        assertThat(Probe.read(stream("abc".getBytes(US_ASCII))).sha256())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(Probe.read(stream(new byte[] {-1, -40, -1, 0})).format()).contains(ImageFormat.JPEG);
    }

    @Test
    void readsAnEmptyFile() throws IOException {
        assertThat(Probe.read(stream(new byte[0]))).isEqualTo(new Content(0, 0,
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", FileType.OTHER, Condition.UNFINISHED));
    }

    @Test
    void seesTheSameHoweverTheStreamDripsAndLargerThanItsBuffer() throws IOException {
        byte[] bytes = new byte[1_000_003];
        new Random(7).nextBytes(bytes);
        System.arraycopy(new byte[] {-1, -40, -1}, 0, bytes, 0, 3);
        Content whole = Probe.read(stream(bytes));
        assertThat(whole.size()).isEqualTo(bytes.length);
        assertThat(whole.format()).contains(ImageFormat.JPEG);
        assertThat(Probe.read(dripping(bytes))).isEqualTo(whole);
        bytes[bytes.length - 1]++;
        assertThat(Probe.read(stream(bytes)).sha256()).isNotEqualTo(whole.sha256());
    }

    @Test
    void aBitmapThatEndsInZerosMayStillGrowAndIsThereAllTheSame() throws IOException {
        BufferedImage picture = new BufferedImage(100, 100, BufferedImage.TYPE_INT_RGB);
        Arrays.fill(((DataBufferInt) picture.getRaster().getDataBuffer()).getData(), 0x123456);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(picture, "bmp", out);
        byte[] bitmap = out.toByteArray();
        assertThat(Probe.read(new ByteArrayInputStream(bitmap), "a.bmp").condition()).isEqualTo(Condition.WHOLE);
        Arrays.fill(bitmap, bitmap.length - 4096, bitmap.length, (byte) 0);
        Condition blank = Probe.read(new ByteArrayInputStream(bitmap), "a.bmp").condition();
        assertThat(blank).isEqualTo(Condition.BLANK_END);
        assertThat(blank.mayGrow() && blank.isThere()).isTrue();
    }

    @Test
    void passesOnWhatTheStreamThrows() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the share went away");
            }
        };
        assertThatIOException().isThrownBy(() -> Probe.read(broken)).withMessage("the share went away");
    }

    private static InputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    private static InputStream dripping(byte[] bytes) {
        return new FilterInputStream(stream(bytes)) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return super.read(buffer, offset, Math.min(length, 7));
            }
        };
    }
}
