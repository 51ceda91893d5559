package org.dropfolder.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.fileupload.FileItemIterator;
import org.apache.commons.fileupload.FileItemStream;
import org.apache.commons.fileupload.FileUpload;
import org.apache.commons.fileupload.FileUploadException;
import org.apache.commons.fileupload.InvalidFileNameException;
import org.apache.commons.fileupload.MultipartStream.MalformedStreamException;
import org.apache.commons.fileupload.UploadContext;

/** Reads the multipart body of an upload as it streams in, in constant memory. Without state. */
final class UploadReader {
    /** The schema's word, and the one of an example in the reference [open]. */
    private static final Set<String> FIELDS = Set.of("files", "files[]");
    /** No limit is published; longer than any caption, in bytes. */
    private static final int LONGEST_CAPTION = 1024 * 1024;
    /** Room for long file names in a part's headers, in bytes; the library's default is 512. */
    private static final int LONGEST_PART_HEADER = 8 * 1024;

    private UploadReader() { }

    /**
     * Everything that a request brings.
     *
     * @throws Refusal     where the body is no multipart, is broken, or has no file in the right field
     * @throws IOException where the client is gone
     */
    static Upload read(HttpExchange exchange) throws IOException, Refusal {
        try {
            return read(parts(exchange));
        } catch (FileUploadException | MalformedStreamException | InvalidFileNameException broken) {
            throw Refusal.badRequest("The body is not the multipart/form-data of the contract: "
                    + broken.getMessage() + ".");
        }
    }

    /** The parts of a form, one after the other as they stream in. */
    static FileItemIterator parts(HttpExchange exchange) throws IOException, FileUploadException {
        FileUpload form = new FileUpload();
        form.setHeaderEncoding(StandardCharsets.UTF_8.name());
        form.setPartHeaderSizeMax(LONGEST_PART_HEADER);
        return form.getItemIterator(new Request(exchange));
    }

    private static Upload read(FileItemIterator parts) throws IOException, FileUploadException, Refusal {
        Upload upload = new Upload();
        boolean found = false;
        while (parts.hasNext()) {
            FileItemStream part = parts.next();
            if (FIELDS.contains(part.getFieldName()) && !part.isFormField()) {
                found = true;
                try (InputStream content = part.openStream()) {
                    part(part.getName(), content, upload);
                }
            }
        }
        if (!found) {
            throw Refusal.badRequest("The form has no file in a field named 'files'.");
        }
        return upload;
    }

    private static void part(String name, InputStream content, Upload upload) throws IOException {
        if (hasEnding(name, ".zip")) {
            Archive.read(name, content, upload);
        } else {
            file(name, content, upload);
        }
    }

    /** An image or a caption, alone or within an archive; reads it to its end. */
    static void file(String name, InputStream content, Upload upload) throws IOException {
        if (hasEnding(name, ".txt")) {
            caption(name, content, upload);
        } else {
            ImageCheck.read(name, content, upload);
        }
    }

    private static void caption(String name, InputStream content, Upload upload) throws IOException {
        byte[] bytes = content.readNBytes(LONGEST_CAPTION + 1);
        content.transferTo(OutputStream.nullOutputStream());
        if (bytes.length > LONGEST_CAPTION) {
            upload.failure(Upload.Reason.INVALID_CAPTION, name);
            return;
        }
        try {
            upload.caption(name, StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException notUtf8) {
            upload.failure(Upload.Reason.INVALID_CAPTION, name);
        }
    }

    private static boolean hasEnding(String name, String ending) {
        return name.toLowerCase(Locale.ROOT).endsWith(ending);
    }

    /** A request as the library asks for one. */
    private record Request(HttpExchange exchange) implements UploadContext {
        @Override
        public String getCharacterEncoding() {
            return StandardCharsets.UTF_8.name();
        }

        @Override
        public String getContentType() {
            return exchange.getRequestHeaders().getFirst("Content-Type");
        }

        @Override
        @Deprecated
        public int getContentLength() {
            return -1;
        }

        @Override
        public long contentLength() {
            return -1;
        }

        @Override
        public InputStream getInputStream() {
            return new FilterInputStream(exchange.getRequestBody()) {
                @Override
                public void close() {
                    // the library closes what it refuses; the rest of the body must still be read before the answer
                }
            };
        }
    }
}
