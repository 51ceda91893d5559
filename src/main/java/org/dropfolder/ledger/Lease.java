package org.dropfolder.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * What a claim is made with: who claims, and how long a claim lives without being renewed.
 *
 * @param owner  this process, and no other that ever was
 * @param length longer than the longest silence of work that is still alive
 */
public record Lease(String owner, Duration length, Clock clock) {

    /** A lease of a new owner. */
    public static Lease ofThisProcess(Duration length, Clock clock) {
        return new Lease(UUID.randomUUID().toString(), length, clock);
    }

    Instant now() {
        return clock.instant();
    }

    Instant expiry() {
        return now().plus(length);
    }
}
