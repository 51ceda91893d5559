package org.dropfolder.corpus;

import static org.dropfolder.corpus.Bytes.ascii;
import static org.dropfolder.corpus.Bytes.big;
import static org.dropfolder.corpus.Bytes.from;
import static org.dropfolder.corpus.Bytes.hex;
import static org.dropfolder.corpus.Bytes.insert;
import static org.dropfolder.corpus.Bytes.join;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.zip.CRC32;

/** PNGs of Java's encoder, and what others put into theirs. */
final class Pngs {
    /** Where the first chunk behind the header begins. */
    static final int BEHIND_HEADER = 33;
    private static final int END = 12;

    private Pngs() { }

    static byte[] plain(int number) {
        return of(Paint.picture(number));
    }

    static byte[] of(BufferedImage image) {
        return Others.written(image, "png", "", false);
    }

    static byte[] interlaced(int number) {
        return Others.written(Paint.picture(number), "png", "", true);
    }

    static byte[] ofType(int number, int type) {
        return of(Paint.picture(number, Paint.WIDTH, Paint.HEIGHT, type));
    }

    static byte[] deepColour() {
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, Paint.WIDTH, Paint.HEIGHT, 3, null);
        for (int y = 0; y < Paint.HEIGHT; y++) {
            for (int x = 0; x < Paint.WIDTH; x++) {
                raster.setPixel(x, y, new int[] {x * 1000, y * 2000, 65_535 - x * 500});
            }
        }
        ComponentColorModel model = new ComponentColorModel(ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false,
            ComponentColorModel.OPAQUE, DataBuffer.TYPE_USHORT);
        return of(new BufferedImage(model, raster, false, null));
    }

    /** With a chunk behind the header. */
    static byte[] with(int number, byte[] chunk) {
        return insert(plain(number), BEHIND_HEADER, chunk);
    }

    /** Two frames; readers that don't know of that see the first. */
    static byte[] animated(int number) {
        byte[] whole = plain(number);
        byte[] second = plain(number + 1);
        byte[] data = idat(second);
        byte[] control = join(big(Paint.WIDTH, 4), big(Paint.HEIGHT, 4), big(0, 4), big(0, 4), hex("0001 000a 0000"));
        byte[] begin = join(chunk("acTL", join(big(2, 4), big(0, 4))), chunk("fcTL", join(big(0, 4), control)));
        byte[] frame = join(chunk("fcTL", join(big(1, 4), control)), chunk("fdAT", join(big(2, 4), data)));
        byte[] withFrame = insert(whole, whole.length - END, frame);
        return insert(withFrame, BEHIND_HEADER, begin);
    }

    static byte[] chunk(String type, byte[] content) {
        byte[] named = join(ascii(type), content);
        CRC32 crc = new CRC32();
        crc.update(named);
        return join(big(content.length, 4), named, big((int) crc.getValue(), 4));
    }

    static byte[] withoutEnd(byte[] png) {
        return Bytes.withoutLast(png, END);
    }

    private static byte[] idat(byte[] png) {
        int at = Bytes.find(png, "IDAT", 0);
        int length = java.nio.ByteBuffer.wrap(png, at - 4, 4).getInt();
        return Bytes.first(from(png, at + 4), length);
    }
}
