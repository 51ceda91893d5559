package org.dropfolder.ledger;

import java.util.Optional;

/**
 * A file in a dataset's folder that sets something for its trainings, as it was read last.
 *
 * @param source   where it lies, below the inbox
 * @param settings what it sets, as whoever read it writes that; empty where it can't be used
 * @param trouble  why not, and what to do
 */
public record FolderFile(String source, long datasetId, Optional<String> settings, Optional<String> trouble) {
    /** One that can be used. */
    public static FolderFile of(String source, long datasetId, String settings) {
        return new FolderFile(source, datasetId, Optional.of(settings), Optional.empty());
    }

    /** One that can't. */
    public static FolderFile faulty(String source, long datasetId, String trouble) {
        return new FolderFile(source, datasetId, Optional.empty(), Optional.of(trouble));
    }
}
