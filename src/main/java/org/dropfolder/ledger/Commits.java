package org.dropfolder.ledger;

/** Is told of every commit, before it is made and after. For tests that cut there; the server's own does nothing. */
@FunctionalInterface
public interface Commits {
    /** Lets everything happen. */
    Commits UNDISTURBED = what -> {};

    /**
     * Called at the end of each transaction that may write. What it throws rolls the transaction back.
     *
     * @param what {@code commit}
     */
    void before(String what);

    /** Called when it is made, or was rolled back. */
    default void after(String what) { }
}
