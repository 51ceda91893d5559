package org.dropfolder.demo;

/** The demo ended without a model. The message says in one line why, and where to look. */
public final class NoModelException extends RuntimeException {
    NoModelException(String message) {
        super(message);
    }
}
