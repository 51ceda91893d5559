package org.dropfolder.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;
import org.dropfolder.ledger.Asset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small pictures of what was dropped. */
class GalleryTest {
    @TempDir
    private Path folder;
    private PipelineFixture pipeline;
    private Gallery gallery;

    @BeforeEach
    void begin() throws IOException {
        pipeline = new PipelineFixture(folder);
        gallery = new Gallery(pipeline.ledger, pipeline.store);
    }

    @AfterEach
    void end() {
        pipeline.close();
    }

    @Test
    void showsAnImageOfItsDatasetAlone() throws Exception {
        Asset image = dropped("cats/one.png", 1);
        dropped("dogs/two.png", 2);

        assertThat(gallery.of("CATS", image.id()).orElseThrow().version()).isEqualTo(image.sha256());
        assertThat(gallery.of("cats", image.id()).orElseThrow().picture()).isPresent();
        assertThat(gallery.of("dogs", image.id())).isEmpty();
        assertThat(gallery.of("nobody", image.id())).isEmpty();
        assertThat(gallery.of("", image.id())).isEmpty();
    }

    @Test
    void keepsWhatItMade() throws Exception {
        Asset image = dropped("cats/one.png", 1);
        gallery.of("cats", image.id());
        Files.delete(pipeline.data.resolve(image.target()));

        assertThat(gallery.of("cats", image.id()).orElseThrow().picture()).isPresent();
        assertThatThrownBy(() -> new Gallery(pipeline.ledger, pipeline.store).of("cats", image.id())).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void hasNoPictureOfWhatIsNoImage() throws Exception {
        pipeline.drop("cats/page.jpg", "<html>".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Asset page = pipeline.accept("cats/page.jpg");

        assertThat(gallery.of("cats", page.id()).orElseThrow().picture()).isEmpty();
    }

    @Test
    void letsTooManyComeAgain() throws Exception {
        List<Asset> images = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            images.add(dropped("cats/" + i + ".png", i));
        }
        ExecutorService viewers = Executors.newFixedThreadPool(images.size());
        try {
            List<Callable<Boolean>> looks = images.stream().map(image -> (Callable<Boolean>) () ->
                gallery.of("cats", image.id()).orElseThrow().picture().isPresent()).toList();
            int shown = 0;
            for (Future<Boolean> look : viewers.invokeAll(looks)) {
                try {
                    assertThat(look.get()).isTrue();
                    shown++;
                } catch (ExecutionException e) {
                    assertThat(e.getCause()).isInstanceOf(BusyException.class);
                }
            }
            assertThat(shown).isPositive();
        } finally {
            viewers.shutdownNow();
        }
        for (Asset image : images) {
            assertThat(gallery.of("cats", image.id()).orElseThrow().picture()).isPresent();
        }
    }

    private Asset dropped(String source, int colour) throws IOException {
        BufferedImage image = new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, colour * 5);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        pipeline.drop(source, bytes.toByteArray());
        return pipeline.accept(source);
    }
}
