package org.dropfolder.image;

import java.awt.image.BufferedImage;
import java.awt.image.SampleModel;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/** Reads an image's pixels through a library, no more of them than the memory is good for. */
final class PixelReader {
    /** The most pixels that are ever worked on. */
    private static final long PIXELS = 40_000_000;
    /** The most that an image may have to be opened where all are kept outside the heap, with up to 6 bytes each. */
    private static final long PROGRESSIVE = 110_000_000;
    private static final int SIDE = 1 << 17;
    /** The part of the heap that one image may take; while it is worked on there are up to three of its size. */
    private static final int PART = 5;
    /** The part of it that a library may keep of the pixels that are not asked for. */
    private static final int KEPT = 2;
    /** How Java's reader of JPEG tells that it painted what is missing grey. */
    private static final Pattern CUT = Pattern.compile("(?i)premature end");
    private static final String OTHERS = "com.twelvemonkeys.";

    static {
        // readers within readers ask for this
        ImageIO.setUseCache(false);
    }

    private final String name;
    private final long heap;
    private final long wanted;

    /**
     * @param heap   the largest that it can become, in bytes
     * @param wanted so many pixels are enough
     */
    PixelReader(String name, long heap, long wanted) {
        this.name = name;
        this.heap = heap;
        this.wanted = Math.min(PIXELS, wanted);
    }

    /**
     * The image as it is stored, each how-many-th pixel of it where all would be too many.
     *
     * @throws UnusableException where it has too many to be opened
     * @throws IOException       where it is damaged, or can't be read
     */
    BufferedImage read(Outline outline, FileType type) throws IOException {
        ImageReader reader = reader(type);
        try (OutlineStream stream = new OutlineStream(outline)) {
            reader.setInput(stream, false, true);
            check(outline, reader.getWidth(0), reader.getHeight(0));
            ImageReadParam param = reader.getDefaultReadParam();
            int step = step(reader);
            param.setSourceSubsampling(step, step, 0, 0);
            AtomicBoolean cut = new AtomicBoolean();
            reader.addIIOReadWarningListener((source, warning) -> cut.compareAndSet(false, CUT.matcher(warning).find()));
            BufferedImage image = reader.read(0, param);
            if (cut.get()) {
                throw new IIOException("pixels are missing");
            }
            return image;
        } finally {
            reader.dispose();
        }
    }

    private void check(Outline outline, int width, int height) throws IOException {
        long pixels = (long) width * height;
        if (width < 1 || height < 1) {
            throw new IIOException("no pixels");
        }
        if (Math.max(width, height) > SIDE || pixels > (outline.isProgressive() ? PROGRESSIVE : Structure.PIXELS)
                || pixels * outline.perPixel() > heap / KEPT) {
            throw new UnusableException(Unusable.tooManyPixels(name));
        }
    }

    private int step(ImageReader reader) throws IOException {
        SampleModel model = reader.getImageTypes(0).next().getSampleModel(1, 1);
        long perPixel = 0;
        for (int band = 0; band < model.getNumBands(); band++) {
            perPixel += (model.getSampleSize(band) + 7) / 8;
        }
        // what it becomes has up to four bytes
        long most = Math.min(wanted, heap / PART / Math.max(4, perPixel));
        int step = 1;
        while (after(reader.getWidth(0), step) * after(reader.getHeight(0), step) > most) {
            step++;
        }
        return step;
    }

    private static long after(int side, int step) {
        return (side + step - 1) / step;
    }

    private static ImageReader reader(FileType type) throws IOException {
        String format = type == FileType.ANIMATED_WEBP ? "webp" : type.name().toLowerCase(Locale.ROOT);
        Optional<ImageReader> java = Optional.empty();
        for (Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format); readers.hasNext();) {
            ImageReader reader = readers.next();
            if (reader.getClass().getName().startsWith(OTHERS)) {
                return reader;
            }
            java = java.or(() -> Optional.of(reader));
        }
        return java.orElseThrow(() -> new IIOException("no reader for " + format));
    }
}
