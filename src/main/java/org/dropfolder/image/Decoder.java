package org.dropfolder.image;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Opens images about which their structure leaves a doubt: one at a time in the process, and small. What needs more than
 * a quarter of the heap is not opened, and taken as its structure says, if it has some bits for its pixels. Thread safe.
 */
public final class Decoder {
    /** A small picture has so many pixels on its longer side, or one more than the half. */
    private static final int SIDE = 256;
    private static final int PART_OF_HEAP = 4;
    /** What the decoder of each kind keeps of a pixel, in bytes of the heap, as measured. */
    static final int LOSSY_WEBP = 100;
    static final int LOSSLESS_WEBP = 24;
    private static final int JPEG = 1;
    /** Pixels that are packed together in lossy WebP, and the bits that no photo has fewer of for so many. */
    private static final int BLOCK = 256;
    private static final int LEAST_BITS = 4;

    private Decoder() {}

    /** How a stream is read. */
    @FunctionalInterface
    private interface Reading {
        Content of(InputStream stream) throws IOException;
    }

    /** Where a file's bytes come from, as often as they are wanted. */
    @FunctionalInterface
    public interface Source {
        /** @throws IOException if it can't be opened */
        InputStream open() throws IOException;
    }

    /**
     * What {@link Probe#read(InputStream, String)} says of these bytes, with its doubt resolved: never
     * {@link Condition#DOUBTFUL}.
     *
     * @throws IOException if they can't be read
     */
    public static Content read(String name, Source source) throws IOException {
        Content content = read(source, stream -> Probe.read(stream, name));
        return content.condition() == Condition.DOUBTFUL ? content.but(condition(open(content, source, SIDE))) : content;
    }

    /**
     * The same, and measures the picture while it is read. A WebP, which is always in doubt, is measured when that is resolved.
     *
     * @throws IOException if they can't be read
     */
    public static Content look(String name, Source source) throws IOException {
        Content content = read(source, stream -> Probe.look(stream, name));
        if (content.condition() != Condition.DOUBTFUL) {
            return content;
        }
        Opened opened = open(content, source, Viewer.SIDE);
        Optional<Look> look = content.look().or(() -> content.format().flatMap(format ->
            opened.image.flatMap(image -> Viewer.measured(format, opened.width, opened.height, image))));
        return content.but(condition(opened)).with(look);
    }

    private static Content read(Source source, Reading reading) throws IOException {
        try (InputStream stream = source.open()) {
            return reading.of(stream);
        }
    }

    /** What opening an image showed; without an image where it could not be opened, or would have needed too much. */
    private record Opened(boolean right, int width, int height, Optional<BufferedImage> image) {
        static Opened unseen(boolean right) {
            return new Opened(right, 0, 0, Optional.empty());
        }
    }

    private static Condition condition(Opened opened) {
        return opened.right ? Condition.WHOLE : Condition.BROKEN;
    }

    private static synchronized Opened open(Content content, Source source, int side) throws IOException {
        long budget = Runtime.getRuntime().maxMemory() / PART_OF_HEAP;
        if (content.size() > budget) {
            return Opened.unseen(true);
        }
        byte[] bytes;
        try (InputStream stream = source.open()) {
            bytes = stream.readNBytes((int) content.size());
        }
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(content.type().name());
        return readers.hasNext() ? open(readers.next(), bytes, cost(content.type(), bytes), budget - content.size(), side)
            : Opened.unseen(false);
    }

    /** Decoders meet what nobody thought of, so whatever one throws says the same. */
    private static Opened open(ImageReader reader, byte[] bytes, int cost, long budget, int side) {
        AtomicBoolean right = new AtomicBoolean(true);
        try (ImageInputStream input = new ByteArrayImageInputStream(bytes)) {
            reader.setInput(input, true, true);
            reader.addIIOReadWarningListener((from, warning) -> right.compareAndSet(damage(warning), false));
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            long pixels = (long) width * height;
            if (pixels * cost > budget) {
                return Opened.unseen(cost != LOSSY_WEBP || bytes.length * 8L >= pixels / BLOCK * LEAST_BITS);
            }
            ImageReadParam small = reader.getDefaultReadParam();
            int step = Math.max(1, Math.max(width, height) / side);
            small.setSourceSubsampling(step, step, 0, 0);
            BufferedImage image = reader.read(0, small);
            return new Opened(right.get(), width, height, Optional.of(image));
        } catch (IOException | RuntimeException e) {
            return Opened.unseen(false);
        } catch (OutOfMemoryError e) {
            // others took what was reckoned with; the structure is right
            return Opened.unseen(true);
        } finally {
            reader.dispose();
        }
    }

    /** What the decoder of JPEG says, and goes on, when the packed data does not fit; other warnings are of no weight. */
    private static boolean damage(String warning) {
        return warning.startsWith("Corrupt JPEG data") || warning.startsWith("Premature end");
    }

    private static int cost(FileType type, byte[] bytes) {
        return type == FileType.JPEG ? JPEG : bytes[15] == 'L' ? LOSSLESS_WEBP : LOSSY_WEBP;
    }
}
