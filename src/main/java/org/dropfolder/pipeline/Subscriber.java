package org.dropfolder.pipeline;

import java.net.URI;

/**
 * Who gets each notice as a POST. Its address may hold secrets: only its host is printed.
 *
 * @param address http or https
 */
public record Subscriber(URI address, Seal seal) {

    @Override
    public String toString() {
        return address.getHost();
    }
}
