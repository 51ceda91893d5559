package org.dropfolder.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MimeTypes;

/**
 * Knows what is no JPEG, PNG or WebP by its first bytes, and where those fit several by its name. Thread safe; the many
 * beginnings that it knows are loaded with the first such file.
 */
final class Kinds {
    private static final Set<String> HEIC = Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1");
    private static final Set<String> AVIF = Set.of("avif", "avis");
    private static final Set<String> PACKED = Set.of("x-tar", "x-7z-compressed", "x-rar-compressed", "gzip", "x-bzip2",
        "x-bzip", "x-xz", "zstd", "x-lzma", "x-compress", "x-lzip", "x-arj", "vnd.ms-cab-compressed", "x-archive", "x-gtar",
        "x-lha", "x-stuffit", "x-stuffitx", "x-snappy-framed", "x-apple-diskimage", "x-iso9660-image");
    private static final Set<String> DRAWN = Set.of("illustrator", "postscript", "x-msmetafile", "coreldraw");
    private static final int BRANDS = 256;

    private Kinds() {}

    /** Loaded when it is first asked. */
    private static final class Known {
        private static final MimeTypes TYPES = MimeTypes.getDefaultMimeTypes();

        private Known() {}
    }

    /**
     * The type of a file that begins so.
     *
     * @param head   with its first bytes, as many as are at hand
     * @param length how many they are
     */
    static FileType of(byte[] head, int length, String name) {
        FileType boxed = boxed(head, length);
        if (boxed != FileType.OTHER) {
            return boxed;
        }
        MediaType byName = detect(null, name);
        FileType type = type(detect(new ByteArrayInputStream(head, 0, length), ""));
        boolean raw = raw(byName);
        return switch (type) {
            case TIFF -> raw || TiffTags.ofCamera(head, length) ? FileType.RAW : FileType.TIFF;
            case OTHER -> raw ? FileType.RAW : FileType.OTHER;
            // programs and office's files are ZIP archives, too
            case ZIP -> type(byName) == FileType.DOCUMENT ? FileType.DOCUMENT : FileType.ZIP;
            default -> type;
        };
    }

    private static MediaType detect(InputStream head, String name) {
        Metadata metadata = new Metadata();
        metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, name);
        try {
            return Known.TYPES.detect(head, metadata);
        } catch (IOException e) {
            throw new IllegalStateException("Could not read bytes that are in memory: " + e.getMessage(), e);
        }
    }

    /** Photos of phones lie in the same boxes as films; which they are is said by a word of four letters, or several. */
    private static FileType boxed(byte[] head, int length) {
        String begin = new String(head, 0, Math.min(length, BRANDS), ISO_8859_1);
        if (!begin.startsWith("ftyp", 4) || begin.length() < 12) {
            return FileType.OTHER;
        }
        int end = Math.min(begin.length(), head[2] << 8 & 0xFF00 | head[3] & 0xFF);
        String main = begin.substring(8, 12);
        boolean avif = AVIF.contains(main);
        for (int at = 16; HEIC.contains(main) && at + 4 <= end; at += 4) {
            avif |= AVIF.contains(begin.substring(at, at + 4));
        }
        return avif ? FileType.AVIF : HEIC.contains(main) ? FileType.HEIC : FileType.OTHER;
    }

    private static boolean raw(MediaType media) {
        return media.getType().equals("image") && (media.getSubtype().startsWith("x-raw") || media.getSubtype().startsWith("x-canon"));
    }

    private static FileType type(MediaType media) {
        String kind = media.getSubtype();
        return switch (media.getType()) {
            case "image" -> image(media);
            case "video" -> FileType.VIDEO;
            case "audio" -> FileType.AUDIO;
            case "text" -> kind.equals("html") ? FileType.DOCUMENT : FileType.TEXT;
            default -> kind.equals("zip") ? FileType.ZIP
                : PACKED.contains(kind) ? FileType.ARCHIVE
                : DRAWN.contains(kind) ? FileType.SVG
                : kind.equals("mp4") || kind.equals("x-matroska") || kind.equals("quicktime") ? FileType.VIDEO
                : kind.equals("json") || kind.equals("xml") ? FileType.TEXT
                : document(kind) ? FileType.DOCUMENT : FileType.OTHER;
        };
    }

    private static FileType image(MediaType media) {
        if (raw(media)) {
            return FileType.RAW;
        }
        return switch (media.getSubtype()) {
            case "bmp" -> FileType.BMP;
            case "gif" -> FileType.GIF;
            case "tiff" -> FileType.TIFF;
            case "vnd.adobe.photoshop" -> FileType.PSD;
            case "heic", "heif", "heic-sequence", "heif-sequence" -> FileType.HEIC;
            case "avif" -> FileType.AVIF;
            case "svg+xml", "emf", "wmf", "cgm" -> FileType.SVG;
            default -> FileType.OTHER;
        };
    }

    private static boolean document(String kind) {
        return kind.equals("pdf") || kind.equals("msword") || kind.equals("rtf") || kind.equals("xhtml+xml")
            || kind.equals("epub+zip") || kind.equals("java-archive") || kind.equals("x-tika-ooxml")
            || kind.equals("x-tika-msoffice") || kind.startsWith("vnd.");
    }
}
