package org.dropfolder.ideogram;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.CRC32;
import org.apache.hc.client5.http.entity.mime.AbstractContentBody;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;

/** The body of a request that asks about one image: a form with that file, streamed from where it rests. */
public final class ImageForm {
    /** Bytes of an image that can be asked about, at most. [ref] */
    public static final long LARGEST = 10L * 1024 * 1024;
    private static final int BUFFER = 64 * 1024;

    private ImageForm() {
    }

    /**
     * An entity that is sent once, of a length that is known ahead. Sending it throws {@link ContentChangedException} before the last
     * byte is out, if the file is not what was promised.
     */
    public static HttpEntity entity(ZipPart image) {
        return new SentOnce(MultipartEntityBuilder.create()
                // without this a charset, which a form of files does not have, would stick to the type
                .setContentType(ContentType.create("multipart/form-data"))
                .addPart("image_file", new File(image))
                .build());
    }

    private static final class File extends AbstractContentBody {

        private final ZipPart image;

        File(ZipPart image) {
            super(ContentType.APPLICATION_OCTET_STREAM);
            this.image = image;
        }

        @Override
        public String getFilename() {
            return image.name();
        }

        @Override
        public long getContentLength() {
            return image.size();
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            CRC32 crc = new CRC32();
            byte[] buffer = new byte[BUFFER];
            long left = image.size();
            try (InputStream in = image.source().open()) {
                while (left > 0) {
                    int read = in.readNBytes(buffer, 0, (int) Math.min(left, BUFFER));
                    if (read == 0) {
                        throw new ContentChangedException(image.name(), left + " bytes are missing");
                    }
                    crc.update(buffer, 0, read);
                    left -= read;
                    if (left == 0 && crc.getValue() != image.crc32()) {
                        throw new ContentChangedException(image.name(), "it has another CRC-32 than when it was accepted");
                    }
                    out.write(buffer, 0, read);
                }
            }
        }
    }
}
