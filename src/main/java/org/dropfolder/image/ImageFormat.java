package org.dropfolder.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The image formats that Ideogram takes. What a file is called does not count, only how its content begins. */
public enum ImageFormat {
    JPEG("jpg", "jpeg"),
    PNG("png"),
    WEBP("webp");

    /** How many of a file's first bytes {@link #of} wants to see. */
    public static final int HEAD = 12;

    private static final String JPEG_BEGIN = "\u00ff\u00d8\u00ff";
    private static final String PNG_BEGIN = "\u0089PNG\r\n\u001a\n";

    private final List<String> endings;

    ImageFormat(String... endings) {
        this.endings = List.of(endings);
    }

    /**
     * The format of a file that begins so.
     *
     * @param head the file's first {@value #HEAD} bytes, or more, or fewer where the file is shorter
     * @return the format, or nothing where these bytes begin no JPEG, PNG or WebP
     */
    public static Optional<ImageFormat> of(byte[] head) {
        String begin = new String(head, 0, Math.min(head.length, HEAD), ISO_8859_1);
        if (begin.startsWith(JPEG_BEGIN)) {
            return Optional.of(JPEG);
        }
        if (begin.startsWith(PNG_BEGIN)) {
            return Optional.of(PNG);
        }
        // RIFF, four bytes of length, then what the container holds
        return begin.startsWith("RIFF") && begin.startsWith("WEBP", 8) ? Optional.of(WEBP) : Optional.empty();
    }

    /** The usual ending of a file of this format, in small letters and without the dot. */
    public String ending() {
        return endings.get(0);
    }

    /** Whether a file of this format may end so, in whatever case; {@code ending} comes without the dot. */
    boolean mayEndIn(String ending) {
        return endings.contains(ending.toLowerCase(Locale.ROOT));
    }
}
