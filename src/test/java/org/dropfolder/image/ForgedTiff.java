package org.dropfolder.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Writes TIFFs field by field, big-endian: one strip of pixels behind one directory (TIFF 6.0, section 2). */
final class ForgedTiff {
    static final int SHORT = 3;
    static final int LONG = 4;
    static final int UNDEFINED = 7;

    private record Field(int tag, int type, long count, byte[] value) {}

    private final List<Field> fields = new ArrayList<>();

    /** Of 8 bits a sample; the pixels follow what {@link #head} answers. */
    static ForgedTiff of(int width, int height, int samples, int photometric) {
        ForgedTiff tiff = new ForgedTiff().add(256, LONG, width).add(257, LONG, height);
        byte[] bits = new byte[2 * samples];
        for (int i = 1; i < bits.length; i += 2) {
            bits[i] = 8;
        }
        tiff.fields.add(new Field(258, SHORT, samples, bits));
        tiff.add(259, SHORT, 1).add(262, SHORT, photometric).add(277, SHORT, samples).add(278, LONG, height);
        return tiff.add(279, LONG, (long) width * height * samples).add(284, SHORT, 1);
    }

    ForgedTiff add(int tag, int type, long value) {
        ByteBuffer bytes = type == SHORT ? ByteBuffer.allocate(2).putShort((short) value) : ByteBuffer.allocate(4).putInt((int) value);
        fields.add(new Field(tag, type, 1, bytes.array()));
        return this;
    }

    ForgedTiff add(int tag, byte[] value) {
        fields.add(new Field(tag, UNDEFINED, value.length, value));
        return this;
    }

    /** A field that says it has so many values, which stand anywhere. */
    ForgedTiff claim(int tag, int type, long count) {
        fields.add(new Field(tag, type, count, new byte[4]));
        return this;
    }

    /** All that stands before the pixels. */
    byte[] head() {
        List<Field> sorted = new ArrayList<>(fields);
        int values = 8 + 2 + 12 * (fields.size() + 1) + 4;
        int size = values + fields.stream().mapToInt(field -> field.value.length > 4 ? field.value.length : 0).sum();
        sorted.add(new Field(273, LONG, 1, ByteBuffer.allocate(4).putInt(size).array()));
        sorted.sort(Comparator.comparing(Field::tag));
        ByteBuffer head = ByteBuffer.allocate(values).put(new byte[] {'M', 'M', 0, 42}).putInt(8).putShort((short) sorted.size());
        ByteArrayOutputStream behind = new ByteArrayOutputStream();
        for (Field field : sorted) {
            head.putShort((short) field.tag).putShort((short) field.type).putInt((int) field.count);
            if (field.value.length > 4) {
                head.putInt(values + behind.size());
                behind.writeBytes(field.value);
            } else {
                head.put(Arrays.copyOf(field.value, 4));
            }
        }
        return ForgedZip.join(head.array(), behind.toByteArray());
    }
}
