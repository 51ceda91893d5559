package org.dropfolder.status;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.math.BigDecimal;
import java.util.List;

/**
 * A dataset by itself; what is not known is null.
 *
 * @param dataset      with all its images that are there or on the way, a hundred at most
 * @param remoteName   its name at Ideogram
 * @param folder       what people set in its folder; null where nothing is
 * @param setAside     the newest files that were set aside, and archives of which a part was
 * @param setAsideInAll how many there are
 * @param copies       the newest files that were there already
 * @param copiesInAll  how many there are
 * @param samples      what its models drew, the newest first
 * @param orders       what a person may order now
 * @param preflight    what its pictures say together
 */
@JsonNaming(SnakeCaseStrategy.class)
public record DatasetPage(boolean simulated, Card dataset, String remoteName, Status.OfFolder folder, List<SetAside> setAside, int setAsideInAll,
                          List<Copy> copies, int copiesInAll, List<OfTraining> trainings, List<OfSample> samples, Orders orders,
                          PreflightReport preflight) {

    /**
     * A file that was set aside.
     *
     * @param file   where it was dropped, below its dataset's folder
     * @param reason the words of the note beside it
     * @param image  of which a picture may be had; null for what was not taken for an image
     */
    public record SetAside(String file, String reason, Card.Image image) { }

    /**
     * A file whose picture was there.
     *
     * @param same the file that came first
     */
    public record Copy(String file, String same) { }

    /**
     * A training.
     *
     * @param state   one of {@link org.dropfolder.ledger.TrainingState}
     * @param status  Ideogram's last word
     * @param hyperparameters with which it is asked for, in words; null where that is left to Ideogram
     * @param price   US dollars; null for a model that was found and not paid for by us
     * @param paid    whether it was spent, or may have been
     * @param started ISO 8601, in UTC; as {@code ended}
     * @param trouble what it waits for, or why it is in doubt, in words
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record OfTraining(int run, String state, String modelName, String modelId, String uri, String status, int images,
                             String hyperparameters, BigDecimal price, boolean paid, String started, String ended, String trouble) { }

    /**
     * A picture that a model drew.
     *
     * @param run     the training whose model it is
     * @param state   one of {@link org.dropfolder.ledger.SampleState}
     * @param speed   how it is drawn, in Ideogram's word
     * @param cost    of it, in words
     * @param lies    where it is, below the data folder; null where it is not there
     * @param version by which it can be kept; null where it is not there
     * @param trouble why there is none, or none yet, in words
     */
    public record OfSample(int run, String state, String prompt, String speed, String cost, String lies, String version, String trouble) { }

    /**
     * What a person may order.
     *
     * @param train {@code approve}, {@code start} before its time, or {@code again}, for another model; null where no
     *              training can be ordered
     * @param price of a training, in words
     * @param retry whether something is set aside, in doubt or paused
     */
    public record Orders(String train, String price, boolean retry) { }
}
