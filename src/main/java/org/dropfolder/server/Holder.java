package org.dropfolder.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;

/**
 * Who holds a data folder, as its lock file tells.
 *
 * @param started ISO 8601, in UTC
 * @param url     where it answers; empty for a command, which answers nowhere
 * @param token   whoever knows it may steer; it stands in a file that only its owner can read
 */
record Holder(long pid, String host, String started, String url, String token) {
    private static final int TOKEN_BYTES = 24;

    /** This process, with a token that nobody had before. */
    static Holder thisProcess(String url, Clock clock) {
        return thisProcess(url, newToken(), clock);
    }

    /** This process. */
    static Holder thisProcess(String url, String token, Clock clock) {
        return new Holder(ProcessHandle.current().pid(), thisHost(), clock.instant().toString(), url, token);
    }

    /** A token that can't be guessed, of letters, digits, - and _. */
    static String newToken() {
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** Whether it runs on this machine, so that its address means here what it means there. */
    boolean runsHere() {
        return host.equals(thisHost());
    }

    /** {@code process 4711 on studio (http://127.0.0.1:8080), since 2026-11-20T13:00:00Z}; without the token. */
    @Override
    public String toString() {
        return "process " + pid + " on " + host + (url.isEmpty() ? "" : " (" + url + ")") + ", since " + started;
    }

    private static String thisHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "a machine without a name";
        }
    }
}
