package org.dropfolder.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import javax.imageio.IIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes images as files, without keeping what is written. */
final class PixelWriter {
    /** Of a JPEG. What is lost can hardly be seen, and the next step doubles the size. */
    private static final float QUALITY = 0.92f;

    private PixelWriter() {}

    /** How many bytes {@link #write} would write. */
    static long size(BufferedImage image, ImageFormat format) throws IOException {
        Counter counter = new Counter();
        write(image, format, counter);
        return counter.bytes;
    }

    /** @throws IOException what the stream throws */
    static void write(BufferedImage image, ImageFormat format, OutputStream out) throws IOException {
        ImageWriter writer = writer(format);
        try (Passing passing = new Passing(out, format == ImageFormat.JPEG)) {
            writer.setOutput(passing);
            ImageWriteParam param = writer.getDefaultWriteParam();
            if (format == ImageFormat.JPEG) {
                param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                param.setCompressionQuality(QUALITY);
            }
            writer.write(null, new IIOImage(image, null, null), param);
        } catch (IIOException e) {
            // the stream's own says more
            throw e.getCause() instanceof IOException failed ? failed : e;
        } finally {
            writer.dispose();
        }
        out.flush();
    }

    /** Java's own, whatever else there is: the same bytes are written each time. */
    private static ImageWriter writer(ImageFormat format) throws IOException {
        for (Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName(format.ending()); writers.hasNext();) {
            ImageWriter writer = writers.next();
            if (writer.getClass().getName().startsWith("com.sun.")) {
                return writer;
            }
        }
        throw new IOException("Could not write an image: this Java has no writer of " + format + ". Use another one.");
    }

    /** Hands on what a writer of JPEG writes; one of PNG goes back for a length, and says itself when it will not. */
    private static final class Passing extends MemoryCacheImageOutputStream {
        private final boolean atOnce;

        Passing(OutputStream out, boolean atOnce) {
            super(out);
            this.atOnce = atOnce;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            super.write(bytes, offset, length);
            if (atOnce) {
                flushBefore(getStreamPosition());
            }
        }
    }

    private static final class Counter extends OutputStream {
        private long bytes;

        @Override
        public void write(int one) {
            bytes++;
        }

        @Override
        public void write(byte[] some, int offset, int length) {
            bytes += length;
        }
    }
}
