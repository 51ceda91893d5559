package org.dropfolder.ideogram;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.dropfolder.Allocated;
import org.junit.jupiter.api.Test;

/** A zip is sent in constant memory, however large its images are, and however many. */
class ZipMemoryTest {
    private static final int MEGABYTE = 1 << 20;
    /** The buffers of one zip. */
    private static final long BOUND = 200_000;
    /** An image's entry in the directory, which is written last. */
    private static final long OF_AN_IMAGE = 600;

    @Test
    void anImageThatIsSentTakesNoMoreOfTheHeapTheLargerItIs() throws Exception {
        long forSmall = sent(images(1, 2 * MEGABYTE));
        long forLarge = sent(images(1, 20 * MEGABYTE));
        assertThat(forLarge).isLessThan(BOUND).isLessThan(forSmall + OF_AN_IMAGE);
    }

    @Test
    void eachImageMoreTakesAFewWords() throws Exception {
        long forFew = sent(images(25, 100_000));
        long forMany = sent(images(50, 100_000));
        assertThat(forMany - forFew).isLessThan(25 * OF_AN_IMAGE);
    }

    private static long sent(List<ZipPart> parts) throws Exception {
        return Allocated.by(() -> ZipUpload.entity("files", parts, bytes -> { }).writeTo(OutputStream.nullOutputStream()));
    }

    private static List<ZipPart> images(int count, int size) throws Exception {
        CRC32 crc = new CRC32();
        crc.update(new byte[size]);
        return IntStream.range(0, count).mapToObj(i -> new ZipPart("image " + i + ".jpg", size, crc.getValue(), () -> ZipFiles.zeros(size)))
            .toList();
    }
}
