package org.dropfolder.ledger;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Whether a ledger holds what the simulator says, or what is real: it is for one or the other for ever.
 *
 * @param url       of the ledger, for people
 * @param simulated what this process wants it to hold
 */
record Nature(String url, boolean simulated) {

    /**
     * Writes down in a new ledger what it is for.
     *
     * @throws LedgerException if it was begun for the other
     */
    void claim(Ledger ledger) {
        compare(ledger.<Boolean>write(h -> begun(h).orElseGet(() -> {
            h.createUpdate("INSERT INTO nature (simulated) VALUES (:s)").bind("s", simulated).execute();
            return simulated;
        })));
    }

    /**
     * Only looks.
     *
     * @throws LedgerException as above
     */
    void check(Ledger ledger) {
        compare(ledger.read(Nature::begun).orElse(simulated));
    }

    private static Optional<Boolean> begun(Handle h) {
        return h.createQuery("SELECT simulated FROM nature").mapTo(Boolean.class).findFirst();
    }

    private void compare(boolean begunSimulated) {
        if (begunSimulated != simulated) {
            throw new LedgerException("Could not use the ledger " + url + ": it was begun "
                + (simulated ? "for the real account, and this run is simulated" : "in a simulated run")
                + ". Set another dropfolder.data.");
        }
    }
}
