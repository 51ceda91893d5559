package org.dropfolder.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KindsTest {
    @ParameterizedTest
    @CsvSource({"heic, HEIC", "heix, HEIC", "mif1, HEIC", "msf1, HEIC", "avif, AVIF", "avis, AVIF", "crx , RAW", "mp42, VIDEO",
        "isom, VIDEO", "qt  , VIDEO", "M4V , VIDEO", "3gp4, VIDEO", "M4A , AUDIO"})
    void areToldByTheWordInPhonesFiles(String brand, FileType type) throws IOException {
        assertThat(of("\0\0\0\030ftyp" + (brand + "  ").substring(0, 4) + "\0\0\0\0isom    \0\0\0\010mdat", "photo.jpg")).isEqualTo(type);
    }

    @Test
    void areToldByTheOtherWordsWhereTheFirstFitsBoth() throws IOException {
        assertThat(of("\0\0\0\034ftypmif1\0\0\0\0mif1avifmiaf", "photo.heic")).isEqualTo(FileType.AVIF);
        assertThat(of("\0\0\0\034ftypmif1\0\0\0\0mif1heicmiaf", "photo.avif")).isEqualTo(FileType.HEIC);
    }

    @ParameterizedTest
    @CsvSource({"8BPS\\0\\1, PSD", "8BPS\\0\\2, PSD", "<svg xmlns='http://www.w3.org/2000/svg'/>, SVG",
        "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>, SVG", "%PDF-1.7, DOCUMENT", "%!PS-Adobe-3.0, SVG",
        "<!DOCTYPE html><html>no</html>, DOCUMENT", "Rar!\\32\\7\\0, ARCHIVE",
        "7z\\274\\257\\47\\34, ARCHIVE", "\\37\\213\\10\\0, ARCHIVE", "a cat on a wall, TEXT", "MZ\\220\\0, OTHER",
        "FUJIFILMCCD-RAW 0201\\0\\1\\2, RAW", "IIRO\\10\\0\\0\\0, RAW", "ID3\\3\\0\\0\\0\\0\\0\\0, AUDIO"})
    void areToldByTheirFirstBytes(String begin, FileType type) throws IOException {
        assertThat(of(begin.translateEscapes(), type == FileType.RAW ? "photo.raf" : "photo.jpg")).isEqualTo(type);
    }

    @Test
    void areRawIfACameraMadeThePicturesInATiff() throws IOException {
        assertThat(tiff("scan.tif", 271)).as("a maker alone").isEqualTo(FileType.TIFF);
        assertThat(tiff("scan.tif", 330)).as("several pictures alone").isEqualTo(FileType.TIFF);
        assertThat(tiff("photo.tif", 271, 330)).isEqualTo(FileType.RAW);
        assertThat(tiff("photo.tif", 50_706)).as("a DNG").isEqualTo(FileType.RAW);
        assertThat(tiff("photo.NEF", 256)).as("by its name").isEqualTo(FileType.RAW);
        assertThat(of("II*\0\020\0\0\0CR\2\0", "photo.tif")).as("a Canon's").isEqualTo(FileType.RAW);
    }

    @Test
    void areDocumentsAndNotArchivesIfAnOfficeProgramPackedThem() throws IOException {
        assertThat(zip("[Content_Types].xml", "brief.zip")).isEqualTo(FileType.DOCUMENT);
        assertThat(zip("word/document.xml", "brief.docx")).isEqualTo(FileType.DOCUMENT);
        assertThat(zip("word/document.xml", "brief.zip")).isEqualTo(FileType.ZIP);
        assertThat(zip("Index/Document.iwa", "brief.pages")).isEqualTo(FileType.DOCUMENT);
        assertThat(zip("photo.jpg", "photo.jpg")).isEqualTo(FileType.ZIP);
    }

    private static FileType tiff(String name, int... tags) throws IOException {
        ByteBuffer tiff = ByteBuffer.allocate(400).order(ByteOrder.LITTLE_ENDIAN).put("II*\0".getBytes(ISO_8859_1)).putInt(8)
            .putShort((short) tags.length);
        for (int tag : tags) {
            tiff.putShort((short) tag).putShort((short) 4).putInt(1).putInt(1);
        }
        return of(new String(tiff.array(), ISO_8859_1), name);
    }

    private static FileType zip(String entry, String name) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(entry));
        }
        return of(bytes.toString(ISO_8859_1), name);
    }

    private static FileType of(String content, String name) throws IOException {
        return Probe.read(new ByteArrayInputStream(content.getBytes(ISO_8859_1)), name).type();
    }
}
