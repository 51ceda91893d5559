package org.dropfolder.image;

/** How much of a file is there and can be used, as far as one reading tells. */
public enum Condition {
    /** From its beginning to its end; or of a type that does not tell, or that can't be used anyway. */
    WHOLE,
    /** It ends too early, is empty, or has only zeros where its data should be: perhaps it is still being copied. */
    UNFINISHED,
    /** All there by its structure, but its pixels end in zeros: either that edge is black, or its room was made before its bytes. */
    BLANK_END,
    /** It can't be right, however much is still added to it. */
    BROKEN,
    /** Its structure is right, and still it may not be an image that can be opened: only {@link Decoder} tells. */
    DOUBTFUL,
    /** It is of its type, but of a kind that few programs open. */
    UNUSUAL,
    /** It claims more pixels than can be opened. */
    TOO_MANY_PIXELS;

    /** Whether more of it may still come. */
    public boolean mayGrow() {
        return this == UNFINISHED || this == BLANK_END;
    }

    /** Whether all of it seems to be there, so that it may be opened. */
    public boolean isThere() {
        return this == WHOLE || this == BLANK_END;
    }
}
