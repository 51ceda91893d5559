package org.dropfolder.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** BMP, GIF and TIFF by their headers, ZIP by its end. */
class OtherStructuresTest {
    private static final String COMMENT = "made by hand";

    @ParameterizedTest
    @ValueSource(strings = {"bmp", "gif", "tiff"})
    void knowWholeImagesAndThoseThatEndTooEarly(String format) throws IOException {
        byte[] whole = Encoded.plain(format);
        assertThat(read(whole).type()).isEqualTo(FileType.valueOf(format.toUpperCase(Locale.ROOT)));
        assertThat(condition(whole)).isEqualTo(Condition.WHOLE);
        assertThat(condition(Arrays.copyOf(whole, whole.length + 99))).isEqualTo(Condition.WHOLE);
        for (int percent = 10; percent < 100; percent += 10) {
            assertThat(condition(Arrays.copyOf(whole, whole.length * percent / 100))).as("%d per cent", percent)
                .isEqualTo(Condition.UNFINISHED);
        }
        assertThat(condition(Arrays.copyOf(whole, whole.length - 2))).isEqualTo(Condition.UNFINISHED);
    }

    @Test
    void needNoEndOfAGifBehindWholePictures() throws IOException {
        byte[] gif = Encoded.plain("gif");
        assertThat(condition(Arrays.copyOf(gif, gif.length - 1))).isEqualTo(Condition.WHOLE);
    }

    @Test
    void needNoSizeOfAFileInABmp() throws IOException {
        byte[] bmp = Encoded.plain("bmp");
        Arrays.fill(bmp, 2, 6, (byte) 0);
        assertThat(condition(bmp)).isEqualTo(Condition.WHOLE);
        assertThat(condition(Arrays.copyOf(bmp, bmp.length - 50))).isEqualTo(Condition.UNFINISHED);
    }

    @Test
    void seeATiffWhoseDirectoryIsStillToCome() throws IOException {
        byte[] tiff = Encoded.plain("tiff");
        assertThat(condition(Arrays.copyOf(Arrays.copyOf(tiff, 8), tiff.length))).isEqualTo(Condition.UNFINISHED);
    }

    @Test
    void wantTheEndOfAnArchive() throws IOException {
        byte[] zip = zip("photo.jpg", Encoded.image("grey.jpg"));
        assertThat(read(zip).type()).isEqualTo(FileType.ZIP);
        assertThat(condition(zip)).isEqualTo(Condition.WHOLE);
        assertThat(condition(Arrays.copyOf(zip, zip.length + 500))).as("with more behind it").isEqualTo(Condition.WHOLE);
        for (int length : new int[] {30, 200, zip.length / 2, zip.length - 22, zip.length - 1}) {
            assertThat(condition(Arrays.copyOf(zip, length))).as("%d bytes", length).isEqualTo(Condition.UNFINISHED);
        }
        assertThat(condition(Arrays.copyOf(Arrays.copyOf(zip, zip.length / 2), zip.length))).isEqualTo(Condition.UNFINISHED);
    }

    @Test
    void takeNoInnerArchivesEndForTheOuterOnes() throws IOException {
        byte[] inner = zip("photo.jpg", new byte[100]);
        byte[] outer = zip("inner.zip", inner);
        assertThat(condition(outer)).isEqualTo(Condition.WHOLE);
        assertThat(condition(zip("outer.zip", outer))).isEqualTo(Condition.WHOLE);
        int end = new String(outer, ISO_8859_1).indexOf("PK\5\6") + 22 + COMMENT.length();
        assertThat(end).isLessThan(outer.length - 22);
        byte[] large = zip("large", new byte[100_000]);
        byte[] cut = Arrays.copyOf(join(large, inner), large.length + inner.length + 70_000);
        assertThat(condition(cut)).as("the inner end is too far from the file's").isEqualTo(Condition.UNFINISHED);
    }

    @Test
    void findTheEndAcrossBuffers() throws IOException {
        for (int more = 0; more < 30; more++) {
            byte[] noise = new byte[128 * 1024 - 110 + more];
            new Random(1).nextBytes(noise);
            assertThat(condition(zip("a", noise))).as("%d", more).isEqualTo(Condition.WHOLE);
        }
    }

    /** Stored, so that what is in it can be seen. */
    private static byte[] zip(String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setLevel(0);
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
            zip.setComment(COMMENT);
        }
        return bytes.toByteArray();
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private static Condition condition(byte[] bytes) throws IOException {
        return read(bytes).condition();
    }

    private static Content read(byte[] bytes) throws IOException {
        return Probe.read(new ByteArrayInputStream(bytes));
    }
}
