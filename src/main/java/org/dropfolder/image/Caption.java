package org.dropfolder.image;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Optional;

/** Reads the text that describes an image. */
public final class Caption {
    /** The longest caption, in Unicode characters. No bound is published; longer ones are surely something else. */
    public static final int LONGEST = 2_000;

    /** No caption's file is larger, in bytes: whoever reads one from a disk may stop behind this. */
    public static final int LARGEST = 64 * 1024;

    private Caption() {}

    /**
     * The caption in these bytes: UTF-8 with or without a mark, or UTF-16 with one. Lines end in {@code \n}; spaces
     * and empty lines around it are gone, and so are all control characters but {@code \n} and {@code \t}.
     *
     * @param name  the file's name, for the reason
     * @param bytes the whole file, or more of it than {@value #LARGEST} bytes
     * @return the text, or nothing where none is left
     * @throws UnreadableCaptionException where it is no such text, or too long
     */
    public static Optional<String> read(String name, byte[] bytes) throws UnreadableCaptionException {
        if (bytes.length > LARGEST) {
            throw new UnreadableCaptionException(Reason.captionTooLong(name));
        }
        String text = decode(name, bytes).replaceAll("\\r\\n?", "\n").replaceAll("[\\p{Cc}&&[^\\n\\t]]", "").strip();
        if (text.codePointCount(0, text.length()) > LONGEST) {
            throw new UnreadableCaptionException(Reason.captionTooLong(name));
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static String decode(String name, byte[] bytes) throws UnreadableCaptionException {
        try {
            if (begins(bytes, 0xEF, 0xBB, 0xBF)) {
                return decode(bytes, 3, UTF_8);
            }
            if (begins(bytes, 0xFE, 0xFF)) {
                return decode(bytes, 2, UTF_16BE);
            }
            return begins(bytes, 0xFF, 0xFE) ? decode(bytes, 2, UTF_16LE) : decode(bytes, 0, UTF_8);
        } catch (CharacterCodingException e) {
            throw new UnreadableCaptionException(Reason.unreadableCaption(name));
        }
    }

    /** Strict: a decoder of one's own reports what {@code new String} silently replaces. */
    private static String decode(byte[] bytes, int mark, Charset charset) throws CharacterCodingException {
        return charset.newDecoder().decode(ByteBuffer.wrap(bytes, mark, bytes.length - mark)).toString();
    }

    private static boolean begins(byte[] bytes, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= bytes.length || Byte.toUnsignedInt(bytes[i]) != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
