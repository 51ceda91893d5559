package org.dropfolder.ideogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.fileupload.FileItemIterator;
import org.apache.commons.fileupload.FileItemStream;
import org.apache.commons.fileupload.FileUpload;
import org.apache.commons.fileupload.UploadContext;
import org.apache.hc.core5.http.HttpEntity;
import org.junit.jupiter.api.Test;

class ZipUploadTest {

    private static final ZipUpload.Progress NOBODY = bytes -> { };

    private final byte[] image = ZipFiles.noise(200_000, 1);

    @Test
    void isAFormWithOneFieldThatHoldsTheZip() throws Exception {
        HttpEntity upload = ZipUpload.entity("files", List.of(ZipFiles.part("ä.jpg", image)), NOBODY);

        FileItemIterator fields = new FileUpload().getItemIterator(new Received(upload));
        FileItemStream field = fields.next();

        assertThat(field.getFieldName()).isEqualTo("files");
        assertThat(field.getName()).isEqualTo("images.zip");
        assertThat(field.getContentType()).isEqualTo("application/zip");
        try (ZipInputStream zip = new ZipInputStream(field.openStream())) {
            ZipEntry entry = zip.getNextEntry();
            assertThat(entry.getName()).isEqualTo("ä.jpg");
            assertThat(zip.readAllBytes()).isEqualTo(image);
            assertThat(zip.getNextEntry()).isNull();
        }
        assertThat(fields.hasNext()).isFalse();
    }

    @Test
    void knowsItsLengthIsStreamedAndSentOnce() throws Exception {
        HttpEntity upload = ZipUpload.entity("files[]", List.of(ZipFiles.part("a.jpg", image)), NOBODY);

        assertThat(upload.getContentLength()).isEqualTo(written(upload).length);
        assertThat(upload.isChunked()).isFalse();
        assertThat(upload.isRepeatable()).isFalse();
        assertThat(upload.isStreaming()).isTrue();
        assertThat(upload.getContentType()).startsWith("multipart/form-data; boundary=").doesNotContain("charset");
    }

    @Test
    void opensEachSourceOnlyWhenItIsSent() throws Exception {
        AtomicInteger opened = new AtomicInteger();
        ZipPart part = new ZipPart("a.jpg", image.length, ZipFiles.crc32(image), () -> {
            opened.incrementAndGet();
            return new ByteArrayInputStream(image);
        });

        HttpEntity upload = ZipUpload.entity("files", List.of(part), NOBODY);

        assertThat(opened).hasValue(0);
        written(upload);
        assertThat(opened).hasValue(1);
    }

    @Test
    void failsBeforeItsEndWhereAFileChanged() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        HttpEntity upload = ZipUpload.entity("files",
                List.of(new ZipPart("a.jpg", image.length, 1, () -> new ByteArrayInputStream(image))), NOBODY);

        assertThatExceptionOfType(ContentChangedException.class).isThrownBy(() -> upload.writeTo(out));

        assertThat((long) out.size()).isLessThan(upload.getContentLength());
    }

    @Test
    void refusesTwoPartsOfOneNameBeforeAnythingIsSent() {
        ZipPart part = ZipFiles.part("a.jpg", image);

        assertThatIllegalArgumentException().isThrownBy(() -> ZipUpload.entity("files", List.of(part, part), NOBODY));
    }

    private static byte[] written(HttpEntity upload) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        upload.writeTo(out);
        return out.toByteArray();
    }

    private record Received(HttpEntity upload) implements UploadContext {

        @Override
        public String getCharacterEncoding() {
            return StandardCharsets.UTF_8.name();
        }

        @Override
        public String getContentType() {
            return upload.getContentType();
        }

        @Override
        @Deprecated
        public int getContentLength() {
            return (int) contentLength();
        }

        @Override
        public long contentLength() {
            return upload.getContentLength();
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new ByteArrayInputStream(written(upload));
        }
    }
}
