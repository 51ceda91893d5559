package org.dropfolder.route;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What whoever may steer knows; and the pass that a browser is given for it, since it asks for pictures and events without a
 * token. The pass only lets look: other programs of the same machine are sent it by the browser, too, and learn no token from
 * it. Comparing takes as long for wrong ones as for right ones. Immutable.
 */
public final class Token {
    private static final String MAC = "HmacSHA256";
    private static final int TELLING = 8;

    private final byte[] token;
    private final String pass;
    private final String passName;

    /** @param token whoever sends it may steer */
    public Token(String token) {
        this.token = bytes(token);
        this.pass = derived("look");
        // a browser keeps one jar for all servers of a machine: each finds its own in it
        this.passName = "dropfolder-" + derived("name").substring(0, TELLING);
    }

    /** Whether this is the token. */
    boolean isIt(String given) {
        return MessageDigest.isEqual(token, bytes(given));
    }

    /** Whether this is the pass. */
    boolean letsLook(String given) {
        return MessageDigest.isEqual(bytes(pass), bytes(given));
    }

    /** The pass, for the one place that hands it out. */
    String pass() {
        return pass;
    }

    /** What the pass is called among cookies. */
    String passName() {
        return passName;
    }

    @Override
    public String toString() {
        return "***";
    }

    private String derived(String use) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(token, MAC));
            return HexFormat.of().formatHex(mac.doFinal(bytes(use)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + MAC + ".", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
