package org.dropfolder.simulator;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes ids that look like the API's: 16 random bytes in url-safe Base64, 22 characters. Thread safe. */
final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() { }

    /** As pictures are generated from. */
    static long seed() {
        return RANDOM.nextInt(Integer.MAX_VALUE);
    }

    static String next() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
