package org.dropfolder.ledger;

/** How far a dropped file has come; each state says in which folder it belongs. */
public enum AssetState {
    /** Its row is committed, its move out of the inbox comes next. */
    ARRIVING,
    /** Checked, in pending/; a container is to be taken apart. */
    ACCEPTED,
    /** Claimed by a batch that is under way, in pending/. */
    BATCHED,
    /** In the dataset, in done/; of a container, its parts are on their way. */
    UPLOADED,
    /** In rejected/, with a reason. */
    REJECTED,
    /** The content was in the dataset already; it lies where its first copy lies. */
    DUPLICATE
}
