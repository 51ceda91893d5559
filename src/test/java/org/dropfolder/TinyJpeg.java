package org.dropfolder;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** The smallest images that every program opens, for tests that need many different ones. */
public final class TinyJpeg {
    private static final int SEGMENT = 60_000;

    private TinyJpeg() { }

    /** A grey square of 8 x 8 pixels with this text as its comments, so that each text has its own content. */
    public static byte[] of(String text) {
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        append(jpeg, "ffd8");
        byte[] comment = text.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < comment.length; from += SEGMENT) {
            byte[] part = Arrays.copyOfRange(comment, from, Math.min(comment.length, from + SEGMENT));
            append(jpeg, String.format("fffe%04x", part.length + 2));
            jpeg.writeBytes(part);
        }
        append(jpeg, "ffdb004300" + "10".repeat(64));                 // one quantization table
        append(jpeg, "ffc0000b080008000801011100");                   // 8 x 8, one component
        append(jpeg, "ffc400140001" + "00".repeat(15) + "00");        // one code each: no difference
        append(jpeg, "ffc400141001" + "00".repeat(15) + "00");        // end of block
        append(jpeg, "ffda0008010100003f00" + "3f" + "ffd9");
        return jpeg.toByteArray();
    }

    private static void append(ByteArrayOutputStream out, String hex) {
        out.writeBytes(HexFormat.of().parseHex(hex));
    }
}
