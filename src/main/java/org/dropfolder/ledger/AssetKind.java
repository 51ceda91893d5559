package org.dropfolder.ledger;

/** What a dropped file is. */
public enum AssetKind {
    IMAGE,
    /** A text that describes the image of the same stem. */
    CAPTION,
    /** An image that is to be made into another one, which is its only part. */
    ORIGINAL,
    /** A file that holds images and captions, its parts. */
    ARCHIVE;

    /** Whether it is never sent itself: its parts are. */
    public boolean isContainer() {
        return this == ORIGINAL || this == ARCHIVE;
    }
}
