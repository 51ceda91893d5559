package org.dropfolder.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * A picture that is drawn with the model of a training.
 *
 * @param speed    how it is drawn, in Ideogram's word
 * @param price    US dollars; empty where nobody tells
 * @param wantedAt since when it is wanted
 * @param askedAt  when its request was intended; empty while it surely was not sent
 * @param nextTry  when it is asked for, or fetched, next
 * @param tries    of asking for it, or of fetching it
 * @param url      where it can be fetched, for a short time
 * @param target   where it belongs in the data
 * @param endedAt  when it was kept, or given up
 * @param trouble  why there is none, or none yet, in words
 */
public record Sample(long trainingId, long datasetId, SampleState state, String prompt, String speed, Optional<BigDecimal> price,
                     Instant wantedAt, Optional<Instant> askedAt, Optional<Instant> nextTry, int tries, Optional<String> url,
                     Optional<String> target, Optional<Instant> endedAt, Optional<String> trouble) {

    /** What may have been paid for it: nothing while it surely was not asked for. */
    public Optional<BigDecimal> spent() {
        return askedAt.isPresent() ? price : Optional.empty();
    }
}
