package org.dropfolder.server;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;

/** Small real pictures by real encoders, each number's of its own. */
final class Pictures {
    private static final int SIDE = 64;

    private Pictures() { }

    /** Writes pictures {@code picture-1.png}, {@code picture-2.jpg} and so on into a new folder; answers them by name. */
    static Map<String, byte[]> folder(Path folder, int count) throws IOException {
        Files.createDirectories(folder);
        Map<String, byte[]> pictures = new LinkedHashMap<>();
        for (int i = 1; i <= count; i++) {
            String format = i % 2 == 0 ? "jpg" : "png";
            byte[] bytes = encoded(folder.hashCode() * 1000 + i, format);
            Files.write(folder.resolve("picture-" + i + "." + format), bytes);
            pictures.put("picture-" + i + "." + format, bytes);
        }
        return pictures;
    }

    static byte[] png(int number) throws IOException {
        return encoded(number, "png");
    }

    static byte[] bmp(int number) throws IOException {
        return encoded(number, "bmp");
    }

    private static byte[] encoded(int number, String format) throws IOException {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D paint = image.createGraphics();
        paint.setColor(new Color(number * 7919));
        paint.fillRect(0, 0, SIDE, SIDE);
        paint.setColor(new Color(number * 104729 + 1));
        paint.fillOval(Math.floorMod(number, 20), Math.floorMod(number, 30), 20, 30);
        paint.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, format, bytes);
        return bytes.toByteArray();
    }
}
