package org.dropfolder.corpus;

import static org.dropfolder.corpus.Bytes.ascii;
import static org.dropfolder.corpus.Bytes.big;
import static org.dropfolder.corpus.Bytes.hex;
import static org.dropfolder.corpus.Bytes.insert;
import static org.dropfolder.corpus.Bytes.join;
import static org.dropfolder.corpus.Bytes.little;
import static org.dropfolder.corpus.Bytes.zeros;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.ImageOutputStream;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** JPEGs of Java's encoder, and what cameras and phones put into and behind theirs. */
final class Jpegs {
    private Jpegs() { }

    static byte[] baseline(int number) {
        return of(Paint.picture(number));
    }

    static byte[] of(BufferedImage image) {
        return written(new IIOImage(image, null, null), false, 0.9f);
    }

    static byte[] progressive(int number) {
        return written(new IIOImage(Paint.picture(number), null, null), true, 0.9f);
    }

    static byte[] grey(int number) {
        return of(Paint.picture(number, Paint.WIDTH, Paint.HEIGHT, BufferedImage.TYPE_BYTE_GRAY));
    }

    /** Noise at the best quality. */
    static byte[] large(int width, int height) {
        return written(new IIOImage(Paint.noise(width, height), null, null), false, 1f);
    }

    /** Four inks, as for print, with Adobe's marker. */
    static byte[] cmyk() {
        WritableRaster inks = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, Paint.WIDTH, Paint.HEIGHT, 4, null);
        for (int y = 0; y < Paint.HEIGHT; y++) {
            for (int x = 0; x < Paint.WIDTH; x++) {
                inks.setPixel(x, y, new int[] {x * 5, y * 7, 128, 20});
            }
        }
        byte[] adobe = join(ascii("Adobe"), hex("0064 0000 0000 00"));
        return insert(written(new IIOImage(inks, null, null), false, 0.9f), 2, segment(0xee, adobe));
    }

    /** Colours at full resolution. */
    static byte[] fullColour(int number) {
        BufferedImage image = Paint.picture(number);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try {
            IIOMetadata metadata = writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), null);
            Element root = (Element) metadata.getAsTree("javax_imageio_jpeg_image_1.0");
            NodeList components = root.getElementsByTagName("componentSpec");
            for (int i = 0; i < components.getLength(); i++) {
                ((Element) components.item(i)).setAttribute("HsamplingFactor", "1");
                ((Element) components.item(i)).setAttribute("VsamplingFactor", "1");
            }
            metadata.setFromTree("javax_imageio_jpeg_image_1.0", root);
            return written(new IIOImage(image, null, metadata), false, 0.9f);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
    }

    /** As a camera held in one of eight ways writes it. */
    static byte[] turned(int orientation) {
        return insert(baseline(100 + orientation), 2, segment(0xe1, exif(orientation, zeros(0))));
    }

    /** With a whole JPEG, its end marker and all, inside the camera's notes. */
    static byte[] withThumbnail(int number) {
        byte[] thumbnail = of(Paint.picture(number + 1, 16, 12, BufferedImage.TYPE_INT_RGB));
        return insert(baseline(number), 2, segment(0xe1, exif(1, thumbnail)));
    }

    /** A segment of a kind behind the begin. */
    static byte[] with(int number, int marker, byte[] content) {
        return insert(baseline(number), 2, segment(marker, content));
    }

    /** A video behind the picture, as phones write it. */
    static byte[] motionPhoto(int number) {
        return join(with(number, 0xe1, ascii("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta MotionPhoto=\"1\"/>")), Others.mp4());
    }

    /** Several pictures one behind the other, as stereo cameras write them. */
    static byte[] multiPicture(int number) {
        return join(with(number, 0xe2, join(ascii("MPF\0"), hex("49492a00 08000000 0000"))), baseline(number + 1));
    }

    static byte[] segment(int marker, byte[] content) {
        return join(hex("ff"), big(marker, 1), big(content.length + 2, 2), content);
    }

    private static byte[] exif(int orientation, byte[] thumbnail) {
        byte[] first = join(little(1, 2), little(0x0112, 2), little(3, 2), little(1, 4), little(orientation, 4));
        if (thumbnail.length == 0) {
            return join(ascii("Exif\0\0II*\0"), little(8, 4), first, little(0, 4));
        }
        byte[] second = join(little(2, 2), little(0x0201, 2), little(4, 2), little(1, 4), little(56, 4),
            little(0x0202, 2), little(4, 2), little(1, 4), little(thumbnail.length, 4), little(0, 4));
        return join(ascii("Exif\0\0II*\0"), little(8, 4), first, little(26, 4), second, thumbnail);
    }

    private static byte[] written(IIOImage image, boolean progressive, float quality) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(quality);
            how.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            writer.write(null, image, how);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
