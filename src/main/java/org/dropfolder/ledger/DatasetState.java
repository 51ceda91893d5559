package org.dropfolder.ledger;

/** How far a dataset has come at Ideogram. */
public enum DatasetState {
    /** Nobody has looked for it there yet, or it was not there and nothing was sent. */
    NEW,
    /** The intent to create it is committed; the request may be under way. */
    INTENDED,
    /** It may have been created, and nobody knows: only a listing that shows it goes on from here. */
    IN_DOUBT,
    /** It is there, and its id is known. */
    READY
}
