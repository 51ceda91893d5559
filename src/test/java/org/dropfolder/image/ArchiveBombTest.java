package org.dropfolder.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.dropfolder.image.ForgedZip.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that are made to fill a disk or a memory, each opened by a Java of its own with 32 MB. */
class ArchiveBombTest {
    private static final String HEAP = "-Xmx32m";
    private static final long A_SECOND = 1_000;
    private static final int ZEROS = 100 << 20;

    @TempDir
    Path folder;

    @Test
    void refusesAFlatBomb() throws Exception {
        Part zeros = zeros();
        ForgedZip zip = new ForgedZip();
        for (int part = 0; part < 4; part++) {
            zip.add(zeros);
        }
        assertThat(opened(zip.bytes())).isEqualTo("HARMFUL_ARCHIVE");
    }

    @Test
    void refusesABombOfMoreThan4GbHoweverLargeItIsItself() throws Exception {
        Part zeros = zeros();
        ForgedZip zip = new ForgedZip().raw(new byte[60 << 20]);
        for (int part = 0; part < 50; part++) {
            zip.add(zeros);
        }
        assertThat(opened(zip.bytes())).isEqualTo("ARCHIVE_TOO_LARGE");
    }

    @Test
    void looksIntoNoArchiveInAnArchive() throws Exception {
        byte[] inner = new ForgedZip().add(zeros()).bytes();
        for (int level = 0; level < 5; level++) {
            inner = new ForgedZip().add(new Part("a.zip", inner)).add(new Part("b.zip", inner)).bytes();
        }
        assertThat(opened(inner)).isEqualTo("READ 0 0 [PART_ARCHIVE, PART_ARCHIVE]");
    }

    @Test
    void refusesEntriesThatShareOneKernel() throws Exception {
        Part kernel = zeros();
        ForgedZip zip = new ForgedZip().add(kernel);
        kernel.offset = 0;
        for (int part = 1; part < 9_999; part++) {
            zip.add(kernel);
        }
        assertThat(opened(zip.bytes())).isEqualTo("HARMFUL_ARCHIVE");
    }

    /** As Fifield's: each part quotes the headers of those behind it, in a block that is not packed, up to one kernel. */
    @Test
    void refusesEntriesThatQuoteThoseBehindThem() throws Exception {
        Part kernel = zeros();
        byte[] behind = ForgedZip.join(ForgedZip.local(kernel), kernel.packed);
        Part[] parts = new Part[200];
        parts[parts.length - 1] = kernel;
        for (int i = parts.length - 2; i >= 0; i--) {
            int quoted = ForgedZip.local(parts[i + 1]).length;
            byte[] block = ForgedZip.little(5).put((byte) 0).putShort((short) quoted).putShort((short) ~quoted).array();
            parts[i] = new Part("part" + i, new byte[0]);
            parts[i].packedSize = block.length + (long) behind.length;
            parts[i].size = kernel.size;
            behind = ForgedZip.join(ForgedZip.local(parts[i]), block, behind);
        }
        ForgedZip zip = new ForgedZip().raw(behind);
        long offset = 0;
        for (Part part : parts) {
            zip.list(part, offset);
            offset += ForgedZip.local(part).length + 5;
        }
        assertThat(opened(zip.bytes())).isEqualTo("HARMFUL_ARCHIVE");
    }

    @Test
    void readsNoMoreOfAPartThanItsDirectorySays() throws Exception {
        Part small = zeros();
        small.size = 1_000;
        assertThat(opened(new ForgedZip().add(small).bytes())).isEqualTo("PART_DAMAGED");
    }

    @Test
    void refusesMoreThan10000PartsWhateverTheEndCounts() throws Exception {
        ForgedZip zip = new ForgedZip();
        for (int part = 0; part < 40_000; part++) {
            zip.list(new Part("a"), 0);
        }
        assertThat(opened(zip.bytes(1))).isEqualTo("ARCHIVE_OF_TOO_MANY");
        assertThat(opened(zip.bytes())).isEqualTo("ARCHIVE_OF_TOO_MANY");
        assertThat(opened(zip.zip64())).isEqualTo("ARCHIVE_OF_TOO_MANY");
    }

    @Test
    void refusesADirectoryThatIsMadeToFillTheMemory() throws Exception {
        Part fields = new Part("a");
        fields.extra = new byte[60_000];
        ForgedZip many = new ForgedZip();
        ForgedZip few = new ForgedZip();
        for (int part = 0; part < 1_000; part++) {
            (part < 40 ? few : many).add(fields);
        }
        assertThat(opened(many.bytes())).isEqualTo("ARCHIVE_OF_TOO_MANY");
        assertThat(opened(few.bytes())).isEqualTo("READ 40 40 []");
    }

    @Test
    void listsTheLargestDirectoryInLittleMemory() throws Exception {
        ForgedZip zip = new ForgedZip();
        for (int part = 0; part < 10_000; part++) {
            zip.add(new Part(new String(new char[120]).replace('\0', 'ü') + part, new byte[1]));
        }
        assertThat(opened(zip.bytes())).isEqualTo("READ 10000 10000 []");
    }

    @Test
    void refusesLargeEntriesThatHoldLittleAloneAndTakesHonestBitmaps() throws Exception {
        Part small = new Part("a.jpg");
        small.size = 1L << 31;
        assertThat(opened(new ForgedZip().add(small).add(zeros()).bytes()))
                .isEqualTo("READ 1 " + ZEROS + " [PART_TOO_LARGE]");
    }

    /** What came of it; where it was refused, within a second. A part that is damaged is told as an archive's reason is. */
    private String opened(byte[] bomb) throws IOException, InterruptedException {
        Path file = Files.write(folder.resolve("bomb.zip"), bomb);
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), HEAP,
                "-XX:+ExitOnOutOfMemoryError", "-cp", System.getProperty("java.class.path"),
                ArchiveBombs.class.getName(), file.toString()).redirectErrorStream(true).start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            String output = new String(process.getInputStream().readAllBytes()).strip();
            assertThat(process.exitValue()).as(output).isZero();
            int gap = output.lastIndexOf(' ');
            if (!output.startsWith("READ")) {
                assertThat(Long.parseLong(output.substring(gap + 1))).as(output).isLessThan(A_SECOND);
            }
            return output.substring(0, gap);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Part zeros() throws IOException {
        Part part = new Part("zeros.bmp", new byte[0]);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        CRC32 crc32 = new CRC32();
        byte[] block = new byte[1 << 20];
        try (OutputStream out = new DeflaterOutputStream(packed,
                new Deflater(Deflater.BEST_COMPRESSION, true))) {
            for (int written = 0; written < ZEROS; written += block.length) {
                out.write(block);
                crc32.update(block);
            }
        }
        part.packed = packed.toByteArray();
        part.packedSize = part.packed.length;
        part.size = ZEROS;
        part.crc32 = crc32.getValue();
        return part;
    }
}
