package org.dropfolder.ideogram;

import java.io.IOException;

/** The request was sent, and its answer did not arrive whole: nobody knows whether it happened. */
public final class AnswerLostException extends IOException {

    private static final long serialVersionUID = 1;

    AnswerLostException(String message, Throwable cause) {
        super(message, cause);
    }
}
