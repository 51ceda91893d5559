package org.dropfolder.status;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/**
 * A dataset as it is seen among others; what is not known is null.
 *
 * @param there    images at Ideogram, with those that it had before it was ours
 * @param needed   images that a training takes, at least
 * @param pending  images on their way there
 * @param rejected images that were set aside
 * @param images   the newest
 * @param model    where its newest model is, also while another is made
 * @param upload   how far its request is, where a large one is under way
 * @param preflight what its pictures say together, in one line
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Card(String name, Stage stage, int there, int needed, int pending, int rejected, Outlook outlook,
                   List<Image> images, String model, Upload upload, String preflight) {

    /**
     * The words of {@link Prospect}.
     *
     * @param at ISO 8601, in UTC
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Outlook(String why, String next, String at, boolean comesAgain, boolean ended) {

        static Outlook of(Prospect prospect) {
            return new Outlook(prospect.why(), prospect.next(), prospect.at().map(Object::toString).orElse(null),
                prospect.comesAgain(), prospect.ended());
        }
    }

    /**
     * An image that was dropped.
     *
     * @param name    that its owner gave it
     * @param version by which its picture can be kept: another content has another one
     * @param described what a machine wrote as its caption; null where a person wrote one, or nobody
     */
    public record Image(long id, String name, String version, boolean uploaded, String described) {

        Image(long id, String name, String version, boolean uploaded) {
            this(id, name, version, uploaded, null);
        }
    }
}
