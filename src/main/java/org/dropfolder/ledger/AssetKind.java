package org.dropfolder.ledger;

/** What a dropped file is. */
public enum AssetKind {
    IMAGE,
    /** A text that describes the image of the same stem. */
    CAPTION
}
