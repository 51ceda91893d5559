package org.dropfolder.simulator;

import java.time.Duration;

/**
 * How long a simulated training takes.
 *
 * @param creating    from the request until the model's status is {@code TRAINING}; its run prepares its data meanwhile
 * @param training    from there until {@code COMPLETED}, or {@code ERRORED}
 * @param registering from there until {@code custom_model_uri} is there
 */
public record Pace(Duration creating, Duration training, Duration registering) {

    /** @throws IllegalArgumentException where a duration is negative */
    public Pace {
        if (creating.isNegative() || training.isNegative() || registering.isNegative()) {
            throw new IllegalArgumentException("A pace was asked for with a negative duration; use zero or more.");
        }
    }

    /** For tests: the whole way in one second. */
    public static Pace quick() {
        return new Pace(Duration.ofMillis(200), Duration.ofMillis(600), Duration.ofMillis(200));
    }

    /** For trying by hand: the whole way in twenty seconds, so that a person sees each step. */
    public static Pace lifelike() {
        return new Pace(Duration.ofSeconds(4), Duration.ofSeconds(13), Duration.ofSeconds(3));
    }
}
