package org.dropfolder.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the simulated account held and had seen at one moment, for tests to compare with. Immutable.
 *
 * @param datasets    in the order of their creation
 * @param models      in the order of their creation; each is one training that would have been paid for
 * @param descriptions of images, in the order in which they were asked for
 * @param pictures    that were generated, in that order; each would have been paid for
 * @param requests    the last 10,000 that were answered or given up, in the order in which that happened
 * @param maxInFlight the most requests that were ever under way at once, those refused with 429 among them
 */
public record Account(List<Dataset> datasets, List<Model> models, List<Description> descriptions, List<Picture> pictures,
        List<Request> requests, int maxInFlight) {

    /** @param files its images in the order in which they came, a second one of the same name being a second file */
    public record Dataset(String id, String name, Instant createdAt, List<File> files) { }

    /**
     * An image as it was received.
     *
     * @param size    in bytes
     * @param sha256  of its content, 64 lower-case hexadecimal digits
     * @param caption the text of the {@code .txt} file of its stem that came in the same request
     */
    public record File(String id, String name, long size, String sha256, Optional<String> caption) { }

    /** @param images how many the dataset held when the training was started */
    public record Model(String id, String datasetId, String name, int version, int images, Instant createdAt) { }

    /** What was said of an image, whose content this is the SHA-256 of. */
    public record Description(String sha256, String text, Instant createdAt) { }

    /**
     * A picture that was generated.
     *
     * @param modelUri of the model that it was made with; empty for Ideogram's own
     * @param speed    how it was rendered, in the contract's word
     * @param safe     whether it may be shown; one that is not has no address
     */
    public record Picture(String id, String prompt, Optional<String> modelUri, String speed, long seed, boolean safe,
            Instant createdAt) { }

    /**
     * A request that has ended.
     *
     * @param operation empty where the path or its method is unknown
     * @param status    what was answered, in whole or in half; empty where the connection was closed without an answer
     */
    public record Request(Optional<Operation> operation, OptionalInt status) { }

    /** The datasets of a name: the API does not keep a name from being used twice. */
    public List<Dataset> datasetsNamed(String name) {
        return datasets.stream().filter(dataset -> dataset.name().equals(name)).toList();
    }

    /** The requests for one operation. */
    public List<Request> requests(Operation operation) {
        return requests.stream().filter(request -> request.operation().equals(Optional.of(operation))).toList();
    }

    /** How many trainings were started: what would have been paid for. */
    public int trainingsStarted() {
        return models.size();
    }
}
