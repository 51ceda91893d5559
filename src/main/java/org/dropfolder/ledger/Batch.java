package org.dropfolder.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * Images that go to a dataset in one request.
 *
 * @param countBefore images that were in the dataset when the batch was claimed
 * @param bytes       of its images together
 * @param endedAt     when it was answered or released
 */
public record Batch(long id, long datasetId, BatchState state, int countBefore, int images, long bytes,
                    Instant claimedAt, Optional<Instant> sentAt, Optional<Instant> endedAt, Optional<String> trouble) { }
