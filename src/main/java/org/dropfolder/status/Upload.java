package org.dropfolder.status;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Optional;

/**
 * A large request that is under way.
 *
 * @param dataset     the name of the dataset whose images it brings
 * @param bytes       that were sent
 * @param of          bytes in all; once they are sent, its answer is waited for
 * @param rate        bytes in a second, over the last seconds
 * @param secondsLeft until all is sent; null where that is not known well enough
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Upload(String dataset, long bytes, long of, long rate, Long secondsLeft) {

    static Optional<Upload> of(String dataset, List<Upload> all) {
        return all.stream().filter(upload -> upload.dataset().equals(dataset)).findFirst();
    }
}
