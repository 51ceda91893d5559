package org.dropfolder.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that are large, or say that they are, converted by a Java of its own with 64 MB. */
class ConverterMemoryTest {
    private static final String HEAP = "-Xmx64m";
    private static final int SIDE = 10_000;

    @TempDir
    Path folder;

    private final List<String> images = new ArrayList<>();

    @Test
    void convertsImagesOf100MegapixelsAndLargeOnesOfEachKind() throws Exception {
        write("large.tif", FileType.TIFF, out -> {
            out.write(ForgedTiff.of(SIDE, SIDE, 3, 2).head());
            for (int row = 0; row < SIDE; row++) {
                out.write(new byte[3 * SIDE]);
            }
        });
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_BINARY);
        write("large.jpg", FileType.JPEG, out -> ImageIO.write(image, "jpg", out));
        write("large.png", FileType.PNG, out -> ImageIO.write(image, "png", out));
        write("large.bmp", FileType.BMP, out -> ImageIO.write(image, "bmp", out));
        write("large.gif", FileType.GIF, out -> ImageIO.write(image.getSubimage(0, 0, SIDE, SIDE / 4), "gif", out));
        assertThat(converted()).containsExactly("large.tif PNG", "large.jpg JPEG", "large.png PNG", "large.bmp PNG",
                "large.gif PNG");
    }

    @Test
    void keepsNothingOfWhatAFileHoldsBesideItsPixels() throws Exception {
        byte[] pixel = {1, 2, 3};
        byte[] layers = new byte[100 << 20];
        byte[] tiff = ForgedTiff.of(1, 1, 3, 2).add(37724, layers).head();
        write("layers.tif", FileType.TIFF, out -> out.write(ForgedZip.join(tiff, pixel)));
        write("segments.jpg", FileType.JPEG, out -> {
            byte[] jpeg = Encoded.image("baseline.jpg");
            out.write(jpeg, 0, 2);
            for (int i = 0; i < 1_500; i++) {
                out.write(ByteBuffer.allocate(60_002).put(new byte[] {-1, (byte) (0xE1 + i % 13)}).putShort((short) 60_000).array());
            }
            out.write(jpeg, 2, jpeg.length - 2);
        });
        write("comments.gif", FileType.GIF, out -> {
            byte[] gif = Encoded.plain("gif");
            int head = 13 + (3 << (gif[10] & 7) + 1);
            out.write(gif, 0, head);
            for (int i = 0; i < 400; i++) {
                out.write(comment());
            }
            out.write(gif, head, gif.length - head);
        });
        byte[] text = ForgedZip.join("Comment\0\0".getBytes(ISO_8859_1), zeros(1 << 30));
        write("text.png", FileType.PNG,
                out -> out.write(ConverterTest.withChunk(Encoded.image("palette.png"), "zTXt", text)));
        byte[] profile = ForgedZip.join("bomb\0\0".getBytes(ISO_8859_1), zeros(1 << 30));
        write("profile.png", FileType.PNG,
                out -> out.write(ConverterTest.withChunk(Encoded.image("rgb.png"), "iCCP", profile)));
        assertThat(converted()).containsExactly("layers.tif PNG", "segments.jpg JPEG", "comments.gif PNG", "text.png PNG",
                "profile.png PNG");
    }

    @Test
    void believesNoSizeThatAFileClaims() throws Exception {
        write("claims.bmp", FileType.BMP, out -> {
            byte[] bmp = Encoded.plain("bmp");
            ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).putInt(18, 15_000).putInt(22, 15_000);
            out.write(bmp);
        });
        write("fields.tif", FileType.TIFF, out -> {
            out.write(ForgedTiff.of(1, 1, 3, 2).claim(34675, ForgedTiff.UNDEFINED, 200_000_000)
                    .claim(320, ForgedTiff.LONG, 200_000_000).head());
            out.write(new byte[3]);
        });
        write("tile.tif", FileType.TIFF, out -> out.write(ForgedTiff.of(1, 1, 3, 2).add(322, ForgedTiff.LONG, 2_000_000_000)
                .add(323, ForgedTiff.LONG, 2_000_000_000).head()));
        write("wide.tif", FileType.TIFF, out -> out.write(ForgedTiff.of(1_000_000_000, 1, 3, 2).head()));
        write("packed.bmp", FileType.BMP, out -> {
            byte[] bmp = bytes(new BufferedImage(100, 100, BufferedImage.TYPE_BYTE_INDEXED, colours()), "bmp");
            ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).putInt(18, 15_000).putInt(22, 15_000).putInt(30, 1);
            out.write(bmp);
        });
        assertThat(converted()).containsExactly("claims.bmp DAMAGED", "fields.tif PNG", "tile.tif DAMAGED",
                "wide.tif TOO_MANY_PIXELS", "packed.bmp TOO_MANY_PIXELS");
    }

    private interface Content {
        void to(OutputStream out) throws IOException;
    }

    private void write(String name, FileType type, Content content) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            content.to(out);
        }
        Collections.addAll(images, type.name(), file.toString());
    }

    private List<String> converted() throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), HEAP,
                "-Djava.awt.headless=true", "-cp", System.getProperty("java.class.path"), Conversions.class.getName()));
        line.addAll(images);
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
            return Files.readAllLines(output);
        } finally {
            process.destroyForcibly();
        }
    }

    private static IndexColorModel colours() {
        byte[] all = new byte[256];
        return new IndexColorModel(8, 256, all, all, all);
    }

    private static byte[] bytes(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, format, bytes);
        return bytes.toByteArray();
    }

    /** 64 KB in blocks. */
    private static byte[] comment() {
        ByteBuffer comment = ByteBuffer.allocate(2 + 256 * 256 + 1).put(new byte[] {0x21, (byte) 0xFE});
        for (int i = 0; i < 256; i++) {
            comment.put((byte) 255).put(new byte[255]);
        }
        return comment.array();
    }

    private static byte[] zeros(int length) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new DeflaterOutputStream(packed, new Deflater(Deflater.BEST_SPEED))) {
            for (int written = 0; written < length; written += 1 << 20) {
                out.write(new byte[1 << 20]);
            }
        }
        return packed.toByteArray();
    }
}
