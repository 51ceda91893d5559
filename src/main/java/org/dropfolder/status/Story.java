package org.dropfolder.status;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.dropfolder.ledger.AssetState;
import org.dropfolder.ledger.BatchState;
import org.dropfolder.ledger.TrainingState;

/**
 * What has become of everything that came after a moment, oldest first. A later story holds all that an earlier one of
 * the same moment held, further on; who tells what happens compares the two. Immutable.
 */
public record Story(List<OfImage> images, List<OfBatch> batches, List<OfTraining> trainings) {

    /**
     * A dropped image. Ids stay what they are from one story to the next.
     *
     * @param name      that its owner gave it
     * @param size      bytes
     * @param captioned whether a caption went with it, known once a batch took it
     * @param copyOf    the name of the image whose copy it is, where that came after the moment, too
     * @param reason    why it was set aside, in the words of its reason file
     */
    public record OfImage(long id, String dataset, String name, AssetState state, long size, boolean captioned,
                          Optional<String> copyOf, Optional<String> reason) { }

    /**
     * Images that go in one request.
     *
     * @param bytes   of its images together
     * @param taken   from the request to its answer; empty until it was answered
     * @param trouble why it is in doubt, or was released
     */
    public record OfBatch(long id, String dataset, BatchState state, int images, long bytes, Optional<Duration> taken,
                          Optional<String> trouble) { }

    /**
     * A training.
     *
     * @param status  Ideogram's last word
     * @param price   US dollars; empty for a model that was found and not paid for by us
     * @param uri     where the model is, once it is registered
     * @param told    whether its end was told: the model's file is written
     * @param trouble what it waits for, or why it is in doubt
     */
    public record OfTraining(long id, String dataset, TrainingState state, int images, Optional<String> status,
                             Optional<BigDecimal> price, Optional<String> uri, Optional<Instant> started,
                             boolean told, Optional<String> trouble) { }

    /** How many images are in one of these states. */
    public int count(AssetState... states) {
        List<AssetState> wanted = List.of(states);
        return (int) images.stream().filter(image -> wanted.contains(image.state())).count();
    }
}
