package org.dropfolder.ideogram;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A name that the API takes for a model: 5 to 30 letters, digits, spaces and hyphens. [ref] Datasets are named by
 * the same rule, so that one name serves both.
 */
public final class ModelName {

    private static final Pattern TAKEN_AS_IT_IS = Pattern.compile("[A-Za-z0-9 -]{5,30}");
    private static final Pattern ANY_OTHER_CHARACTER = Pattern.compile("[^A-Za-z0-9 -]");
    private static final int LONGEST = 30;
    private static final int HASH_BYTES = 2;
    private static final int ENDING = 1 + 2 * HASH_BYTES;

    private ModelName() {
    }

    /**
     * The wanted name itself where the API takes it. Otherwise every other character (a code point) becomes a
     * hyphen, what is too long is cut, and a hyphen and four hexadecimal digits of the wanted name's SHA-256 end it:
     * they keep names apart that the rule would make one, and fill up even an empty name to five characters.
     * The same wanted name always comes to the same name.
     */
    public static String of(String wanted) {
        if (TAKEN_AS_IT_IS.matcher(wanted).matches()) {
            return wanted;
        }
        String hyphened = ANY_OTHER_CHARACTER.matcher(wanted).replaceAll("-");
        String cut = hyphened.substring(0, Math.min(hyphened.length(), LONGEST - ENDING));
        return cut + "-" + HexFormat.of().formatHex(sha256(wanted), 0, HASH_BYTES);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
