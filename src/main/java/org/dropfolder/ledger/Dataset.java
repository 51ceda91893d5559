package org.dropfolder.ledger;

import java.text.Normalizer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A folder of the inbox and the dataset at Ideogram that it fills. {@code Cats} and {@code cats} are one, and so are two
 * spellings of {@code é}: folders of one key are one dataset's.
 *
 * @param name       the folder's name as it was first seen; empty for what lies directly in the inbox
 * @param folderKey  what all its folders' names have in common
 * @param remoteName its name at Ideogram
 * @param remoteId   its id at Ideogram, once it is {@link DatasetState#READY}
 * @param overflowOf the dataset of which it takes what finds no room there; its folder need not be in the inbox
 * @param adopted    it was there before we intended it, so it is trained only after approval
 * @param foundImages that an adopted one had; empty until they were counted
 * @param foundModels ids of models that were found and are not followed, a line each
 * @param failures   failed steps in a row
 * @param retryAt    nothing is tried before this moment
 * @param trouble    why it waits, in words
 */
public record Dataset(long id, String name, String folderKey, String remoteName, Optional<String> remoteId, DatasetState state,
                      Optional<Long> overflowOf, boolean adopted, Optional<Integer> foundImages, Optional<String> foundModels,
                      Instant lastArrival, int failures, Optional<Instant> retryAt,
                      Optional<String> trouble) {

    /** The key of a folder's name: in NFC, and in small letters wherever the server runs. */
    public static String keyOf(String folder) {
        String composed = Normalizer.normalize(folder, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        // small letters may be spelled in two ways again
        return Normalizer.normalize(composed, Normalizer.Form.NFC);
    }

    /** Whether a folder of this name is the dataset's. */
    public boolean isFolder(String folder) {
        return folderKey.equals(keyOf(folder));
    }

    /** Whether nobody asked for a training of it by making its folder: it is trained only after approval. */
    public boolean trainsOnlyAfterApproval() {
        return adopted || overflowOf.isPresent();
    }

    /** The ids in {@link #foundModels}. */
    public List<String> modelsFound() {
        return foundModels.map(lines -> lines.lines().toList()).orElse(List.of());
    }

    /**
     * The id at Ideogram, for a step that comes after the dataset was found or created.
     *
     * @throws IllegalStateException if it is not known yet
     */
    public String knownId() {
        return remoteId.orElseThrow(() -> new IllegalStateException(
            "Could not name the dataset " + name + " to Ideogram: it is " + state + " and has no id yet."));
    }
}
