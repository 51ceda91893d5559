package org.dropfolder.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Small real pictures by real encoders, each number's of its own. */
final class Pictures {
    private static final int SIDE = 64;
    private static final Map<String, byte[]> ONES = new ConcurrentHashMap<>();

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

    /** A PNG of so many bytes: a chunk that nobody knows fills it up, before its pixels, with letters that the number chooses. */
    static byte[] paddedPng(int number, int length) {
        byte[] png = one("png");
        byte[] chunk = new byte[length - png.length - 8];
        System.arraycopy("puFf".getBytes(US_ASCII), 0, chunk, 0, 4);
        fill(chunk, 4, chunk.length - 4, number);
        return withChunk(png, chunk);
    }

    /** A JPEG of so many bytes: a comment fills it up in the same way. */
    static byte[] paddedJpeg(int number, int length) {
        byte[] jpeg = one("jpg");
        byte[] comment = new byte[length - jpeg.length - 4];
        fill(comment, 0, comment.length, number);
        return ByteBuffer.allocate(length).put(jpeg, 0, 2).putShort((short) 0xfffe).putShort((short) (comment.length + 2))
            .put(comment).put(jpeg, 2, jpeg.length - 2).array();
    }

    /** One small PNG, with the number in it: quick to make many of. */
    static byte[] numbered(int number) {
        return withChunk(one("png"), "puFf%012d".formatted(number).getBytes(US_ASCII));
    }

    private static byte[] one(String format) {
        return ONES.computeIfAbsent(format, any -> {
            try {
                return encoded(1, any);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** The PNG with one more chunk, of this name and content, before its pixels. */
    private static byte[] withChunk(byte[] png, byte[] chunk) {
        int afterHeader = 8 + 25;
        CRC32 crc = new CRC32();
        crc.update(chunk, 0, chunk.length);
        return ByteBuffer.allocate(png.length + chunk.length + 8).put(png, 0, afterHeader).putInt(chunk.length - 4).put(chunk)
            .putInt((int) crc.getValue()).put(png, afterHeader, png.length - afterHeader).array();
    }

    /** Not a zero among them: those are what a file has before it is written. */
    private static void fill(byte[] bytes, int from, int length, int number) {
        Random random = new Random(number);
        for (int i = from; i < from + length; i++) {
            bytes[i] = (byte) ('a' + random.nextInt(26));
        }
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
