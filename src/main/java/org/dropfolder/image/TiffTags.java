package org.dropfolder.image;

/** What a TIFF's first directory says of where it comes from, if that lies near its beginning. */
final class TiffTags {
    private static final int ENTRY = 12;
    private static final int PHOTOMETRIC = 262;
    private static final int MAKE = 271;
    private static final int SUB_DIRECTORIES = 330;
    private static final int DNG_VERSION = 50_706;
    private static final int COLOUR_FILTER = 32_803;
    private static final int LINEAR_RAW = 34_892;

    private TiffTags() {}

    /** Whether it is a camera's raw picture: those of many makers are TIFF, too, with several pictures in it. */
    static boolean ofCamera(byte[] head, int length) {
        if (length < 8) {
            return false;
        }
        boolean little = head[0] == 'I';
        long directory = number(head, 4, little);
        if (directory < 8 || directory + 2 > length) {
            return false;
        }
        boolean make = false;
        boolean several = false;
        int entries = half(head, (int) directory, little);
        for (int i = 0, at = (int) directory + 2; i < entries && at + ENTRY <= length; i++, at += ENTRY) {
            int tag = half(head, at, little);
            int value = half(head, at + 8, little);
            if (tag == DNG_VERSION || tag == PHOTOMETRIC && (value == COLOUR_FILTER || value == LINEAR_RAW)) {
                return true;
            }
            make |= tag == MAKE;
            several |= tag == SUB_DIRECTORIES;
        }
        return make && several;
    }

    private static int half(byte[] bytes, int at, boolean little) {
        int first = Byte.toUnsignedInt(bytes[at]);
        int second = Byte.toUnsignedInt(bytes[at + 1]);
        return little ? first | second << 8 : first << 8 | second;
    }

    private static long number(byte[] bytes, int at, boolean little) {
        long first = half(bytes, at, little);
        long second = half(bytes, at + 2, little);
        return little ? first | second << 16 : first << 16 | second;
    }
}
