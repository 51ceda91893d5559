package org.dropfolder.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;

/** Makes images that Ideogram takes of some that it does not. Thread safe: one image at a time is worked on. */
public final class Converter {
    /** Each try has at most 9/10 of the one before in its sides: the last one is a hundred times smaller. */
    private static final int TRIES = 40;
    private static final double LESS = 0.9;
    /** A size is aimed at a little below the limit: what is smaller has more detail for its pixels. */
    private static final double AIM = 0.95;

    private static final Object ONE = new Object();

    private Converter() {}

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
            BufferedImage read = read(in, name, type);
            boolean jpeg = type == FileType.JPEG && !read.getColorModel().hasAlpha();
            ImageFormat format = jpeg ? ImageFormat.JPEG : ImageFormat.PNG;
            PixelWriter.write(fitting(read, format, name, limit), format, out);
            return format;
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

    private static BufferedImage read(SeekableByteChannel in, String name, FileType type) throws IOException {
        Bytes bytes = new Bytes(in);
        try {
            Outline outline = Outline.of(bytes, type);
            BufferedImage image = new PixelReader(name, Runtime.getRuntime().maxMemory()).read(outline, type);
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
