package org.dropfolder.ideogram;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.hc.client5.http.entity.mime.AbstractContentBody;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;

/** Makes the body of an upload: one form field that holds a zip, streamed from where its files rest. */
public final class ZipUpload {

    /** Told while an upload is sent, on the thread that sends it. */
    @FunctionalInterface
    public interface Progress {

        /** @param bytes of the files, all in all, that were sent so far; told with 0 first, then after each buffer of some kilobytes */
        void sent(long bytes);

        /** The request has ended: its answer came, or won't. Told once at least, also of one of which nothing was sent. */
        default void ended() { }
    }

    /** What the zip itself is called in the form. */
    public static final String FILE_NAME = "images.zip";

    private ZipUpload() {
    }

    /**
     * An entity that is sent once. Its length is known ahead, so it is not chunked; its sources are opened one after
     * the other while it is sent, and never wholly in memory. It is not repeatable: whoever sends again asks for a
     * new one.
     *
     * <p>Sending throws {@link ContentChangedException} if a source is no longer what its part says, before the last
     * byte is out, so that the API never gets a whole request of wrong images.
     *
     * @param field the form field's name
     * @throws IllegalArgumentException if two parts have one name
     */
    public static HttpEntity entity(String field, List<ZipPart> parts, Progress progress) {
        return new Told(progress, MultipartEntityBuilder.create()
                // without this a charset, which a form of files does not have, would stick to the type
                .setContentType(ContentType.create("multipart/form-data"))
                .addPart(field, new ZipBody(new StoredZip(parts, progress)))
                .build());
    }

    private static final class Told extends SentOnce {

        private final Progress progress;

        Told(Progress progress, HttpEntity form) {
            super(form);
            this.progress = progress;
        }

        @Override
        public void close() throws IOException {
            try {
                super.close();
            } finally {
                progress.ended();
            }
        }
    }

    private static final class ZipBody extends AbstractContentBody {

        private final StoredZip zip;

        ZipBody(StoredZip zip) {
            super(ContentType.create("application/zip"));
            this.zip = zip;
        }

        @Override
        public String getFilename() {
            return FILE_NAME;
        }

        @Override
        public long getContentLength() {
            return zip.length();
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            zip.writeTo(out);
        }
    }
}
