package org.dropfolder.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * A dropped image or caption, or a container of such.
 *
 * @param becomes    what it will be once it has arrived
 * @param source     where it was dropped, below the inbox, with {@code /}
 * @param target     where it belongs, below the data folder, with {@code /}
 * @param movingFrom where it may still be below the data folder, until its move is recorded as done
 * @param stem       what pairs an image with its caption
 * @param size       bytes
 * @param version    what told it, where it was dropped, from another of its size and time; empty where nothing did
 * @param sha256     hexadecimal
 * @param sentName   an image's name in the dataset; a duplicate's, should it ever take its first copy's place
 * @param caption    a caption's text; an image's, once a batch took it
 * @param firstId    a duplicate's first copy
 * @param tries      how often it was sent in vain; a container: how often it was taken up since it last gave a part
 */
public record Asset(long id, long datasetId, AssetKind kind, AssetState state, AssetState becomes, String source,
                    String target, Optional<String> movingFrom, String stem, long size, Instant modified,
                    String version, String sha256, long crc32, Optional<String> sentName, Optional<String> caption,
                    Optional<Long> firstId, Optional<Long> batchId, int tries, Optional<String> reason, Instant arrivedAt) {

    /** The last part of where it was dropped: the name that its owner gave it. */
    public String name() {
        return source.substring(source.lastIndexOf('/') + 1);
    }

    /** The same once its row says that it is this now, without a reason, and is to be moved to there. */
    Asset moving(AssetState now, String to) {
        return new Asset(id, datasetId, kind, now, becomes, source, to, Optional.of(target), stem, size, modified, version, sha256, crc32,
            sentName, caption, firstId, batchId, tries, Optional.empty(), arrivedAt);
    }

    /** How the history names it: its SHA-256, its name in the dataset, and its size. */
    String line() {
        return sha256 + " " + sentName.orElse(name()) + " " + size;
    }
}
