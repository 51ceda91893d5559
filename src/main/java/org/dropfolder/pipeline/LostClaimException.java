package org.dropfolder.pipeline;

/** A step took so long that its claim ran out: whoever holds it now decides, and nothing may be sent any more. */
public final class LostClaimException extends RuntimeException {
    LostClaimException(String step) {
        super("Could not " + step + ": its claim ran out meanwhile. Nothing to do; it is taken up again.");
    }
}
