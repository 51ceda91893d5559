package org.dropfolder.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.junit.jupiter.api.Test;

/** What the probe makes of damaged files; {@code -Dfuzz.seed=...} repeats a run, {@code -Dfuzz.files=...} sets how many. */
class FuzzTest {
    private static final int FILES = Integer.getInteger("fuzz.files", 10_000);
    private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());
    /** Buffers, and what it takes to recognize other types; nothing that grows with the file. */
    private static final long MEMORY = 2 * 1024 * 1024;
    private static final long LARGE = 1_000_000;
    private static final long MOST_NANOS = 2_000_000_000L;

    private final Random random = new Random(SEED);
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final List<byte[]> images = List.copyOf(Encoded.images().values());
    private final Map<Condition, Integer> found = new EnumMap<>(Condition.class);

    @Test
    void letsThroughOnlyWhatDecodesAndNeverThrowsHangsOrGrows() throws IOException {
        // what is loaded once is no matter of a file
        read("no image".getBytes(StandardCharsets.US_ASCII));
        for (byte[] image : images) {
            read(image);
        }
        int opened = 0;
        for (int i = 0; i < FILES; i++) {
            byte[] file = damaged();
            Content content = bounded(file);
            if (content.condition() == Condition.DOUBTFUL) {
                content = Decoder.read("photo", () -> new ByteArrayInputStream(file));
            }
            found.merge(content.condition(), 1, Integer::sum);
            if (content.condition() == Condition.WHOLE && content.format().isPresent()) {
                opened++;
                assertThat(opens(file)).as("file %d of seed %d", i, SEED).isNull();
            }
        }
        System.out.printf("fuzz: %,d files of seed %d: %s, %,d opened%n", FILES, SEED, found, opened);
        assertThat(found).containsKeys(Condition.WHOLE, Condition.UNFINISHED, Condition.BROKEN);
    }

    /** Reads a file, and measures what that takes. */
    private Content bounded(byte[] file) throws IOException {
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        long begin = threads.getCurrentThreadCpuTime();
        Content content = read(file);
        assertThat(threads.getThreadAllocatedBytes(thread) - before).as("bytes, seed %d", SEED).isLessThan(MEMORY);
        assertThat(threads.getCurrentThreadCpuTime() - begin).as("nanoseconds, seed %d", SEED).isLessThan(MOST_NANOS);
        return content;
    }

    private static Content read(byte[] file) throws IOException {
        return Probe.read(new ByteArrayInputStream(file));
    }

    private byte[] damaged() {
        byte[] file = any().clone();
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            file = switch (random.nextInt(8)) {
                case 0, 1 -> flipped(file);
                case 2 -> Arrays.copyOf(file, random.nextInt(file.length + 1));
                case 3 -> zeroed(file);
                case 4 -> joined(Arrays.copyOf(file, random.nextInt(file.length + 1)), any());
                case 5 -> swapped(file);
                case 6 -> without(file);
                default -> header(file);
            };
            if (file.length == 0) {
                break;
            }
        }
        return file;
    }

    private byte[] any() {
        return images.get(random.nextInt(images.size()));
    }

    private byte[] flipped(byte[] file) {
        for (int bits = 1 + random.nextInt(8); bits > 0; bits--) {
            file[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return file;
    }

    private byte[] zeroed(byte[] file) {
        int from = random.nextInt(file.length);
        Arrays.fill(file, from, from + random.nextInt(file.length - from + 1), (byte) 0);
        return file;
    }

    /** The beginning of one, and behind it the end of another. */
    private byte[] joined(byte[] first, byte[] second) {
        int from = random.nextInt(second.length);
        byte[] joined = Arrays.copyOf(first, first.length + second.length - from);
        System.arraycopy(second, from, joined, first.length, second.length - from);
        return joined;
    }

    /** Two neighbours change places: of a PNG two chunks, so that all checksums stay right. */
    private byte[] swapped(byte[] file) {
        int[] cuts = {random.nextInt(file.length + 1), random.nextInt(file.length + 1), random.nextInt(file.length + 1)};
        List<Integer> chunks = Chunks.of(file);
        if (chunks.size() > 3) {
            int at = 1 + random.nextInt(chunks.size() - 3);
            cuts = new int[] {chunks.get(at), chunks.get(at + 1), chunks.get(at + 2)};
        }
        Arrays.sort(cuts);
        byte[] swapped = file.clone();
        System.arraycopy(file, cuts[1], swapped, cuts[0], cuts[2] - cuts[1]);
        System.arraycopy(file, cuts[0], swapped, cuts[0] + cuts[2] - cuts[1], cuts[1] - cuts[0]);
        return swapped;
    }

    /** A piece is missing, perhaps a whole chunk. */
    private byte[] without(byte[] file) {
        List<Integer> chunks = Chunks.of(file);
        int at = chunks.size() > 2 ? random.nextInt(chunks.size() - 1) : 0;
        int from = chunks.size() > 2 ? chunks.get(at) : random.nextInt(file.length);
        int to = chunks.size() > 2 ? chunks.get(at + 1) : from + random.nextInt(file.length - from + 1);
        byte[] rest = Arrays.copyOf(file, file.length - to + from);
        System.arraycopy(file, to, rest, from, file.length - to);
        return rest;
    }

    /** The head decides most. */
    private byte[] header(byte[] file) {
        int at = random.nextInt(Math.min(file.length, 700));
        file[at] = (byte) random.nextInt(256);
        return file;
    }

    /** What the decoder threw, if it did. What may be too large to be opened here is not. */
    private static Throwable opens(byte[] file) throws IOException {
        String format = ImageFormat.of(file).orElseThrow().name();
        ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(in, true, true);
            if ((long) reader.getWidth(0) * reader.getHeight(0) > LARGE) {
                return null;
            }
            ImageReadParam small = reader.getDefaultReadParam();
            int step = Math.max(1, Math.max(reader.getWidth(0), reader.getHeight(0)) / 100);
            small.setSourceSubsampling(step, step, 0, 0);
            reader.read(0, small);
            return null;
        } catch (IOException | RuntimeException e) {
            return e;
        } finally {
            reader.dispose();
        }
    }
}
