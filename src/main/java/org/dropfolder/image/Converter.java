package org.dropfolder.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;

/** Makes images that Ideogram takes of some that it does not, and small pictures of any. Thread safe: one image at a time is worked on. */
public final class Converter {
    /** Each try has at most 9/10 of the one before in its sides: the last one is a hundred times smaller. */
    private static final int TRIES = 40;
    private static final double LESS = 0.9;
    /** A size is aimed at a little below the limit: what is smaller has more detail for its pixels. */
    private static final double AIM = 0.95;

    /** For each pixel of a picture as many are read, so that thinning out is not seen. */
    private static final int DETAIL = 4;

    private static final Object ONE = new Object();

    private Converter() {}

    /** A small image, whole in memory. */
    public record Picture(ImageFormat format, byte[] bytes) { }

    /**
     * Writes the image anew: a JPEG as a JPEG, all others as PNG, of several frames or pages the first; turned as
     * its camera says, in sRGB, as large as it is where that fits, else scaled down until it does. More pixels than
     * 40 million, or than a twentieth of the heap's bytes, are thinned out while they are read. The same bytes become
     * the same bytes in a heap of the same size. Nothing is written before it is known to fit; both channel and
     * stream stay open.
     *
     * @param name  the file's, for the reason
     * @param type  what is in the channel: JPEG, PNG, WebP, or what is {@linkplain FileType#convertible convertible}
     * @param limit the most that may be written, in bytes
     * @return the format of what was written
     * @throws UnusableException if it can't be opened as an image, or is beyond the bounds
     * @throws IOException       if the channel can't be read, or the stream can't be written
     */
    public static ImageFormat convert(SeekableByteChannel in, String name, FileType type, long limit, OutputStream out)
            throws IOException {
        synchronized (ONE) {
            BufferedImage read = read(in, name, type, Long.MAX_VALUE);
            boolean jpeg = type == FileType.JPEG && !read.getColorModel().hasAlpha();
            ImageFormat format = jpeg ? ImageFormat.JPEG : ImageFormat.PNG;
            PixelWriter.write(fitting(read, format, name, limit), format, out);
            return format;
        }
    }

    /**
     * Writes a picture by which people know the image again: turned as its camera says, in sRGB, with no side longer than
     * asked and none stretched. The channel stays open.
     *
     * @param format of what is in the channel
     * @param side   in pixels, at most
     * @throws UnusableException if it can't be opened as an image, or is beyond the bounds
     * @throws IOException       if the channel can't be read
     */
    public static Picture picture(SeekableByteChannel in, String name, ImageFormat format, int side) throws IOException {
        synchronized (ONE) {
            long enough = (long) side * side * DETAIL;
            BufferedImage image = read(in, name, FileType.of(format), enough);
            double part = (double) side / Math.max(image.getWidth(), image.getHeight());
            BufferedImage small = part < 1 ? Pixels.scaled(image, part) : image;
            ImageFormat written = small.getColorModel().hasAlpha() ? ImageFormat.PNG : ImageFormat.JPEG;
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            PixelWriter.write(small, written, bytes);
            return new Picture(written, bytes.toByteArray());
        }
    }

    private static BufferedImage fitting(BufferedImage read, ImageFormat format, String name, long limit)
            throws IOException {
        BufferedImage image = read;
        for (int i = 0; i < TRIES; i++) {
            long size = PixelWriter.size(image, format);
            if (size <= limit) {
                return image;
            }
            image = Pixels.scaled(image, Math.min(LESS, Math.sqrt(AIM * limit / size)));
        }
        throw new UnusableException(Reason.tooLarge(name, PixelWriter.size(image, format), limit));
    }

    private static BufferedImage read(SeekableByteChannel in, String name, FileType type, long pixels) throws IOException {
        Bytes bytes = new Bytes(in);
        try {
            Outline outline = Outline.of(bytes, type);
            BufferedImage image = new PixelReader(name, Runtime.getRuntime().maxMemory(), pixels).read(outline, type);
            image = Pixels.inSrgb(image, outline.profile());
            return Pixels.upright(image, outline.orientation());
        } catch (UnusableException e) {
            throw e;
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            // of damaged files libraries throw whatever their arrays do, and ask for memory that no image needs
            throw bytes.failure().orElseGet(() -> new UnusableException(Unusable.damaged(name), e));
        }
    }
}
