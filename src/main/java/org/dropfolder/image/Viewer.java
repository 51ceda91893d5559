package org.dropfolder.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/**
 * Measures pictures while their bytes pass by, small, and only some at a time: together they take a quarter of the heap at most, and the
 * next waits. What alone would need more, as a large progressive JPEG does, is not measured. Thread safe.
 */
final class Viewer {
    /** The longer side is measured at so many pixels, or up to the double. */
    static final int SIDE = 640;
    /** A line of more pixels is no picture's. */
    private static final int LONGEST = 1 << 17;
    private static final int PART_OF_HEAP = 4;
    /** The budget is counted in these. */
    private static final int UNIT = 64 * 1024;
    private static final int BUDGET = (int) Math.max(1, Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / PART_OF_HEAP / UNIT));
    private static final Semaphore ROOM = new Semaphore(BUDGET, true);
    /** Of each small pixel: its colours, twice for what has to be converted, and its brightness. */
    private static final int SMALL = 9;
    /** Coefficients that are kept of a pixel until the last pass. */
    private static final int PROGRESSIVE = 6;
    /** A few lines of whatever depth, and what the input keeps. */
    private static final int LINE = 32;
    private static final long INPUT = 512 * 1024;
    private static final String OTHERS = "com.twelvemonkeys.";

    private Viewer() {}

    /** Whether pictures of this type are decoded line by line as their bytes come. */
    static boolean sees(FileType type) {
        return type == FileType.JPEG || type == FileType.PNG;
    }

    /**
     * Measures a picture.
     *
     * @param passing its bytes from the first; what is not needed of them is left
     * @return nothing where it is damaged, or beyond the bounds
     */
    static Optional<Look> look(Passing passing, FileType type) {
        try {
            return type == FileType.JPEG ? ofJpeg(passing) : Optional.of(look(new PassingInput(new byte[0], passing), ImageFormat.PNG, false, Exif.NONE));
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            // of damaged files libraries throw whatever their arrays do; whether it is damaged, its structure says
            return Optional.empty();
        }
    }

    private static Optional<Look> ofJpeg(Passing passing) throws IOException {
        JpegHead head = JpegHead.of(passing);
        return Optional.of(look(new PassingInput(head.bytes(), passing), ImageFormat.JPEG, head.progressive(), head.exif()));
    }

    private static Look look(PassingInput input, ImageFormat format, boolean progressive, Exif exif) throws IOException {
        ImageReader reader = reader(format);
        int room = 0;
        try (input) {
            reader.setInput(input, true, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            int step = Math.max(1, Math.max(width, height) / SIDE);
            room = room(width, height, step, progressive);
            ROOM.acquireUninterruptibly(room);
            ImageReadParam small = reader.getDefaultReadParam();
            small.setSourceSubsampling(step, step, 0, 0);
            return measured(format, width, height, exif, reader.read(0, small));
        } finally {
            ROOM.release(room);
            reader.dispose();
        }
    }

    /**
     * What can be measured of a picture that was opened elsewhere.
     *
     * @param image a small one of it
     */
    static Optional<Look> measured(ImageFormat format, int width, int height, BufferedImage image) {
        try {
            return Optional.of(measured(format, width, height, Exif.NONE, image));
        } catch (RuntimeException | OutOfMemoryError e) {
            // what a library made of a strange file may have colours that nobody can convert
            return Optional.empty();
        }
    }

    private static Look measured(ImageFormat format, int width, int height, Exif exif, BufferedImage image) {
        Measures measures = new Measures(image);
        return new Look(format, width, height, exif.orientation(), exif.camera(), measures.transparent(), measures.light(),
            measures.texture(), measures.hash());
    }

    /** What a decoder takes of the budget. */
    private static int room(int width, int height, int step, boolean progressive) throws IOException {
        if (Math.max(width, height) > LONGEST) {
            throw new IIOException("too long a line");
        }
        long pixels = (long) width * height;
        if (pixels > Structure.PIXELS) {
            throw new IIOException("too many pixels");
        }
        long bytes = pixels / step / step * SMALL + (progressive ? pixels * PROGRESSIVE : 0) + (long) width * LINE + INPUT;
        if (bytes / UNIT >= BUDGET) {
            throw new IIOException("more than there is room for");
        }
        return (int) (bytes / UNIT) + 1;
    }

    /** Java's own, which reads forward. */
    private static ImageReader reader(ImageFormat format) throws IOException {
        for (Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.name().toLowerCase(Locale.ROOT)); readers.hasNext();) {
            ImageReader reader = readers.next();
            if (!reader.getClass().getName().startsWith(OTHERS)) {
                return reader;
            }
        }
        throw new IIOException("no reader for " + format);
    }
}
