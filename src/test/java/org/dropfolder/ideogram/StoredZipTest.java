package org.dropfolder.ideogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredZipTest {

    private static final ZipUpload.Progress NOBODY = bytes -> { };

    private final Map<String, byte[]> files = new TreeMap<>(Map.of(
            "a.jpg", ZipFiles.noise(300_000, 1), "a.txt", "a cat".getBytes(StandardCharsets.UTF_8),
            "empty.png", new byte[0], "猫 😀 ä.webp", ZipFiles.noise(131_072, 2)));

    @TempDir
    Path folder;

    @Test
    void isReadBackFromAFile() throws Exception {
        Path zip = Files.write(folder.resolve("images.zip"), written(zipOf(files)));

        try (ZipFile read = new ZipFile(zip.toFile())) {
            assertThat(Collections.list(read.entries())).extracting(ZipEntry::getName)
                    .containsExactlyElementsOf(files.keySet());
            for (ZipEntry entry : Collections.list(read.entries())) {
                assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
                assertThat(read.getInputStream(entry).readAllBytes()).isEqualTo(files.get(entry.getName()));
            }
        }
    }

    @Test
    void isReadBackFromAStream() throws Exception {
        Map<String, byte[]> read = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(written(zipOf(files))))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                read.put(entry.getName(), zip.readAllBytes());
            }
        }

        assertThat(read.keySet()).isEqualTo(files.keySet());
        files.forEach((name, bytes) -> assertThat(read.get(name)).isEqualTo(bytes));
    }

    @Test
    void isSoundToUnzip() throws Exception {
        assumeThat(Path.of("/usr/bin/unzip")).exists();
        Path zip = Files.write(folder.resolve("images.zip"), written(zipOf(files)));

        Process unzip = new ProcessBuilder("unzip", "-t", zip.toString()).redirectErrorStream(true).start();

        String told = new String(unzip.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(unzip.waitFor()).as(told).isZero();
        assertThat(told).contains("No errors detected");
    }

    @Test
    void knowsItsLengthAhead() throws Exception {
        StoredZip zip = zipOf(files);

        assertThat(zip.length()).isEqualTo(written(zip).length);
        long names = files.keySet().stream().mapToLong(name -> name.getBytes(StandardCharsets.UTF_8).length).sum();
        assertThat(zip.length()).isEqualTo(22 + 4 * 76 + 2 * names + 300_000 + 5 + 131_072);
    }

    @Test
    void isAnEmptyZipWithoutParts() throws Exception {
        StoredZip zip = new StoredZip(List.of(), NOBODY);

        assertThat(zip.length()).isEqualTo(written(zip).length).isEqualTo(22);
    }

    @Test
    void isTheSameBytesInEveryTimeZone() throws Exception {
        TimeZone here = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
            byte[] there = written(zipOf(files));
            TimeZone.setDefault(TimeZone.getTimeZone("America/Los_Angeles"));
            assertThat(written(zipOf(files))).isEqualTo(there);
        } finally {
            TimeZone.setDefault(here);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {65_534, 65_535, 65_536})
    void knowsItsLengthWhereEntriesAreMany(int entries) throws Exception {
        List<ZipPart> parts = IntStream.range(0, entries)
                .mapToObj(i -> new ZipPart(Integer.toString(i), 0, 0, InputStream::nullInputStream)).toList();
        StoredZip zip = new StoredZip(parts, NOBODY);
        Counting counting = new Counting();

        zip.writeTo(counting);

        assertThat(zip.length()).isEqualTo(counting.bytes);
    }

    @Test
    void knowsItsLengthBeyondFourGigabytes() throws Exception {
        long large = 1L << 32;
        long crcOfLarge = 0xd202ef8dL;
        StoredZip zip = new StoredZip(List.of(
                new ZipPart("large.png", large, crcOfLarge, () -> ZipFiles.zeros(large)),
                ZipFiles.part("far.png", files.get("a.jpg"))), NOBODY);
        Counting counting = new Counting();

        zip.writeTo(counting);

        assertThat(zip.length()).isEqualTo(counting.bytes).isGreaterThan(large);
    }

    @Test
    void tellsWhenItBeginsAndAfterEachBuffer() throws Exception {
        List<Long> told = new ArrayList<>();
        byte[] large = ZipFiles.noise(3_000_000, 3);

        written(new StoredZip(List.of(ZipFiles.part("l.jpg", large), ZipFiles.part("a.txt", new byte[7])), told::add));

        assertThat(told).isSorted().startsWith(0L).endsWith(3_000_000L, 3_000_007L).doesNotHaveDuplicates();
        assertThat(told).hasSizeBetween(3_000_000 / (1 << 20) + 2, 3_000_000 / (1 << 12) + 3);
    }

    @Test
    void refusesTwoPartsOfOneName() {
        ZipPart part = ZipFiles.part("a.jpg", new byte[1]);

        assertThatIllegalArgumentException().isThrownBy(() -> new StoredZip(List.of(part, part), NOBODY))
                .withMessageContaining("a.jpg");
    }

    @Test
    void refusesASizeOrACrcThatCannotBe() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ZipPart("a", -1, 0, InputStream::nullInputStream));
        assertThatIllegalArgumentException().isThrownBy(() -> new ZipPart("a", 0, -1, InputStream::nullInputStream));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ZipPart("a", 0, 1L << 32, InputStream::nullInputStream));
    }

    @Test
    void noticesAFileThatShrank() {
        byte[] now = ZipFiles.noise(999, 1);

        assertThat(failure(new ZipPart("a.jpg", 1000, 0, () -> new ByteArrayInputStream(now))))
                .isInstanceOf(ContentChangedException.class)
                .hasMessageContaining("a.jpg").hasMessageContaining("1 bytes");
    }

    @Test
    void noticesAFileThatGrewAndSendsNoMoreOfItThanWasPromised() {
        byte[] now = ZipFiles.noise(1001, 1);
        byte[] before = Arrays.copyOf(now, 1000);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ZipPart part = new ZipPart("a.jpg", 1000, ZipFiles.crc32(before), () -> new ByteArrayInputStream(now));

        assertThatExceptionOfType(ContentChangedException.class)
                .isThrownBy(() -> new StoredZip(List.of(part), NOBODY).writeTo(out))
                .satisfies(changed -> assertThat(changed.entry()).isEqualTo("a.jpg"));
        assertThat(out.size()).isEqualTo(30 + "a.jpg".length() + 1000);
    }

    @Test
    void noticesAFileWithOtherContentOfTheSameSize() {
        byte[] now = ZipFiles.noise(1000, 1);
        long before = ZipFiles.crc32(ZipFiles.noise(1000, 2));

        assertThat(failure(new ZipPart("a.jpg", 1000, before, () -> new ByteArrayInputStream(now))))
                .isInstanceOf(ContentChangedException.class).hasMessageContaining("CRC-32");
    }

    @Test
    void namesTheFileThatCannotBeRead() {
        Throwable gone = failure(new ZipPart("a.jpg", 10, 0, () -> {
            throw new NoSuchFileException("/photos/a.jpg");
        }));
        Throwable broken = failure(new ZipPart("b.jpg", 10, 0, () -> new FilterInputStream(ZipFiles.zeros(10)) {
            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                throw new IOException("disk error");
            }
        }));

        assertThat(gone).hasMessageContaining("could not read a.jpg").hasRootCauseInstanceOf(NoSuchFileException.class);
        assertThat(broken).hasMessageContaining("could not read b.jpg").hasMessageContaining("disk error");
    }

    @Test
    void closesEverySourceAlsoAfterAFailure() throws Exception {
        List<String> closed = new ArrayList<>();
        byte[] bytes = ZipFiles.noise(10, 1);
        ZipPart sound = new ZipPart("sound", 10, ZipFiles.crc32(bytes), () -> closing("sound", bytes, closed));
        ZipPart shrunk = new ZipPart("shrunk", 11, 0, () -> closing("shrunk", bytes, closed));

        assertThatExceptionOfType(ContentChangedException.class)
                .isThrownBy(() -> written(new StoredZip(List.of(sound, shrunk), NOBODY)));

        assertThat(closed).containsExactly("sound", "shrunk");
    }

    private static InputStream closing(String name, byte[] bytes, List<String> closed) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public void close() {
                closed.add(name);
            }
        };
    }

    private static Throwable failure(ZipPart part) {
        return catchThrowable(() -> written(new StoredZip(List.of(part), NOBODY)));
    }

    private static StoredZip zipOf(Map<String, byte[]> files) {
        return new StoredZip(
                files.entrySet().stream().map(file -> ZipFiles.part(file.getKey(), file.getValue())).toList(), NOBODY);
    }

    private static byte[] written(StoredZip zip) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        zip.writeTo(out);
        return out.toByteArray();
    }

    private static final class Counting extends OutputStream {

        private long bytes;

        @Override
        public void write(int single) {
            bytes++;
        }

        @Override
        public void write(byte[] array, int from, int length) {
            bytes += length;
        }
    }
}
