package org.dropfolder.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.dropfolder.image.ForgedZip.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTest {
    @Test
    void listsImagesBeforeCaptionsAndNumbersThemByTheirPlaces() throws Exception {
        Archive archive = open(honest("a.txt", "trip/a.jpg", "trip/", "b.PNG", "B.TXT"));
        assertThat(archive.entries()).extracting(Archive.Entry::path).containsExactly("trip/a.jpg", "b.PNG", "a.txt", "B.TXT");
        assertThat(archive.entries()).extracting(Archive.Entry::part).containsExactly(1, 3, 0, 4);
        assertThat(archive.entries()).extracting(Archive.Entry::caption).containsExactly(false, false, true, true);
        assertThat(archive.setAside()).isEmpty();
    }

    @Test
    void givesOutThePartsAsTheyWerePackedInAnyOrder() throws Exception {
        Archive archive = open(honest("a.jpg", "b.jpg", "c.jpg"));
        for (int part : new int[] {2, 0, 1, 2}) {
            assertThat(read(archive, part)).isEqualTo(content(archive.entries().get(part).path()));
        }
    }

    @Test
    void readsPartsThatAreNotPackedAndThoseWithoutAByte() throws Exception {
        byte[] content = content("a.jpg");
        Archive archive = open(new ForgedZip().add(new Part("a.jpg", content).stored(content))
                .add(new Part("empty.jpg", new byte[0])).add(new Part("none.jpg", new byte[0]).stored(new byte[0])).bytes());
        assertThat(read(archive, 0)).isEqualTo(content);
        assertThat(read(archive, 1)).isEmpty();
        assertThat(read(archive, 2)).isEmpty();
    }

    @Test
    void passesOverFoldersAndJunk() throws Exception {
        Archive archive = open(honest("a/", "__MACOSX/a/._b.jpg", "a/.DS_Store", "Thumbs.db", "a/b.jpg", "a/x.tmp"));
        assertThat(archive.entries()).extracting(Archive.Entry::path).containsExactly("a/b.jpg");
        assertThat(archive.setAside()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a.jpg", "/a.jpg", "/etc/passwd", "C:\\a.jpg", "c:a.jpg", "a/../../b.jpg", "a/..", "..",
        "a\\..\\..\\b.jpg", "\\\\host\\share\\a.jpg", "a/b\\c.jpg", "../__MACOSX/a.jpg"})
    void setsAsideWhatLeadsOutOfIt(String name) throws Exception {
        Archive archive = open(new ForgedZip().add(new Part(name)).bytes());
        assertThat(archive.entries()).isEmpty();
        assertThat(archive.setAside()).extracting(aside -> aside.reason().code()).containsExactly("PART_OUTSIDE");
    }

    @Test
    void setsAsideEachPartThatIsOfNoUseAndTakesTheRest() throws Exception {
        Part link = new Part("link.jpg");
        link.attributes = 0120777 << 16;
        Part device = new Part("device.jpg");
        device.attributes = 0020666 << 16;
        Part locked = new Part("locked.jpg");
        locked.flags = 1;
        Part odd = new Part("odd.jpg");
        odd.method = 14;
        Part large = new Part("large.jpg");
        large.size = Archive.PART + 1;
        ForgedZip zip = new ForgedZip().add(link).add(device).add(new Part("good.jpg")).add(locked).add(odd).add(large);
        Archive archive = open(zip.add(new Part("inner.ZIP")).add(new Part("x".repeat(1_001))).bytes());
        assertThat(archive.entries()).extracting(Archive.Entry::path).containsExactly("good.jpg");
        assertThat(archive.setAside()).extracting(aside -> aside.part() + " " + aside.reason().code()).containsExactly(
                "0 PART_LINK", "1 PART_LINK", "3 PART_LOCKED", "4 PART_PACKED_ODDLY", "5 PART_TOO_LARGE",
                "6 PART_ARCHIVE", "7 PART_OUTSIDE");
        assertThat(archive.setAside().get(0).reason().text()).startsWith("link.jpg is");
    }

    @Test
    void readsNamesAsTheirWritersMeantThem() throws Exception {
        Part flagged = new Part("Größe.jpg");
        flagged.flags = 0x800;
        Part mac = new Part("Straße.jpg");
        Part dos = new Part("Käse.jpg".getBytes(Charset.forName("IBM437")), content("a"));
        Part winzip = new Part("?.jpg");
        winzip.extra = unicodePath("?.jpg", "猫.jpg");
        Part stale = new Part("new.jpg");
        stale.extra = unicodePath("old.jpg", "猫.jpg");
        Part windows = new Part("trip\\a.jpg");
        windows.madeBy = 20;
        assertThat(paths(flagged, mac, dos, winzip, stale, windows))
                .containsExactly("Größe.jpg", "Straße.jpg", "Käse.jpg", "猫.jpg", "new.jpg", "trip/a.jpg");
    }

    @Test
    void makesOddNamesSafe() throws Exception {
        assertThat(paths(new Part("a\u0000b\n.jpg"), new Part("./a//b.jpg"), new Part("-rf.jpg"), new Part("a\u2028.jpg"),
                new Part(new byte[] {(byte) 0xFF, 'a'}, content("a")), new Part("👩‍💻.jpg")))
                .containsExactly("a_b_.jpg", "a/b.jpg", "-rf.jpg", "a_.jpg", "\u00a0a", "👩‍💻.jpg");
        assertThat(paths(new Part(""), new Part("./"), new Part("."))).isEmpty();
    }

    @Test
    void opensArchivesOf64BitsAndThoseBehindAProgram() throws Exception {
        Part large = new Part("a.jpg");
        large.extra = ForgedZip.little(28).putShort((short) 1).putShort((short) 24).putLong(large.size)
                .putLong(large.packedSize).putLong(0).array();
        byte[] zip64 = new ForgedZip().raw(ForgedZip.local(large)).raw(large.packed).list(wide(large), -1).zip64();
        assertThat(read(open(zip64), 0)).isEqualTo("a.jpg".getBytes(UTF_8));
        byte[] behind = ForgedZip.join(new byte[4_711], honest("a.jpg"));
        assertThat(read(open(behind), 0)).isEqualTo(content("a.jpg"));
    }

    @Test
    void refusesAPartThatIsNotWhatTheDirectorySays() throws Exception {
        Part longer = new Part("longer.jpg", content("a"));
        longer.size--;
        Part shorter = new Part("shorter.jpg", content("a"));
        shorter.size++;
        Part other = new Part("other.jpg", content("a"));
        other.crc32++;
        Part cut = new Part("cut.jpg", content("a"));
        cut.packedSize -= 100;
        Part noise = new Part("noise.jpg", content("a"));
        noise.packed = content("noise");
        noise.packedSize = noise.packed.length;
        for (Part part : List.of(longer, shorter, other, cut, noise)) {
            Archive archive = open(new ForgedZip().add(part).bytes());
            assertUnusable("PART_DAMAGED", () -> read(archive, 0));
        }
        Archive elsewhere = open(new ForgedZip().raw(new byte[999]).list(new Part("a.jpg", content("")), 7).bytes());
        assertUnusable("PART_DAMAGED", () -> read(elsewhere, 0));
    }

    @Test
    void neverGivesOutTheLastByteOfAPartThatIsDamaged() throws Exception {
        Part other = new Part("other.jpg", content("a"));
        other.crc32++;
        try (var stream = open(new ForgedZip().add(other).bytes()).open(new Archive.Entry(0, "other.jpg", 1, false))) {
            assertThat(stream.readNBytes((int) other.size - 1)).hasSize((int) other.size - 1);
            assertUnusable("PART_DAMAGED", stream::read);
            assertUnusable("PART_DAMAGED", stream::read);
        }
    }

    @Test
    void refusesWhatIsNoArchiveOrOnlyAPiece() throws Exception {
        byte[] whole = honest("a.jpg", "b.jpg");
        assertUnusable("DAMAGED_ARCHIVE", () -> open(new byte[0]));
        assertUnusable("DAMAGED_ARCHIVE", () -> open(content("no archive")));
        assertUnusable("DAMAGED_ARCHIVE", () -> open(Arrays.copyOfRange(whole, 0, whole.length - 30)));
        assertUnusable("DAMAGED_ARCHIVE", () -> open(Arrays.copyOfRange(whole, whole.length - 30, whole.length)));
        assertUnusable("DAMAGED_ARCHIVE", () -> open(new ForgedZip().add(new Part("a.jpg")).bytes(2)));
        Part piece = new Part("a.jpg");
        piece.disk = 1;
        assertUnusable("DAMAGED_ARCHIVE", () -> open(new ForgedZip().add(piece).bytes()));
        assertThat(open(new ForgedZip().bytes()).entries()).isEmpty();
    }

    @Test
    void tellsAChannelThatFailsFromAnArchiveThatIsDamaged() throws Exception {
        byte[] whole = honest("a.jpg", "b.jpg");
        assertThatThrownBy(() -> Archive.open(new MemoryChannel(whole).breaksAt(1), "a.zip"))
                .isNotInstanceOf(UnusableException.class).hasMessage("the disk is gone");
        // large, so that what is read of it is not read with the directory
        MemoryChannel channel = new MemoryChannel(new ForgedZip().add(new Part("a.jpg", noise(300_000))).bytes());
        Archive archive = Archive.open(channel, "a.zip");
        channel.breaksAt(1);
        assertThatThrownBy(() -> read(archive, 0)).isNotInstanceOf(UnusableException.class).hasMessage("the disk is gone");
    }

    @Test
    void saysOfEveryCutAndEveryBentArchiveThatItIsUnusableOrReadsIt() throws Exception {
        byte[] whole = honest("a.jpg", "b/c.png", "d.txt");
        Random random = new Random(5);
        int read = 0;
        for (int round = 0; round < 10_000; round++) {
            byte[] bent = Arrays.copyOf(whole, round < whole.length ? round : whole.length);
            for (int flip = round < whole.length ? 4 : random.nextInt(4); flip < 4; flip++) {
                bent[random.nextInt(bent.length)] = (byte) random.nextInt(256);
            }
            read += readAll(bent);
        }
        assertThat(read).isGreaterThan(1_000);
    }

    /** How many parts are as they were; whatever is thrown but an {@link UnusableException} fails the test. */
    private static int readAll(byte[] bytes) throws IOException {
        int read = 0;
        try (Archive archive = open(bytes)) {
            for (Archive.Entry entry : archive.entries()) {
                try (var stream = archive.open(entry)) {
                    assertThat(stream.readAllBytes()).hasSize((int) entry.size());
                    read++;
                } catch (UnusableException e) {
                    assertThat(e.reason().code()).isEqualTo("PART_DAMAGED");
                }
            }
        } catch (UnusableException e) {
            assertThat(e.reason().code()).contains("ARCHIVE");
        }
        return read;
    }

    private static Part wide(Part part) {
        part.size = -1;
        part.packedSize = -1;
        return part;
    }

    private static byte[] unicodePath(String of, String path) {
        CRC32 crc32 = new CRC32();
        crc32.update(of.getBytes(UTF_8));
        byte[] text = path.getBytes(UTF_8);
        return ForgedZip.little(9 + text.length).putShort((short) 0x7075).putShort((short) (5 + text.length)).put((byte) 1)
                .putInt((int) crc32.getValue()).put(text).array();
    }

    private static List<String> paths(Part... parts) throws IOException {
        ForgedZip zip = new ForgedZip();
        Arrays.asList(parts).forEach(zip::add);
        return open(zip.bytes()).entries().stream().map(Archive.Entry::path).toList();
    }

    private static Archive open(byte[] bytes) throws IOException {
        return Archive.open(new MemoryChannel(bytes), "trip.zip");
    }

    private static byte[] read(Archive archive, int part) throws IOException {
        try (var stream = archive.open(archive.entries().get(part))) {
            return stream.readAllBytes();
        }
    }

    private static void assertUnusable(String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(UnusableException.class,
                e -> assertThat(e.reason().code()).isEqualTo(code));
    }

    private static byte[] honest(String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                if (!name.endsWith("/")) {
                    zip.write(content(name));
                }
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] content(String name) {
        return ("the content of " + name + ", ").repeat(20).concat(new String(noise(50), Charset.forName("ISO-8859-1")))
                .getBytes(UTF_8);
    }

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(length).nextBytes(noise);
        return noise;
    }
}
