package org.dropfolder.ledger;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What became of a batch's images: those that are not named here are in the dataset.
 *
 * @param refused why, by the image's id
 * @param again   ids of those that wait for another batch
 */
public record Fates(Map<Long, String> refused, Set<Long> again) {
    /** All of them are in the dataset. */
    public static final Fates ALL_THERE = new Fates(Map.of(), Set.of());

    public Fates {
        refused = Map.copyOf(refused);
        again = Set.copyOf(again);
    }

    String inWords(List<Asset> images) {
        return images.stream().filter(this::isThere).count() + " images uploaded, " + refused.size() + " refused, "
            + again.size() + " to be sent again";
    }

    /** A line for each image that is not there. */
    Optional<String> detail(List<Asset> images) {
        String lines = images.stream().filter(image -> !isThere(image))
            .map(image -> image.line() + " " + refused.getOrDefault(image.id(), "is to be sent again"))
            .collect(Collectors.joining("\n"));
        return Optional.of(lines).filter(told -> !told.isEmpty());
    }

    boolean isThere(Asset image) {
        return !refused.containsKey(image.id()) && !again.contains(image.id());
    }
}
