package org.dropfolder.status;

import java.util.List;
import java.util.Optional;
import org.dropfolder.ledger.Event;

/**
 * Why a dataset is where it is, for people.
 *
 * @param status   the same in figures
 * @param setAside the newest files that were set aside: images, captions and archives; and archives of which a part was
 * @param moreSetAside how many more there are
 * @param events   the newest of its history, newest first
 * @param preflight what its pictures say together; nothing where none was measured
 */
public record Explanation(Prospect prospect, Status.OfDataset status, List<SetAside> setAside, int moreSetAside,
                          List<Event> events, Optional<PreflightReport> preflight) {

    /**
     * A file that was set aside.
     *
     * @param dropped where it was dropped, below the inbox
     * @param lies    where it is now, below the data folder
     * @param reason  what it is, why it can't be used, and what to do
     */
    public record SetAside(String dropped, String lies, String reason) { }
}
