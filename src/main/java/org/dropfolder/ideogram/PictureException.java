package org.dropfolder.ideogram;

import java.io.IOException;

/** A picture that was drawn could not be fetched; the message says why, without its address. */
public final class PictureException extends IOException {

    private static final long serialVersionUID = 1;

    private final boolean passing;

    public PictureException(String why, boolean passing) {
        super(why);
        this.passing = passing;
    }

    PictureException(String why, boolean passing, Exception cause) {
        super(why, cause);
        this.passing = passing;
    }

    /** Whether another try may go well. */
    public boolean passing() {
        return passing;
    }
}
