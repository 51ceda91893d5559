package org.dropfolder.corpus;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Joins, cuts and spoils bytes. Nothing that is given is changed. */
final class Bytes {
    private Bytes() { }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    static byte[] first(byte[] bytes, int length) {
        return Arrays.copyOf(bytes, length);
    }

    /** The first so many per cent. */
    static byte[] cut(byte[] bytes, int percent) {
        return first(bytes, (int) ((long) bytes.length * percent / 100));
    }

    static byte[] withoutLast(byte[] bytes, int count) {
        return first(bytes, bytes.length - count);
    }

    static byte[] from(byte[] bytes, int start) {
        return Arrays.copyOfRange(bytes, start, bytes.length);
    }

    static byte[] insert(byte[] bytes, int at, byte[] what) {
        return join(first(bytes, at), what, from(bytes, at));
    }

    static byte[] put(byte[] bytes, int at, byte... what) {
        byte[] changed = bytes.clone();
        System.arraycopy(what, 0, changed, at, what.length);
        return changed;
    }

    static byte[] flip(byte[] bytes, int at) {
        return put(bytes, at, (byte) (bytes[at] ^ 0x55));
    }

    /** Zeros from there to the end, as a file has whose space was set aside before it was copied. */
    static byte[] zerosFrom(byte[] bytes, int percent) {
        return Arrays.copyOf(cut(bytes, percent), bytes.length);
    }

    static byte[] zeros(int count) {
        return new byte[count];
    }

    static byte[] little(int value, int size) {
        return Arrays.copyOf(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value & 0xffffffffL).array(), size);
    }

    static byte[] big(int value, int size) {
        byte[] all = ByteBuffer.allocate(4).putInt(value).array();
        return Arrays.copyOfRange(all, 4 - size, 4);
    }

    static int find(byte[] bytes, String ascii, int from) {
        int found = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(ascii, from);
        if (found < 0) {
            throw new IllegalArgumentException("there is no " + ascii);
        }
        return found;
    }
}
