package org.dropfolder.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ImageFormatTest {
    @Test
    void knowsWhatJavaItselfPaints() throws IOException {
        assertThat(ImageFormat.of(painted("jpg"))).contains(ImageFormat.JPEG);
        assertThat(ImageFormat.of(painted("png"))).contains(ImageFormat.PNG);
        assertThat(ImageFormat.of(painted("gif"))).isEmpty();
        assertThat(ImageFormat.of(painted("bmp"))).isEmpty();
    }

    @Test
    void knowsWebpAmongTheOtherThingsThatARiffCanHold() {
        assertThat(ImageFormat.of(bytes("RIFF\1\2\3\4WEBPVP8 "))).contains(ImageFormat.WEBP);
        assertThat(ImageFormat.of(bytes("RIFF\1\2\3\4WAVEfmt "))).isEmpty();
    }

    @Test
    void takesNoBeginThatIsCutOff() {
        for (String whole : new String[] {"\u00ff\u00d8\u00ff", "\u0089PNG\r\n\u001a\n", "RIFF\1\2\3\4WEBP"}) {
            assertThat(ImageFormat.of(bytes(whole))).isPresent();
            for (int length = 0; length < whole.length(); length++) {
                assertThat(ImageFormat.of(bytes(whole.substring(0, length)))).isEmpty();
            }
        }
    }

    @Test
    void hasTheUsualEndings() {
        assertThat(ImageFormat.values()).extracting(ImageFormat::ending).containsExactly("jpg", "png", "webp");
    }

    private static byte[] painted(String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB), format, bytes)).isTrue();
        return bytes.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
