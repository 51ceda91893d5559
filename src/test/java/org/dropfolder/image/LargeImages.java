package org.dropfolder.image;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Real images of so many megabytes, more or less: their pixels are noise, which no encoder makes smaller. */
public final class LargeImages {
    private static final double BYTES_OF_PIXEL = 3;
    private static final double BYTES_OF_JPEG_PIXEL = 2;
    private static final int RIFF = 8;

    private LargeImages() { }

    public static byte[] jpeg(int megabytes) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam best = writer.getDefaultWriteParam();
            best.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            best.setCompressionQuality(1);
            writer.write(null, new IIOImage(noise(megabytes, BYTES_OF_JPEG_PIXEL), null, null), best);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    public static byte[] png(int megabytes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(noise(megabytes, BYTES_OF_PIXEL), "png", bytes);
        return bytes.toByteArray();
    }

    /** A small picture and a chunk that nobody knows: Java writes no WebP. */
    public static byte[] webp(int megabytes) {
        byte[] small = Encoded.image("lossy-alpha.webp");
        byte[] chunk = new byte[megabytes << 20];
        new Random(megabytes).nextBytes(chunk);
        ByteBuffer large = ByteBuffer.allocate(small.length + RIFF + chunk.length).order(ByteOrder.LITTLE_ENDIAN);
        large.put(small).put("puFf".getBytes(US_ASCII)).putInt(chunk.length).put(chunk);
        return large.putInt(Integer.BYTES, large.capacity() - RIFF).array();
    }

    private static BufferedImage noise(int megabytes, double bytesOfPixel) {
        int side = (int) Math.sqrt(megabytes * (1 << 20) / bytesOfPixel);
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        int[] row = new int[side];
        Random random = new Random(megabytes);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                row[x] = random.nextInt();
            }
            image.setRGB(0, y, side, 1, row, 0, side);
        }
        return image;
    }
}
