package org.dropfolder.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What the first directory of an Exif says of the camera.
 *
 * @param orientation how it was held, 1 to 8
 * @param camera      whether its maker or model is named
 */
record Exif(int orientation, boolean camera) {
    /** Where there is none, or it says nothing. */
    static final Exif NONE = new Exif(1, false);

    private static final int MAKE = 271;
    private static final int MODEL = 272;
    private static final int ORIENTATION = 274;
    private static final int ENTRY = 12;
    private static final int HEADER = 8;

    /** Of these bytes, which may be anything. */
    static Exif of(byte[] tiff) {
        if (tiff.length < HEADER || tiff[0] != tiff[1] || tiff[0] != 'I' && tiff[0] != 'M') {
            return NONE;
        }
        ByteBuffer bytes = ByteBuffer.wrap(tiff).order(tiff[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = bytes.getInt(4);
        if (directory < HEADER || directory > tiff.length - 2) {
            return NONE;
        }
        int orientation = 1;
        boolean camera = false;
        int entries = Short.toUnsignedInt(bytes.getShort(directory));
        for (int i = 0, at = directory + 2; i < entries && at + ENTRY <= tiff.length; i++, at += ENTRY) {
            int tag = Short.toUnsignedInt(bytes.getShort(at));
            int value = Short.toUnsignedInt(bytes.getShort(at + HEADER));
            camera |= tag == MAKE || tag == MODEL;
            orientation = tag == ORIENTATION && value > 1 && value <= 8 ? value : orientation;
        }
        return new Exif(orientation, camera);
    }
}
