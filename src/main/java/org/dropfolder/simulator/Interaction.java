package org.dropfolder.simulator;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request and its answer, as they go over the wire.
 *
 * @param uri     path and query
 * @param headers of the request; the JDK's server writes their names with one capital letter: {@code Api-key}
 * @param body    of the request, as far as it was read; not to be changed
 * @param answer  empty where the connection is closed without one
 */
public record Interaction(String method, URI uri, Map<String, List<String>> headers, byte[] body, Optional<Answer> answer) {

    /**
     * What the client is about to get.
     *
     * @param body    whole, however much of it a fault lets through; not to be changed
     * @param byFault whether a fault made it, or changed it
     */
    public record Answer(int status, Map<String, String> headers, byte[] body, boolean byFault) { }

    /** The first header of this name, in whatever case. */
    public Optional<String> header(String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .flatMap(header -> header.getValue().stream())
                .findFirst();
    }
}
