package org.dropfolder.pipeline;

/** Too many want the same at once: whoever gets this asks again in a moment. */
public final class BusyException extends Exception {
    BusyException() {
        super("Too many ask at once. Ask again in a moment.");
    }
}
