package org.dropfolder.pipeline;

/**
 * What became of a person's order.
 *
 * @param dataset the folder's name, as the person gave it
 * @param message in sentences, for that person; of any name only what can be printed
 */
public record Answer(Outcome outcome, String dataset, String message) {

    /** How it went. */
    public enum Outcome {
        DONE,
        /** It may not be done now; the message says why. */
        REFUSED,
        /** Nothing was ever dropped there. */
        UNKNOWN
    }

    public boolean done() {
        return outcome == Outcome.DONE;
    }
}
