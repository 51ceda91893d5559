package org.dropfolder;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class TinyJpegTest {
    @Test
    void opensAndIsAnotherForEachText() throws IOException {
        for (String text : new String[] {"", "a", "x".repeat(200_000)}) {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(TinyJpeg.of(text)));
            assertThat(image.getWidth()).isEqualTo(8);
            assertThat(image.getRaster().getSample(7, 7, 0)).isEqualTo(128);
        }
        assertThat(TinyJpeg.of("a")).isNotEqualTo(TinyJpeg.of("b"));
    }
}
