package org.dropfolder.corpus;

import static org.dropfolder.corpus.Bytes.ascii;
import static org.dropfolder.corpus.Bytes.big;
import static org.dropfolder.corpus.Bytes.hex;
import static org.dropfolder.corpus.Bytes.join;
import static org.dropfolder.corpus.Bytes.little;
import static org.dropfolder.corpus.Bytes.zeros;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** What is no JPEG, PNG or WebP: images of Java's other encoders, and the begins of what it has no encoder for. */
final class Others {
    private Others() { }

    static byte[] bmp(int type, String compression) {
        return written(Paint.picture(type, Paint.WIDTH, Paint.HEIGHT, type), "bmp", compression, false);
    }

    static byte[] gif(int number) {
        return written(Paint.picture(number, Paint.WIDTH, Paint.HEIGHT, BufferedImage.TYPE_BYTE_INDEXED), "gif", "", false);
    }

    static byte[] tiff(int type, String compression) {
        return written(Paint.picture(type, Paint.WIDTH, Paint.HEIGHT, type), "tiff", compression, false);
    }

    /** Several pictures in one file, of a format that can hold them. */
    static byte[] several(String format, int count) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            for (int i = 0; i < count; i++) {
                writer.writeToSequence(new IIOImage(Paint.picture(i, Paint.WIDTH, Paint.HEIGHT,
                    BufferedImage.TYPE_BYTE_INDEXED), null, null), null);
            }
            writer.endWriteSequence();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** @param compression as the encoder calls it; its own choice where that is empty */
    static byte[] written(BufferedImage image, String format, String compression, boolean progressive) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam how = writer.getDefaultWriteParam();
            if (!compression.isEmpty()) {
                how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                how.setCompressionType(compression);
            }
            if (progressive) {
                how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            }
            writer.write(null, new IIOImage(image, null, null), how);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** Of the family of MP4, of that brand: video, HEIC, AVIF. */
    static byte[] brand(String brand) {
        byte[] type = join(big(24, 4), ascii("ftyp" + brand), big(0, 4), ascii("mif1" + brand));
        return join(type, big(16, 4), ascii("mdat"), ascii("whatever"), zeros(64));
    }

    static byte[] mp4() {
        return brand("isom");
    }

    /** A TIFF to the letter, with the marks of a camera's own format. */
    static byte[] raw(String maker, boolean dng) {
        byte[] text = ascii(maker + "\0");
        byte[] tags = join(little(0x0100, 2), little(3, 2), little(1, 4), little(160, 4),
            little(0x010f, 2), little(2, 2), little(text.length, 4), little(dng ? 50 : 38, 4));
        byte[] version = dng ? join(little(0xc612, 2), little(1, 2), little(4, 4), hex("01040000")) : zeros(0);
        return join(ascii("II*\0"), little(8, 4), little(dng ? 3 : 2, 2), tags, version, little(0, 4), text, zeros(500));
    }

    static byte[] tar() {
        byte[] header = zeros(512);
        byte[] name = ascii("photo.jpg");
        System.arraycopy(name, 0, header, 0, name.length);
        byte[] fields = ascii("0000644\0000000000\0000000000\00000000000000\00000000000000\0");
        System.arraycopy(fields, 0, header, 100, fields.length);
        System.arraycopy(ascii("ustar\00000"), 0, header, 257, 8);
        int sum = 8 * ' ';
        for (byte one : header) {
            sum += one & 0xff;
        }
        System.arraycopy(ascii("%06o\0 ".formatted(sum)), 0, header, 148, 8);
        return join(header, zeros(1024));
    }
}
