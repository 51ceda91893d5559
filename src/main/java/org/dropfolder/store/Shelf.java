package org.dropfolder.store;

import java.util.Locale;

/** The folders of the data in which dropped files rest. */
public enum Shelf {
    PENDING, DONE, REJECTED;

    String folder() {
        return name().toLowerCase(Locale.ROOT);
    }
}
