package org.dropfolder.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/** The rules about names in a ZIP archive. Pure functions. */
final class ZipNames {
    /** The longest path that is used, in chars. */
    private static final int LONGEST = 1_000;
    /** No path of that length has more, in bytes. */
    private static final int LARGEST = 4 * LONGEST;

    private static final int UTF_8_FLAG = 0x800;
    private static final int UNICODE_PATH = 0x7075;
    /** Its version, and the checksum of the name that it stands for. */
    private static final int UNICODE_PATH_HEAD = 5;
    /** What DOS wrote with, and what the format says; not in every Java. */
    private static final Charset CP437 = Charset.isSupported("IBM437") ? Charset.forName("IBM437") : ISO_8859_1;
    private static final Pattern OUTSIDE = Pattern.compile("\\A(/|[A-Za-z]:).*|.*\\\\.*", Pattern.DOTALL);
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]");

    private ZipNames() {}

    /**
     * A name as its writer meant it: the field for Unicode where it is of this name; UTF-8 where that is said, or where
     * it can be read so, as of a Mac that says nothing; else DOS's letters. What is too long is cut to something that
     * is still too long.
     *
     * @param extra the entry's extra fields
     * @param flags the entry's
     * @param dos   whether DOS or Windows wrote it, where some write {@code \} for {@code /}
     */
    static String read(byte[] name, ByteBuffer extra, int flags, boolean dos) {
        byte[] cut = name.length > LARGEST ? Arrays.copyOf(name, LARGEST) : name;
        String read = unicode(name, extra).or(() -> strict(cut))
                .orElseGet(() -> new String(cut, (flags & UTF_8_FLAG) == 0 ? CP437 : UTF_8));
        return dos && read.indexOf('/') < 0 ? read.replace('\\', '/') : read;
    }

    /**
     * The path that an entry so named may have, or nothing where it leads out of its archive, is a drive's, or is
     * longer than any that can be used. It may come out empty: that of the archive itself.
     */
    static Optional<String> path(String name) {
        List<String> segments = new ArrayList<>();
        for (String segment : UNPRINTABLE.matcher(name).replaceAll("_").split("/")) {
            if (segment.equals("..")) {
                return Optional.empty();
            }
            if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        boolean outside = name.length() > LONGEST || OUTSIDE.matcher(name).matches();
        return outside ? Optional.empty() : Optional.of(String.join("/", segments));
    }

    /** The content of the first extra field with this number; empty where there is none, or it is cut off. */
    static ByteBuffer field(ByteBuffer extra, int number) {
        ByteBuffer left = extra.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        while (left.remaining() >= 4) {
            int found = Short.toUnsignedInt(left.getShort());
            int length = Math.min(Short.toUnsignedInt(left.getShort()), left.remaining());
            if (found == number) {
                return left.slice(left.position(), length).order(ByteOrder.LITTLE_ENDIAN);
            }
            left.position(left.position() + length);
        }
        return ByteBuffer.allocate(0);
    }

    private static Optional<String> unicode(byte[] name, ByteBuffer extra) {
        ByteBuffer field = field(extra, UNICODE_PATH);
        if (field.remaining() < UNICODE_PATH_HEAD || field.remaining() > LARGEST || field.get() != 1) {
            return Optional.empty();
        }
        CRC32 crc32 = new CRC32();
        crc32.update(name);
        if (field.getInt() != (int) crc32.getValue()) {
            return Optional.empty();
        }
        byte[] text = new byte[field.remaining()];
        field.get(text);
        return strict(text);
    }

    private static Optional<String> strict(byte[] utf8) {
        try {
            return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
