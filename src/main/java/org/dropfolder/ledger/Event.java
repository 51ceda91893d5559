package org.dropfolder.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Something that happened to a dataset, in words.
 *
 * @param detail what was sent or came back, a line each; a line of an image is its SHA-256, its name and its size
 */
public record Event(Instant at, String what, Optional<String> detail) {

    static Optional<String> lines(List<Asset> images) {
        return Optional.of(images.stream().map(Asset::line).collect(Collectors.joining("\n")));
    }
}
