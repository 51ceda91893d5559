package org.dropfolder.server;

import org.dropfolder.ideogram.Requests;
import org.dropfolder.ledger.Commits;
import org.dropfolder.store.Effects;

/**
 * What every effect passes: each commit of the ledger, each change of a file, each request. What lies between two of
 * them leaves no trace, so tests that cut the server off here cut it off everywhere.
 */
@FunctionalInterface
interface Seam extends Commits, Effects, Requests {
    /** Lets everything happen. */
    Seam UNDISTURBED = what -> { };

    @Override
    void before(String what);

    @Override
    default void after(String what) { }
}
