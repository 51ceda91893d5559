package org.dropfolder.image;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Sizes as people write them: {@code 31.2 MB}. As in the settings, a MB is 1024 x 1024 bytes. */
public final class Sizes {
    private static final long KB = 1024;
    private static final long MB = KB * 1024;
    private static final long GB = MB * 1024;

    private Sizes() { }

    /** With one digit behind the point, or none. */
    public static String human(long bytes) {
        return human(bytes, RoundingMode.HALF_UP);
    }

    static String human(long bytes, RoundingMode rounding) {
        if (bytes < KB) {
            return bytes + " bytes";
        }
        long unit = bytes < MB ? KB : bytes < GB ? MB : GB;
        String name = unit == KB ? " KB" : unit == MB ? " MB" : " GB";
        BigDecimal number = BigDecimal.valueOf(bytes).divide(BigDecimal.valueOf(unit), 1, rounding);
        return number.stripTrailingZeros().toPlainString() + name;
    }
}
