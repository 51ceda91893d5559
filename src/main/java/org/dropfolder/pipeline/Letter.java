package org.dropfolder.pipeline;

import java.net.URI;

/**
 * One try of a notice, as it is posted: the three headers of Standard Webhooks, and the body.
 *
 * @param timestamp seconds since 1970, of this try
 * @param content   JSON, of which each byte is signed
 */
public record Letter(URI address, String id, String timestamp, String signature, byte[] content) {

    /** Shows neither where it goes nor what it says. */
    @Override
    public String toString() {
        return "Letter " + id;
    }
}
