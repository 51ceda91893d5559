package org.dropfolder.server;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Large real photos, as far as a decoder can tell. */
final class BenchmarkPictures {
    /** Noise, at full quality, takes just so many pixels for 20 MB. */
    private static final int SIDE = 2_900;

    private BenchmarkPictures() { }

    /** Writes so many JPEGs of about 20 MB; a comment makes each another one. */
    static void photos(Path folder, int count) throws IOException {
        Files.createDirectories(folder);
        byte[] noise = noise();
        for (int i = 0; i < count; i++) {
            try (OutputStream out = Files.newOutputStream(folder.resolve("photo " + i + ".jpg"))) {
                out.write(noise, 0, 2);
                out.write(ByteBuffer.allocate(8).putShort((short) 0xFFFE).putShort((short) 6).putInt(i).array());
                out.write(noise, 2, noise.length - 2);
            }
        }
    }

    private static byte[] noise() throws IOException {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(42);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                image.setRGB(x, y, random.nextInt());
            }
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam best = writer.getDefaultWriteParam();
            best.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            best.setCompressionQuality(1);
            writer.write(null, new IIOImage(image, null, null), best);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
