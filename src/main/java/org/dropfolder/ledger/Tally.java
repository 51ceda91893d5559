package org.dropfolder.ledger;

import java.util.Map;

/**
 * How many images of a dataset are in which state. What was received is their sum.
 *
 * @param images by state; a state without images is missing
 */
public record Tally(Map<AssetState, Integer> images) {
    public static final Tally NONE = new Tally(Map.of());

    public int of(AssetState... states) {
        int sum = 0;
        for (AssetState state : states) {
            sum += images.getOrDefault(state, 0);
        }
        return sum;
    }

    /** Not yet in the dataset, and not set aside. */
    public int pending() {
        return of(AssetState.ARRIVING, AssetState.ACCEPTED, AssetState.BATCHED);
    }
}
