package org.dropfolder.corpus;

import static org.dropfolder.corpus.Bytes.ascii;
import static org.dropfolder.corpus.Bytes.from;
import static org.dropfolder.corpus.Bytes.hex;
import static org.dropfolder.corpus.Bytes.join;
import static org.dropfolder.corpus.Bytes.little;
import static org.dropfolder.corpus.Bytes.zeros;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.Random;

/** WebPs: the demo's, of a real encoder; its picture in other containers; and lossless ones, which need hardly an encoder. */
final class WebPs {
    private static final int RIFF = 12;
    private static final int ALPHA = 0x10;
    private static final int EXIF = 0x08;
    private static final int ANIMATION = 0x02;

    private WebPs() { }

    static byte[] lossy(String name) {
        try (InputStream bytes = WebPs.class.getResourceAsStream("/demo/" + name + ".webp")) {
            return bytes.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] lossy() {
        return lossy("dusk-pines");
    }

    static byte[] withAlpha() {
        byte[] picture = picture();
        // half to be seen through everywhere: each code has one value, so that no pixel takes a bit
        Bits plane = new Bits().add(0, 3);
        for (int value : new int[] {128, 0, 0, 255}) {
            plane.add(1, 1).add(0, 1).add(1, 1).add(value, 8);
        }
        plane.add(1, 1).add(0, 1).add(0, 1).add(0, 1);
        return riff(join(header(ALPHA), chunk("ALPH", join(hex("01"), plane.bytes())), picture));
    }

    static byte[] withExif() {
        return riff(join(header(EXIF), picture(), chunk("EXIF", join(ascii("II*\0"), little(8, 4), zeros(6)))));
    }

    static byte[] animated() {
        byte[] place = join(zeros(6), little(width() - 1, 3), little(height() - 1, 3), little(100, 3), hex("00"));
        byte[] frame = chunk("ANMF", join(place, picture()));
        return riff(join(header(ANIMATION), chunk("ANIM", join(hex("ffffffff"), little(0, 2))), frame, frame));
    }

    /** Each of three colours is there or not; by chance, from that number on. */
    static byte[] lossless(int width, int height, int number) {
        Bits bits = new Bits();
        bits.add(width - 1, 14).add(height - 1, 14).add(0, 4).add(0, 3);
        for (int colour = 0; colour < 3; colour++) {
            bits.add(1, 1).add(1, 1).add(1, 1).add(0, 8).add(255, 8); // of two values, one bit a pixel
        }
        bits.add(1, 1).add(0, 1).add(1, 1).add(255, 8); // opaque
        bits.add(1, 1).add(0, 1).add(0, 1).add(0, 1); // no distances
        Random random = new Random(number);
        for (int i = 0; i < width * height; i++) {
            bits.add(random.nextInt(8), 3);
        }
        return riff(chunk("VP8L", join(hex("2f"), bits.bytes())));
    }

    static byte[] riff(byte[] chunks) {
        return join(ascii("RIFF"), little(chunks.length + 4, 4), ascii("WEBP"), chunks);
    }

    static byte[] chunk(String type, byte[] content) {
        return join(ascii(type), little(content.length, 4), content, zeros(content.length % 2));
    }

    static int width() {
        return size(0);
    }

    static int height() {
        return size(2);
    }

    private static byte[] picture() {
        byte[] whole = lossy();
        return from(whole, Bytes.find(whole, "VP8 ", RIFF));
    }

    private static int size(int offset) {
        byte[] whole = lossy();
        int at = Bytes.find(whole, "VP8 ", RIFF) + 8 + 6 + offset;
        return (whole[at] & 0xff) + ((whole[at + 1] & 0x3f) << 8);
    }

    private static byte[] header(int flags) {
        return chunk("VP8X", join(little(flags, 4), little(width() - 1, 3), little(height() - 1, 3)));
    }

    /** Bits, the lowest of each number first. */
    private static final class Bits {
        private final BitSet set = new BitSet();
        private int length;

        Bits add(int value, int count) {
            for (int i = 0; i < count; i++) {
                set.set(length++, (value >> i & 1) == 1);
            }
            return this;
        }

        byte[] bytes() {
            return java.util.Arrays.copyOf(set.toByteArray(), (length + 7) / 8);
        }
    }
}
