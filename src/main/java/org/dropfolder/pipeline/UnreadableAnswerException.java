package org.dropfolder.pipeline;

/** An answer was whole and well-formed, and still does not say what became of the request. It may have happened. */
public final class UnreadableAnswerException extends RuntimeException {
    UnreadableAnswerException(String what) {
        super("Ideogram's answer does not say what became of the request: " + what + ".");
    }
}
