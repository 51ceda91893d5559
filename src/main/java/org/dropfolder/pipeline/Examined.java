package org.dropfolder.pipeline;

import java.util.Optional;
import org.dropfolder.ledger.Arrival;
import org.dropfolder.ledger.Asset;
import org.dropfolder.store.Dropped;

/**
 * What one look at a file showed, before anything of it is written down.
 *
 * @param finding  what is to be done with it
 * @param file     how it stood when it was looked at
 * @param underWay the row of a file that is under way already; such a one is not read
 * @param arrival  what it is, of a file that was read
 */
public record Examined(Finding finding, Dropped file, Optional<Asset> underWay, Optional<Arrival> arrival) {

    /** What is to be done with a file. */
    public enum Finding {
        /** It ends too early: perhaps it is still being copied. It stays where it is, and nothing is written down. */
        UNFINISHED,
        /** Its move was cut off, or goes on now: it is finished. */
        UNDER_WAY,
        /** It arrives, to be used or to be set aside. */
        COMPLETE
    }

    Examined as(Finding other) {
        return new Examined(other, file, underWay, arrival);
    }

    static Examined underWay(Dropped file, Asset row) {
        return new Examined(Finding.UNDER_WAY, file, Optional.of(row), Optional.empty());
    }

    static Examined read(Finding finding, Dropped file, Arrival arrival) {
        return new Examined(finding, file, Optional.empty(), Optional.of(arrival));
    }
}
