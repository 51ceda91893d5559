package org.dropfolder.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that whoever wants to know is told. The ledger's triggers write it together with what it tells of.
 *
 * @param messageId the same at each try, and no other notice's
 * @param datasetId what it is about; empty where it tells of the server
 * @param type      such as {@code training.completed}
 * @param at        when that happened
 * @param data      a JSON object
 * @param tries     with this one, where it is claimed
 * @param firstTry  of the POST, where it passed the steps that people added; else of all
 * @param refusals  tries in a row whose answer was a no, before this one
 * @param passedAt  when it was through the steps that people added; empty where it has yet to go there
 */
public record Notice(long id, String messageId, Optional<Long> datasetId, String type, Instant at, String data, int tries,
                     Instant firstTry, int refusals, Optional<Instant> passedAt) {

    /** The key was refused. */
    public static final String KEY_REFUSED = "key.refused";
    /** A key is taken again, after one was refused. */
    public static final String KEY_ACCEPTED = "key.accepted";
}
