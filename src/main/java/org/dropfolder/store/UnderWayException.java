package org.dropfolder.store;

import java.io.IOException;

/** Another thread makes this very move now: nothing is wrong, and whoever needs to know how it ends looks again. */
public final class UnderWayException extends IOException {
    UnderWayException(String message) {
        super(message);
    }
}
