package org.dropfolder.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was found out about a dropped file before it is written down.
 *
 * @param source    where it lies, below the inbox
 * @param stem      what pairs an image with its caption
 * @param version   what tells this content from another of its size and time; empty where nothing does
 * @param sentNames for an image: the names that it may have in the dataset; the first that is free there is taken
 * @param caption   for a caption: its text
 * @param reason    present if it is to be set aside
 * @param look      for an image: what was measured of it, to be kept; nothing where nothing was
 */
public record Arrival(Dataset dataset, AssetKind kind, String source, String stem, long size, Instant modified,
                      String version, String sha256, long crc32, List<String> sentNames, Optional<String> caption,
                      Optional<String> reason, Optional<String> look) {

    /** One of which nothing was measured. */
    public Arrival(Dataset dataset, AssetKind kind, String source, String stem, long size, Instant modified, String version, String sha256,
                   long crc32, List<String> sentNames, Optional<String> caption, Optional<String> reason) {
        this(dataset, kind, source, stem, size, modified, version, sha256, crc32, sentNames, caption, reason, Optional.empty());
    }

    /** The last part of where it lies: the name that its owner gave it. */
    String name() {
        return source.substring(source.lastIndexOf('/') + 1);
    }

    /** The same, with what was measured of it. */
    public Arrival withLook(Optional<String> measured) {
        return new Arrival(dataset, kind, source, stem, size, modified, version, sha256, crc32, sentNames, caption, reason, measured);
    }

    /** The same, set aside for this reason. */
    public Arrival withReason(String why) {
        return new Arrival(dataset, kind, source, stem, size, modified, version, sha256, crc32, sentNames, caption, Optional.of(why), look);
    }
}
