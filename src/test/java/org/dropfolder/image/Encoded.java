package org.dropfolder.image;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Small images by real encoders, one of each kind. Those of WebP were made by libwebp 1.2.4. */
final class Encoded {
    private static final int WIDTH = 120;
    private static final int HEIGHT = 90;

    private Encoded() { }

    /** All that are sent as they are, by what they are called here. */
    static Map<String, byte[]> images() {
        Map<String, byte[]> images = new LinkedHashMap<>();
        images.put("baseline.jpg", jpeg(painted(BufferedImage.TYPE_INT_RGB), false));
        images.put("progressive.jpg", jpeg(painted(BufferedImage.TYPE_INT_RGB), true));
        images.put("grey.jpg", jpeg(painted(BufferedImage.TYPE_BYTE_GRAY), false));
        images.put("cmyk.jpg", cmyk());
        images.put("rgb.png", png(painted(BufferedImage.TYPE_INT_RGB), false));
        images.put("alpha.png", png(painted(BufferedImage.TYPE_INT_ARGB), false));
        images.put("palette.png", png(painted(BufferedImage.TYPE_BYTE_INDEXED), false));
        images.put("16-bit.png", png(painted(BufferedImage.TYPE_USHORT_GRAY), false));
        images.put("16-bit-rgb.png", png(wide(), false));
        images.put("1-bit.png", png(painted(BufferedImage.TYPE_BYTE_BINARY), false));
        images.put("interlaced.png", png(painted(BufferedImage.TYPE_INT_RGB), true));
        for (String webp : new String[] {"lossy", "lossless", "lossy-alpha", "lossless-alpha"}) {
            images.put(webp + ".webp", resource(webp + ".webp"));
        }
        return images;
    }

    static byte[] image(String name) {
        return images().get(name);
    }

    static byte[] animatedWebp() {
        return resource("animated.webp");
    }

    /** By ImageIO, in one of its own formats. */
    static byte[] plain(String format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(painted(BufferedImage.TYPE_INT_RGB), format, bytes)) {
                throw new IllegalStateException("nobody writes " + format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] jpeg(BufferedImage image, boolean progressive) {
        return write("jpeg", new IIOImage(image, null, null), progressive);
    }

    private static byte[] png(BufferedImage image, boolean interlaced) {
        return write("png", new IIOImage(image, null, null), interlaced);
    }

    /** Of four colours, as printers use it. */
    private static byte[] cmyk() {
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, WIDTH, HEIGHT, 4, null);
        BufferedImage image = painted(BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int argb = image.getRGB(x, y);
                raster.setPixel(x, y, new int[] {argb & 0xFF, argb >> 8 & 0xFF, argb >> 16 & 0xFF, argb >>> 28});
            }
        }
        return write("jpeg", new IIOImage(raster, null, null), false);
    }

    private static BufferedImage wide() {
        ColorModel colours = new ComponentColorModel(ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false,
            Transparency.OPAQUE, DataBuffer.TYPE_USHORT);
        WritableRaster raster = colours.createCompatibleWritableRaster(WIDTH, HEIGHT);
        BufferedImage image = new BufferedImage(colours, raster, false, null);
        image.getGraphics().drawImage(painted(BufferedImage.TYPE_INT_RGB), 0, 0, null);
        return image;
    }

    /** Java's own writers, whatever else is installed. */
    private static byte[] write(String format, IIOImage image, boolean progressive) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        while (!writer.getClass().getName().startsWith("com.sun.")) {
            writer = next(format, writer);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            writer.setOutput(out);
            writer.write(null, image, param);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static ImageWriter next(String format, ImageWriter not) {
        var all = ImageIO.getImageWritersByFormatName(format);
        while (all.hasNext()) {
            ImageWriter writer = all.next();
            if (writer.getClass() != not.getClass()) {
                return writer;
            }
        }
        throw new IllegalStateException("Java itself does not write " + format);
    }

    /** Smooth, sharp and noisy places, as in a photo. */
    private static BufferedImage painted(int type) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
        Graphics2D paint = image.createGraphics();
        paint.setPaint(new GradientPaint(0, 0, Color.ORANGE, WIDTH, HEIGHT, Color.BLUE));
        paint.fillRect(0, 0, WIDTH, HEIGHT);
        paint.setColor(new Color(20, 120, 40, 180));
        paint.fillOval(20, 10, 60, 70);
        Random noise = new Random(3);
        for (int i = 0; i < 1500; i++) {
            paint.setColor(new Color(noise.nextInt(1 << 24)));
            paint.fillRect(60 + noise.nextInt(60), noise.nextInt(HEIGHT), 1, 1);
        }
        paint.dispose();
        return image;
    }

    private static byte[] resource(String name) {
        try (InputStream in = Encoded.class.getResourceAsStream("/image/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
