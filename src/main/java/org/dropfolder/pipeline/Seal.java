package org.dropfolder.pipeline;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs what is posted, as Standard Webhooks says: version v1, HMAC-SHA256. Prints no secret. Immutable. */
public final class Seal {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String PREFIX = "whsec_";

    private final SecretKeySpec key;

    private Seal(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /**
     * The seal of this secret.
     *
     * @param secret {@code whsec_} and a key in base64
     * @throws IllegalArgumentException if it is no base64, or empty
     */
    public static Seal of(String secret) {
        return new Seal(Base64.getDecoder().decode(secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret));
    }

    /**
     * The signature of a message that is sent now, as it stands in the header {@code webhook-signature}.
     *
     * @param at of which the seconds count
     */
    String sign(String messageId, Instant at, byte[] content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((messageId + "." + at.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(content));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Could not sign a notice: this Java lacks " + ALGORITHM + ". Use another.", e);
        }
    }
}
