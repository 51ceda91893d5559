package org.dropfolder.folder;

/** A folder's file can't be used. The message says why, line by line, and what to do; it can be shown. */
public final class FaultyFileException extends Exception {
    private static final long serialVersionUID = 1L;

    FaultyFileException(String what) {
        super("Could not use dropfolder.yaml: " + what + " Until it is mended, or gone, nothing is trained; images go on.");
    }
}
