package org.dropfolder.ideogram;

import java.io.IOException;

/**
 * The request surely did not reach Ideogram whole: there was no connection, or it broke before the body's last byte,
 * or it was held back on our side. The message says which, and begins with a capital letter.
 */
public final class NotSentException extends IOException {

    private static final long serialVersionUID = 1;

    NotSentException(String message, Throwable cause) {
        super(message, cause);
    }
}
