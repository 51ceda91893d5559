package org.dropfolder.store;

import java.util.Locale;

/** The folders of the data in which dropped files rest. */
public enum Shelf {
    PENDING, DONE, REJECTED;

    /** Where parts wait that have no row yet; no shelf, since nothing rests there. */
    static final String STAGING = ".unpacking";

    String folder() {
        return name().toLowerCase(Locale.ROOT);
    }
}
