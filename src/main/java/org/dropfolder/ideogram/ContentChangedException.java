package org.dropfolder.ideogram;

import java.io.IOException;
import java.util.Optional;

/** A file did not deliver the bytes that were promised for it while it was being sent. */
public final class ContentChangedException extends IOException {

    private static final long serialVersionUID = 1;

    private final String entry;

    ContentChangedException(String entry, String what) {
        super(entry + " changed while it was being sent: " + what);
        this.entry = entry;
    }

    /** The name, in the zip, of the file that changed. */
    public String entry() {
        return entry;
    }

    /** The changed file that made something fail, if that is what made it fail. */
    public static Optional<ContentChangedException> in(Throwable thrown) {
        return Causes.of(thrown, ContentChangedException.class);
    }
}
