package org.dropfolder.image;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
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
        Content content;
        try (InputStream stream = source.open()) {
            content = Probe.read(stream, name);
        }
        if (content.condition() != Condition.DOUBTFUL) {
            return content;
        }
        return content.but(opens(content, source) ? Condition.WHOLE : Condition.BROKEN);
    }

    private static synchronized boolean opens(Content content, Source source) throws IOException {
        long budget = Runtime.getRuntime().maxMemory() / PART_OF_HEAP;
        if (content.size() > budget) {
            return true;
        }
        byte[] bytes;
        try (InputStream stream = source.open()) {
            bytes = stream.readNBytes((int) content.size());
        }
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(content.type().name());
        return readers.hasNext() && opens(readers.next(), bytes, cost(content.type(), bytes), budget - content.size());
    }

    /** Decoders meet what nobody thought of, so whatever one throws says the same. */
    private static boolean opens(ImageReader reader, byte[] bytes, int cost, long budget) {
        AtomicBoolean right = new AtomicBoolean(true);
        try (ImageInputStream input = new ByteArrayImageInputStream(bytes)) {
            reader.setInput(input, true, true);
            reader.addIIOReadWarningListener((from, warning) -> right.compareAndSet(damage(warning), false));
            long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
            if (pixels * cost > budget) {
                return cost != LOSSY_WEBP || bytes.length * 8L >= pixels / BLOCK * LEAST_BITS;
            }
            ImageReadParam small = reader.getDefaultReadParam();
            int step = Math.max(1, Math.max(reader.getWidth(0), reader.getHeight(0)) / SIDE);
            small.setSourceSubsampling(step, step, 0, 0);
            reader.read(0, small);
            return right.get();
        } catch (IOException | RuntimeException e) {
            return false;
        } catch (OutOfMemoryError e) {
            // others took what was reckoned with; the structure is right
            return true;
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
